/**
 * What was answered is what is stored: every success has its journal entries with the reply that was given, every refusal
 * the rejection that was, and whoever asks again hears the same.
 */
import { isDeepStrictEqual } from "node:util";
import { intentDigest } from "../../entities/intent.ts";
import { reservationBody } from "../../entities/reservation/body.ts";
import type { PlayerId } from "../../rpc/id.ts";
import type { ClaimView } from "../../rpc/raffle.ts";
import type { Find } from "./Finding.ts";
import { type Answered, type Body, type Intent, isQuery, type Request } from "./History.ts";
import type { Entry } from "./Journal.ts";

/** Where an answer comes from: the command whose reply it repeats, in an entity of this kind. */
interface Source {
  readonly kind: string;
  readonly entityId: string;
  readonly commandId: string;
  /** The wallet that the answer shows is this reply's balance. */
  readonly showsBalance?: true;
  /** The reservation that the answer shows is this reply's. */
  readonly showsClaim?: true;
}

/** Of a reservation: its id begins with it. */
const raffleOf = (id: string) => id.slice(0, id.lastIndexOf("."));
const lobbyOf = (id: string) => id.slice(0, id.lastIndexOf(":"));

const sourcesOf = (
  { playerId, request }: Intent,
  { body }: Answered,
  digest: string,
): ReadonlyArray<Source> => {
  const mine = (commandId: string): Source => ({
    kind: "wallet",
    entityId: playerId,
    commandId,
    showsBalance: true,
  });
  const raffle = (entityId: string): Source => ({
    kind: "raffle",
    entityId,
    commandId: `act:${digest}`,
    showsClaim: true,
  });
  const favor = (name: string): Source => ({
    kind: "favor",
    entityId: String(body["favor_id"]),
    commandId: `${name}:${digest}`,
  });
  switch (request.kind) {
    case "bet": {
      const lobby = { kind: "lobby", entityId: request.lobbyId, commandId: `accept:${digest}` };
      return [mine(`hold:${digest}`), lobby];
    }
    case "cancel": {
      const { betId } = request;
      const lobby = { kind: "lobby", entityId: lobbyOf(betId), commandId: `cancel:${digest}` };
      return [mine(`release:${betId}`), lobby];
    }
    case "cast": {
      const castId = String(body["cast_id"]);
      const lobby = { kind: "lobby", entityId: request.lobbyId, commandId: `cast:${castId}` };
      return [mine(castId.endsWith("~1") ? `hold:${digest}` : `hold:${castId}`), lobby];
    }
    case "offer":
      return [mine(`hold:${digest}`), favor("offer")];
    case "decline":
      return [mine(`hold:${digest}`), favor("decline")];
    case "withdraw":
      return [mine(`release:${request.favorId}`), favor("withdraw")];
    case "accept":
      return [mine(`credit:${request.favorId}`), favor("accept")];
    case "repay":
      return [mine(`settle:repay:${digest}`), favor("repay")];
    case "reserve":
      return [raffle(request.raffleId)];
    case "add":
    case "remove":
    case "check out":
      return [raffle(raffleOf(request.reservationId))];
    case "pay":
    case "give up": {
      const { reservationId: entityId } = request;
      return [{ kind: "reservation", entityId, commandId: `act:${digest}` }];
    }
    case "read":
    case "look":
      return [];
  }
};

/** A claim as the raffle has answered it and as the wire has it. */
const showsClaim = (body: Body, value: unknown): boolean =>
  isDeepStrictEqual(body["reservation"], reservationBody(value as ClaimView));

interface Balance {
  readonly totalMinor: number;
  readonly lockedMinor: number;
}

const balanceIn = (value: unknown): Balance => {
  const reply = value as Balance & { readonly balance?: Balance };
  return reply.balance ?? reply;
};

const codeOf = (tag: string): string =>
  /^(Lobby|Bet|Wallet|Hold|Race|Favor|Raffle|Reservation)NotFound$/.test(tag)
    ? "not_found"
    : tag === "NotYours"
      ? "forbidden"
      : tag.replace(/[A-Z]/g, (letter, at) => (at === 0 ? "" : "_") + letter.toLowerCase());

/** Refusals that follow from other replies and are stored with none. */
const DERIVED = new Set(["race_changed", "validation_failed", "borrower_not_found"]);
/** What becomes of a payment is kept with it, and not with who began it (`Payments.ts`). */
const isOfPayment = ({ kind }: Request, code: string) =>
  kind === "pay" && (code === "payment_declined" || code === "reservation_closed");

const digestIn = (commandId: string) => /([\w-]{20})(~\d+)?$/.exec(commandId)?.[1] ?? "";

const without = ({ id: _, type: __, ...body }: Body): Body => body;

export const checkReplies = (
  intents: ReadonlyArray<Intent>,
  journal: ReadonlyArray<Entry>,
  find: Find,
): void => {
  const byCommand = new Map<string, Entry>();
  const byDigest = new Map<string, Array<Entry>>();
  for (const entry of journal) {
    byCommand.set(`${entry.kind}|${entry.entityId}|${entry.commandId}`, entry);
    const digest = digestIn(entry.commandId);
    const together = byDigest.get(digest);
    if (together === undefined) byDigest.set(digest, [entry]);
    else together.push(entry);
  }
  for (const intent of intents) {
    const { answers, playerId, request } = intent;
    const subject = `${request.kind} ${request.key} of ${playerId}`;
    const digest = intentDigest({
      playerId: playerId as PlayerId,
      key: request.key,
      requestId: "",
    });
    const [first, ...later] = answers;
    if (first === undefined || isQuery(request)) continue;
    for (const again of later)
      if (
        again.status !== first.status ||
        !isDeepStrictEqual(without(again.body), without(first.body))
      )
        find({
          promise: "a repetition hears the same",
          subject,
          sentence: `first ${first.status} ${JSON.stringify(first.body)}, then ${again.status} ${JSON.stringify(again.body)}`,
        });
    if (first.status < 400) {
      for (const source of sourcesOf(intent, first, digest)) {
        const { commandId, entityId, kind } = source;
        const entry = byCommand.get(`${kind}|${entityId}|${commandId}`);
        if (entry?.reply?.ok !== true)
          find({
            promise: "acknowledged is durable",
            subject,
            sentence: `it was answered with ${first.status}, and ${kind} ${entityId} ${entry === undefined ? "has no" : "has refused"} command ${commandId}`,
          });
        else if (source.showsClaim === true && !showsClaim(first.body, entry.reply.value))
          find({
            promise: "the stored reply is the given one",
            subject,
            sentence: `${JSON.stringify(first.body["reservation"])} was given, and ${JSON.stringify(entry.reply.value)} is stored`,
          });
        else if (source.showsBalance === true && !shows(first.body, balanceIn(entry.reply.value)))
          find({
            promise: "the stored reply is the given one",
            subject,
            sentence: `${JSON.stringify(first.body["wallet"])} was given, and ${JSON.stringify(balanceIn(entry.reply.value))} is stored`,
          });
      }
      continue;
    }
    const code = String(first.body["code"]);
    if (!DERIVED.has(code) && !isOfPayment(request, code)) {
      const stored = (byDigest.get(digest) ?? []).flatMap(({ reply }) =>
        reply?.ok === false ? [codeOf(reply.error._tag)] : [],
      );
      // What was asked about something that does not exist is not remembered everywhere.
      if (!stored.includes(code) && code !== "not_found")
        find({
          promise: "the stored reply is the given one",
          subject,
          sentence: `it was refused with ${code}, and stored is ${stored.join(", ") || "no refusal"}`,
        });
    }
  }
};

const shows = (body: Body, { lockedMinor, totalMinor }: Balance): boolean => {
  const wallet = body["wallet"] as Body;
  return wallet["balance_total"] === totalMinor && wallet["balance_locked"] === lockedMinor;
};
