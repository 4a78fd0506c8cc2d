/**
 * Whose a number is by what players were told, and by nothing else. Who is told of a reservation has its numbers until the
 * deadline that it was told, or until it began to let them go; who is told of a sale has them for ever. No two players ever
 * have the same number at the same time.
 */
import type { Find } from "./Finding.ts";
import type { Answered, Body, Intent } from "./History.ts";

/** Deadlines are by the processes' clock, in whole milliseconds, answers by this one's. */
const CLOCK_SKEW_MS = 50;

interface Tenure {
  readonly playerId: string;
  readonly reservationId: string;
  readonly from: number;
  readonly to: number;
}

const reservationIn = ({ reservation }: Body) =>
  reservation as
    | {
        readonly id: string;
        readonly raffle_id: string;
        readonly phase: string;
        readonly expires_at: string;
        readonly numbers: ReadonlyArray<{ readonly number: number }>;
      }
    | undefined;

export const checkOwnership = (intents: ReadonlyArray<Intent>, find: Find): void => {
  const letGo = releasesOf(intents);
  const tenures = new Map<string, Array<Tenure>>();
  for (const { answers, invokedAt, playerId } of intents) {
    const answer = answers[0];
    if (answer === undefined || answer.status >= 400) continue;
    const reservation = reservationIn(answer.body);
    if (reservation === undefined) continue;
    for (const { number } of reservation.numbers) {
      const to = untilOf(reservation, answer, () =>
        (letGo.get(reservation.id) ?? [])
          .filter(
            (one) =>
              one.answeredAt >= invokedAt &&
              (one.number ?? number) === number &&
              (one.kind !== "check out" || reservation.phase === "selection"),
          )
          .reduce((least, one) => Math.min(least, one.invokedAt), Infinity),
      );
      if (to <= answer.at) continue;
      const name = `number ${number} of ${reservation.raffle_id}`;
      const tenure = { playerId, reservationId: reservation.id, from: answer.at, to };
      tenures.set(name, [...(tenures.get(name) ?? []), tenure]);
    }
  }
  for (const [subject, own] of tenures) compare(subject, own, find);
};

const untilOf = (
  { expires_at, phase }: { readonly expires_at: string; readonly phase: string },
  { at }: Answered,
  released: () => number,
): number => {
  if (phase === "sold") return Infinity;
  if (phase !== "selection" && phase !== "checkout") return at;
  return Math.min(Date.parse(expires_at) - CLOCK_SKEW_MS, released());
};

interface Release {
  readonly invokedAt: number;
  readonly answeredAt: number;
  readonly kind: "remove" | "give up" | "check out";
  /** Undefined: all of them. */
  readonly number: number | undefined;
}

/** By reservation, when its player may have let go of a number, or at the checkout got another deadline for it. */
const releasesOf = (
  intents: ReadonlyArray<Intent>,
): ReadonlyMap<string, ReadonlyArray<Release>> => {
  const releases = new Map<string, Array<Release>>();
  for (const { answers, invokedAt, request } of intents) {
    const { kind } = request;
    if (kind !== "remove" && kind !== "give up" && kind !== "check out") continue;
    const number = request.kind === "remove" ? request.number : undefined;
    const release = { invokedAt, answeredAt: answers[0]?.at ?? Infinity, kind, number };
    const { reservationId } = request;
    releases.set(reservationId, [...(releases.get(reservationId) ?? []), release]);
  }
  return releases;
};

const compare = (subject: string, tenures: ReadonlyArray<Tenure>, find: Find): void => {
  /** The one before that lasts longest, of each player. */
  const standing = new Map<string, Tenure>();
  for (const tenure of tenures.toSorted((one, other) => one.from - other.from)) {
    for (const other of standing.values())
      if (other.playerId !== tenure.playerId && other.to > tenure.from)
        find({
          promise: "a number has one owner",
          subject,
          sentence: `${tenure.playerId} was told at ${tenure.from.toFixed(1)} to have it by ${tenure.reservationId}, and ${other.playerId} by ${other.reservationId}, until ${other.to}`,
        });
    const own = standing.get(tenure.playerId);
    if (own === undefined || own.to < tenure.to) standing.set(tenure.playerId, tenure);
  }
};
