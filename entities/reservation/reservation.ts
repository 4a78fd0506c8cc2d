/**
 * What players do about reservations. Until the checkout a reservation is a claim of its raffle, and each act is one command
 * to that; what is paid for, or was cancelled, is an entity too. Command ids follow from the intent, so a repetition meets
 * the stored replies.
 */
import type { FailureOf } from "../../rpc/contract.ts";
import {
  branded,
  type CommandId,
  type PlayerId,
  type RaffleId,
  type ReservationId,
} from "../../rpc/id.ts";
import type { Intent } from "../../rpc/intent.ts";
import type { ProviderName } from "../../rpc/payment.ts";
import { type ClaimView, Raffle, ReservationNotFound } from "../../rpc/raffle.ts";
import { type Checkout, Reservation, type ReservationPhase } from "../../rpc/reservation.ts";
import type { ReservationBody } from "../../rpc/reservationBody.ts";
import { minor } from "../../rpc/money.ts";
import type { Ask, AskOptions, Outcome } from "../../src/actor/Ask.ts";
import type { ProviderEvent } from "../../src/payments/PaymentProvider.ts";
import { fingerprint, intentDigest } from "../intent.ts";
import { reservationBody } from "./body.ts";
import { failure, known, type KnownFailure, type KnownReservation, type LookUp } from "./known.ts";
import { free } from "./process.ts";
import { raffleOf } from "./raffleOf.ts";

type RaffleFailure<Tag extends "Reserve" | "AddNumber" | "RemoveNumber" | "CheckOut"> = FailureOf<
  typeof Raffle,
  Tag
>;
type Changed<Failure> = Promise<Outcome<ReservationBody, Failure>>;

export type ReadReservationFailure = KnownFailure | FailureOf<typeof Reservation, "GetReservation">;
export type CancelReservationFailure =
  | ReadReservationFailure
  | FailureOf<typeof Reservation, "Cancel">;

/** One key, one act, whatever it is: the same key for another is refused. */
export const actCommand = (intent: Intent) => branded<CommandId>(`act:${intentDigest(intent)}`);

export const by = (
  { playerId, requestId }: Intent,
  asked?: ReadonlyArray<unknown>,
): AskOptions => ({
  requestId,
  by: playerId,
  ...(asked === undefined ? {} : { fingerprint: fingerprint(asked) }),
});

/** The reservation that this intent makes. */
export const reservationIdOf = (raffleId: RaffleId, intent: Intent): ReservationId =>
  branded<ReservationId>(`${raffleId}.${intentDigest(intent)}`);

const changed = <Failure>(
  answered: Outcome<ClaimView, Failure>,
): Outcome<ReservationBody, Failure> =>
  answered.ok ? { ...answered, value: reservationBody(answered.value) } : answered;

export const reserve = async (
  ask: Ask,
  intent: Intent,
  raffleId: RaffleId,
  numbers: ReadonlyArray<number>,
): Changed<RaffleFailure<"Reserve">> =>
  changed(
    await ask(
      Raffle,
      "Reserve",
      {
        entityId: raffleId,
        commandId: actCommand(intent),
        playerId: intent.playerId,
        reservationId: reservationIdOf(raffleId, intent),
        numbers,
      },
      by(intent, ["reserve", numbers]),
    ),
  );

export const addNumber = async (
  ask: Ask,
  intent: Intent,
  reservationId: ReservationId,
  number: number,
): Changed<RaffleFailure<"AddNumber">> => {
  const to = claimant(intent, reservationId);
  if (to === undefined) return failure(new ReservationNotFound({ reservationId }));
  const options = by(intent, ["add", reservationId, number]);
  return changed(await ask(Raffle, "AddNumber", { ...to, number }, options));
};

export const removeNumber = async (
  ask: Ask,
  intent: Intent,
  reservationId: ReservationId,
  number: number,
): Changed<RaffleFailure<"RemoveNumber">> => {
  const to = claimant(intent, reservationId);
  if (to === undefined) return failure(new ReservationNotFound({ reservationId }));
  const options = by(intent, ["remove", reservationId, number]);
  return changed(await ask(Raffle, "RemoveNumber", { ...to, number }, options));
};

export const moveToCheckout = async (
  ask: Ask,
  intent: Intent,
  reservationId: ReservationId,
): Changed<RaffleFailure<"CheckOut">> => {
  const to = claimant(intent, reservationId);
  if (to === undefined) return failure(new ReservationNotFound({ reservationId }));
  return changed(await ask(Raffle, "CheckOut", to, by(intent, ["checkout", reservationId])));
};

const claimant = (intent: Intent, reservationId: ReservationId) => {
  const raffleId = raffleOf(reservationId);
  if (raffleId === undefined) return undefined;
  const { playerId } = intent;
  return { entityId: raffleId, commandId: actCommand(intent), playerId, reservationId };
};

/**
 * The reservation is cancelled before its numbers are free, in selection too: from then on nothing that was paid for it
 * buys them. Should this process die between the two, the reservation frees them itself.
 */
export const cancelReservation = async (
  ask: Ask,
  lookUp: LookUp,
  intent: Intent,
  reservationId: ReservationId,
): Changed<CancelReservationFailure> => {
  const { playerId } = intent;
  const found = await known(ask, lookUp, playerId, reservationId, by(intent));
  if (!found.ok) return found;
  const cancelled = await ask(
    Reservation,
    "Cancel",
    {
      entityId: reservationId,
      commandId: actCommand(intent),
      playerId,
      checkout: checkoutFor(found.value),
    },
    by(intent, ["cancel", reservationId]),
  );
  if (!cancelled.ok) return cancelled;
  const freed = await free(ask, { playerId, reservationId }, by(intent));
  if (!freed.ok && freed.error._tag === "Unavailable") return failure(freed.error);
  const view = cancelled.value;
  return { ...cancelled, value: reservationBody(view, view.payments.at(-1)) };
};

/** Whatever phase it is in: as the raffle has it, and if it was paid for, as the reservation itself. */
export const getReservation = async (
  ask: Ask,
  lookUp: LookUp,
  playerId: PlayerId,
  reservationId: ReservationId,
): Changed<ReadReservationFailure> => {
  const found = await known(ask, lookUp, playerId, reservationId);
  if (!found.ok) return found;
  const alone = { ...found, value: reservationBody(found.value) };
  if (found.value.phase === "selection") return alone;
  const own = await ask(Reservation, "GetReservation", { entityId: reservationId });
  if (!own.ok) return own.error._tag === "ReservationNotFound" ? alone : own;
  const phase = together(found.value.phase, own.value.phase);
  return { ...found, value: reservationBody({ ...own.value, phase }, own.value.payments.at(-1)) };
};

/**
 * The raffle is the first to know of a sale and of its return, and that the numbers are free; the reservation is the first
 * to know everything else.
 */
const together = (inRaffle: ReservationPhase, own: ReservationPhase): ReservationPhase => {
  if (inRaffle === "refunded" || own === "refunded") return "refunded";
  if (inRaffle === "sold" || own === "checkout") return inRaffle;
  return own;
};

/** What a webhook says. The event's id makes the command's, so the same event again changes nothing. */
export const hearPayment = (
  ask: Ask,
  provider: ProviderName,
  { eventId, failure: why, paymentId, ref, reservationId, status }: ProviderEvent,
): Promise<Outcome<{ readonly isNews: boolean }, FailureOf<typeof Reservation, "Hear">>> =>
  ask(
    Reservation,
    "Hear",
    {
      entityId: reservationId,
      commandId: branded<CommandId>(`hear:${fingerprint([provider, eventId])}`),
      paymentId,
      provider,
      ref,
      status,
      failure: why,
    },
    { by: provider },
  );

/**
 * What is to be paid for. Of a reservation that is over its time is up, whatever the clock says: so a reservation that was
 * never paid for refuses what comes late, and keeps the refusal for whoever asks again.
 */
export const checkoutFor = (found: KnownReservation): Checkout => {
  const { amountMinor, numbers, phase, playerId, raffleId } = found;
  const expiresAt = phase === "selection" || phase === "checkout" ? found.expiresAt : 0;
  const terms = { numbers, amountMinor: minor(amountMinor), expiresAt };
  return { raffleId: branded<RaffleId>(raffleId), playerId, ...terms };
};
