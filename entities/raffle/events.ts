/** What has happened to a raffle. Events are kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { PaymentId, PlayerId, ReservationId } from "../../rpc/id.ts";
import { Minor } from "../../rpc/money.ts";
import { BeaconRound, RaffleNumber, RaffleRules, RaffleTerms, Winner } from "../../rpc/raffle.ts";

const Millis = Schema.Int;

/** Whose numbers they are, ascending. */
const Held = {
  reservationId: ReservationId,
  playerId: PlayerId,
  numbers: Schema.Array(RaffleNumber),
};

export const RaffleCreated = Schema.TaggedStruct("RaffleCreated", {
  terms: RaffleTerms,
  rules: RaffleRules,
  at: Millis,
});
export const RaffleEdited = Schema.TaggedStruct("RaffleEdited", { terms: RaffleTerms, at: Millis });
/** The seed is secret until the draw; the commitment is public. */
export const RafflePublished = Schema.TaggedStruct("RafflePublished", {
  serverSeed: Schema.String,
  commitment: Schema.String,
  at: Millis,
});
export const RaffleSuspended = Schema.TaggedStruct("RaffleSuspended", { reason: Schema.String });
export const RaffleResumed = Schema.TaggedStruct("RaffleResumed", {});

/** A claim begins, in selection. */
export const NumbersReserved = Schema.TaggedStruct("NumbersReserved", {
  ...Held,
  until: Millis,
  at: Millis,
});
export const NumberAdded = Schema.TaggedStruct("NumberAdded", {
  reservationId: ReservationId,
  playerId: PlayerId,
  number: RaffleNumber,
});
export const NumberRemoved = Schema.TaggedStruct("NumberRemoved", {
  reservationId: ReservationId,
  playerId: PlayerId,
  number: RaffleNumber,
});
export const CheckedOut = Schema.TaggedStruct("CheckedOut", {
  reservationId: ReservationId,
  until: Millis,
});
/** By its player. */
export const ClaimCancelled = Schema.TaggedStruct("ClaimCancelled", { ...Held, at: Millis });
/** Their time is up, or the sale is over. Many that are due together make several of these events. */
export const ClaimsExpired = Schema.TaggedStruct("ClaimsExpired", {
  claims: Schema.Array(Schema.Struct(Held)),
  at: Millis,
});
/** The alarm rang for a claim that was gone by then: from now on it is set for the next. */
export const DeadlinesChecked = Schema.TaggedStruct("DeadlinesChecked", {});
/** The money is in escrow; the claim, if it still stood, is over. */
export const NumbersSold = Schema.TaggedStruct("NumbersSold", {
  ...Held,
  paymentId: PaymentId,
  amountMinor: Minor,
  at: Millis,
});

/** The list of tickets is final. */
export const SaleClosed = Schema.TaggedStruct("SaleClosed", {
  ticketCount: Schema.Int,
  ticketsDigest: Schema.String,
  at: Millis,
});
/** The draw waits for this round of the beacon, which is published then. */
export const DrawBegun = Schema.TaggedStruct("DrawBegun", {
  round: Schema.Int,
  roundAt: Millis,
  at: Millis,
});
/** The round is published: it is to be had from the beacon. */
export const RoundDue = Schema.TaggedStruct("RoundDue", {});
/** The fee is the platform's; the payout is still in escrow. */
export const RaffleDrawn = Schema.TaggedStruct("RaffleDrawn", {
  round: Schema.NullOr(BeaconRound),
  winners: Schema.Array(Winner),
  feeMinor: Minor,
  payoutMinor: Minor,
  at: Millis,
});
/** The organiser's wallet has the payout. */
export const PayoutMade = Schema.TaggedStruct("PayoutMade", {});
/** The organiser's wallet cannot take it: the house keeps it for them. */
export const PayoutUnclaimed = Schema.TaggedStruct("PayoutUnclaimed", { amountMinor: Minor });

export const RaffleCancelled = Schema.TaggedStruct("RaffleCancelled", {
  reason: Schema.String,
  at: Millis,
});
/** The money of the next so many sales is back on their reservations' accounts. */
export const SalesReturned = Schema.TaggedStruct("SalesReturned", {
  count: Schema.Int,
  at: Millis,
});
/** The next so many reservations know that they have to give it back, but for those that have not answered. */
export const RefundsHandedOver = Schema.TaggedStruct("RefundsHandedOver", { count: Schema.Int });
/** These of them have not answered, and are asked again while the others' turn comes. */
export const RefundsUnanswered = Schema.TaggedStruct("RefundsUnanswered", {
  refunds: Schema.Array(Schema.Struct({ reservationId: ReservationId, why: Schema.String })),
  at: Millis,
});
/** These have answered after all. */
export const RefundsAnswered = Schema.TaggedStruct("RefundsAnswered", {
  reservationIds: Schema.Array(ReservationId),
});

export const RaffleEvent = Schema.Union(
  RaffleCreated,
  RaffleEdited,
  RafflePublished,
  RaffleSuspended,
  RaffleResumed,
  NumbersReserved,
  NumberAdded,
  NumberRemoved,
  CheckedOut,
  ClaimCancelled,
  ClaimsExpired,
  DeadlinesChecked,
  NumbersSold,
  SaleClosed,
  DrawBegun,
  RoundDue,
  RaffleDrawn,
  PayoutMade,
  PayoutUnclaimed,
  RaffleCancelled,
  SalesReturned,
  RefundsHandedOver,
  RefundsUnanswered,
  RefundsAnswered,
);
export type RaffleEvent = typeof RaffleEvent.Type;
