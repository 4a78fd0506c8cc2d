/**
 * A raffle sells numbers and draws winners among them. It owns its numbers: each belongs to nobody, to one reservation or
 * to one buyer, and only this entity says to whom.
 *
 * A reservation begins as a **claim** here: some numbers, their player, and a deadline. Ten minutes to select, then five to
 * check out; who is late loses the numbers by the raffle's own alarm. Paying for it is the reservation's own business
 * (`reservation.ts`); when the money is there, it asks the raffle to **sell**, which it does if the claim still stands or
 * all of the numbers are free, and with the sale the money is in the raffle's escrow.
 *
 * Numbers are 0 to `totalNumbers - 1`. Times are epoch milliseconds, money is in minor units.
 */
import { HttpApiSchema } from "@effect/platform";
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { NotYours } from "./failure.ts";
import { PaymentId, PlayerId, RaffleId, ReservationId } from "./id.ts";
import { Minor, PositiveMinor } from "./money.ts";

/** Numbers of one raffle. Its state stays small up to here: two bitmaps of 12.5 KB and its sales. */
export const MAX_NUMBERS = 100_000;
/** Numbers of one reservation. */
export const MAX_NUMBERS_PER_RESERVATION = 10;
/** A ticket costs at most a million. */
const MAX_TICKET_PRICE_MINOR = 100_000_000;
const MAX_PRIZES = 100;
/** The latest time that a date can name, epoch milliseconds. */
const LAST_MOMENT = 8_640_000_000_000_000;

/**
 * - `draft`: nobody sees it yet.
 * - `active`: on sale.
 * - `suspended`: no new reservation begins, no number is added; who has one may finish.
 * - `closed`: the sale is over and the list of tickets is final; the draw is to come.
 * - `completed`: drawn.
 * - `cancelled`: everyone gets the money back.
 */
export const RaffleStatus = Schema.Literal(
  "draft",
  "active",
  "suspended",
  "closed",
  "completed",
  "cancelled",
);
export type RaffleStatus = typeof RaffleStatus.Type;

export const RaffleNumber = Schema.Int.pipe(Schema.between(0, MAX_NUMBERS - 1));

const Numbers = Schema.Array(RaffleNumber).pipe(
  Schema.minItems(1),
  Schema.maxItems(MAX_NUMBERS_PER_RESERVATION),
);

export const Prize = Schema.Struct({
  name: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(120)),
  description: Schema.optional(Schema.String.pipe(Schema.maxLength(500))),
});
export type Prize = typeof Prize.Type;

/**
 * A drand chain whose rounds nobody can know before their time: its hash, public key (hex), first round's time and period in
 * milliseconds. Fixed in a raffle when it is made, so that a verifier needs nothing else.
 */
export const BeaconChain = Schema.Struct({
  scheme: Schema.Literal("bls-unchained-g1-rfc9380"),
  chainHash: Schema.String,
  publicKey: Schema.String,
  genesisAt: Schema.Int,
  periodMs: Schema.Int,
});
export type BeaconChain = typeof BeaconChain.Type;

/** What a raffle is about; fixed once a number is reserved or sold. */
export const RaffleTerms = Schema.Struct({
  title: Schema.String.pipe(Schema.minLength(5), Schema.maxLength(255)),
  description: Schema.String.pipe(Schema.maxLength(4000)),
  ticketPriceMinor: PositiveMinor.pipe(Schema.lessThanOrEqualTo(MAX_TICKET_PRICE_MINOR)),
  totalNumbers: Schema.Int.pipe(Schema.between(1, MAX_NUMBERS)),
  drawAt: Schema.Int.pipe(Schema.between(0, LAST_MOMENT)),
  /** Drawn in this order, one ticket each. */
  prizes: Schema.Array(Prize).pipe(Schema.minItems(1), Schema.maxItems(MAX_PRIZES)),
  /** Whose wallet gets what is left of the revenue; null for the house. */
  organiserId: Schema.NullOr(PlayerId),
  /** With a smaller share sold at the draw, the raffle is cancelled and everyone gets the money back. */
  minSoldPercent: Schema.Int.pipe(Schema.between(0, 100)),
});
export type RaffleTerms = typeof RaffleTerms.Type;

/** How the house runs it; fixed when the raffle is made. */
export const RaffleRules = Schema.Struct({
  selectionMs: Schema.Int.pipe(Schema.between(1000, 86_400_000)),
  checkoutMs: Schema.Int.pipe(Schema.between(1000, 86_400_000)),
  /** The platform's share of the revenue, in thousandths. */
  feePerMille: Schema.Int.pipe(Schema.between(0, 500)),
  /** Null: the draw rests on the server's seed and the list of tickets alone. */
  beacon: Schema.NullOr(BeaconChain),
});
export type RaffleRules = typeof RaffleRules.Type;

export const RaffleView = Schema.Struct({
  raffleId: RaffleId,
  terms: RaffleTerms,
  rules: RaffleRules,
  status: RaffleStatus,
  /** Rises by one with each event that shows, and each of those has one frame. */
  stateVersion: Schema.Int,
  soldCount: Schema.Int,
  reservedCount: Schema.Int,
  /** SHA-256 of the server's seed (32 bytes, hex); null before it is published. */
  commitment: Schema.NullOr(Schema.String),
  createdAt: Schema.Int,
  publishedAt: Schema.NullOr(Schema.Int),
  closedAt: Schema.NullOr(Schema.Int),
  /** When it was drawn or cancelled. */
  endedAt: Schema.NullOr(Schema.Int),
  /** Why it is suspended or was cancelled. */
  reason: Schema.NullOr(Schema.String),
});
export type RaffleView = typeof RaffleView.Type;

/** A reservation as the raffle knows it. */
export const ClaimView = Schema.Struct({
  reservationId: ReservationId,
  raffleId: RaffleId,
  playerId: PlayerId,
  phase: Schema.Literal("selection", "checkout", "sold"),
  /** Ascending. */
  numbers: Schema.Array(RaffleNumber),
  amountMinor: Minor,
  /** When the numbers are free again; of a sale, when it was made. */
  expiresAt: Schema.Int,
});
export type ClaimView = typeof ClaimView.Type;

export const Winner = Schema.Struct({
  /** From 0, as in `prizes`. */
  prize: Schema.Int,
  number: RaffleNumber,
  reservationId: ReservationId,
  playerId: PlayerId,
});
export type Winner = typeof Winner.Type;

/** A published round of the chain. */
export const BeaconRound = Schema.Struct({
  round: Schema.Int,
  /** Hex; SHA-256 of the signature. */
  randomness: Schema.String,
  signature: Schema.String,
});
export type BeaconRound = typeof BeaconRound.Type;

/** Everything about the draw; what is not known yet is null. Rules: `entities/raffle/draw`. */
export const DrawView = Schema.Struct({
  raffleId: RaffleId,
  status: RaffleStatus,
  prizes: Schema.Array(Prize),
  commitment: Schema.NullOr(Schema.String),
  /** 32 bytes, hex; once drawn. */
  serverSeed: Schema.NullOr(Schema.String),
  closedAt: Schema.NullOr(Schema.Int),
  /** How many tickets were sold, and SHA-256 of their list (hex); once closed. */
  ticketCount: Schema.NullOr(Schema.Int),
  ticketsDigest: Schema.NullOr(Schema.String),
  chain: Schema.NullOr(BeaconChain),
  /** The round that the draw waits for; once closed. */
  awaitedRound: Schema.NullOr(Schema.Int),
  round: Schema.NullOr(BeaconRound),
  drawnAt: Schema.NullOr(Schema.Int),
  winners: Schema.Array(Winner),
});
export type DrawView = typeof DrawView.Type;

/** What its organiser and the house read of its money: gross = fee + payout once it is drawn. */
export const RaffleBooks = Schema.Struct({
  sales: Schema.Int,
  grossMinor: Minor,
  feeMinor: Minor,
  payoutMinor: Minor,
  returnedMinor: Minor,
  /** The organiser has been paid, or everyone has the money back; false while something is owed. */
  isSettled: Schema.Boolean,
  /**
   * Of a cancelled raffle: the reservations that do not answer when they are told to give the money back, since when, and
   * what they said first. They are told again until they do.
   */
  unanswered: Schema.Array(
    Schema.Struct({ reservationId: ReservationId, since: Schema.Int, why: Schema.String }),
  ),
});
export type RaffleBooks = typeof RaffleBooks.Type;

export class RaffleNotFound extends Schema.TaggedError<RaffleNotFound>()(
  "RaffleNotFound",
  { raffleId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such raffle.";
  }
}

export class RaffleExists extends Schema.TaggedError<RaffleExists>()(
  "RaffleExists",
  { raffleId: RaffleId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "There is a raffle with this id. Choose another.";
  }
}

/** It cannot be done to a raffle that stands as this one does. */
export class RaffleStatusConflict extends Schema.TaggedError<RaffleStatusConflict>()(
  "RaffleStatusConflict",
  { raffleStatus: RaffleStatus },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `The raffle is ${this.raffleStatus}; this cannot be done to it now.`;
  }
}

/** Nothing can be reserved or bought: it is not on sale. */
export class RaffleNotOpen extends Schema.TaggedError<RaffleNotOpen>()(
  "RaffleNotOpen",
  { raffleStatus: RaffleStatus },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `The raffle is ${this.raffleStatus}: its numbers are not on sale.`;
  }
}

export class DrawDatePast extends Schema.TaggedError<DrawDatePast>()(
  "DrawDatePast",
  { drawAt: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "The draw's date has passed. Set a later one.";
  }
}

export class TooManyPrizes extends Schema.TaggedError<TooManyPrizes>()(
  "TooManyPrizes",
  { limit: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `Each prize needs a number of its own; there are ${this.limit} numbers.`;
  }
}

/** Some of the numbers are reserved or sold; `numbers` are those. */
export class NumberTaken extends Schema.TaggedError<NumberTaken>()(
  "NumberTaken",
  { numbers: Schema.Array(Schema.Int) },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `Taken already: ${this.numbers.join(", ")}. Choose others.`;
  }
}

/** The raffle has no such numbers. */
export class UnknownNumber extends Schema.TaggedError<UnknownNumber>()(
  "UnknownNumber",
  { numbers: Schema.Array(Schema.Int), totalNumbers: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `The raffle's numbers are 0 to ${this.totalNumbers - 1}; it has no ${this.numbers.join(", ")}.`;
  }
}

/** One live reservation a player a raffle. */
export class ReservationExists extends Schema.TaggedError<ReservationExists>()(
  "ReservationExists",
  { reservationId: ReservationId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "You have a reservation in this raffle. Go on with it, or cancel it first.";
  }
}

export class ReservationNotFound extends Schema.TaggedError<ReservationNotFound>()(
  "ReservationNotFound",
  { reservationId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such reservation.";
  }
}

/** It is over: sold, cancelled or out of time. */
export class ReservationClosed extends Schema.TaggedError<ReservationClosed>()(
  "ReservationClosed",
  { phase: Schema.Literal("sold", "cancelled", "expired", "refunded") },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return this.phase === "expired"
      ? "The time is up and the numbers are free again. Reserve anew."
      : `The reservation is ${this.phase}; it cannot be changed any more.`;
  }
}

/** Numbers are added and removed before the checkout. */
export class NotInSelection extends Schema.TaggedError<NotInSelection>()(
  "NotInSelection",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "The reservation is at the checkout: its numbers are fixed. Pay for it or cancel it.";
  }
}

/** Paying comes after moving to the checkout. */
export class NotInCheckout extends Schema.TaggedError<NotInCheckout>()(
  "NotInCheckout",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "Move the reservation to the checkout first.";
  }
}

export class ReservationFull extends Schema.TaggedError<ReservationFull>()(
  "ReservationFull",
  { limit: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `A reservation has at most ${this.limit} numbers.`;
  }
}

export class LastNumber extends Schema.TaggedError<LastNumber>()(
  "LastNumber",
  {},
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "This is the reservation's only number. Cancel the reservation to let it go.";
  }
}

export class NumberNotReserved extends Schema.TaggedError<NumberNotReserved>()(
  "NumberNotReserved",
  { number: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `The reservation does not have number ${this.number}.`;
  }
}

/** What the house says about an act, in one line. */
const Reason = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(200));
const Changed = Schema.Union(RaffleNotFound, RaffleStatusConflict);
const Claimant = { reservationId: ReservationId, playerId: PlayerId };
const Selecting = Schema.Union(
  RaffleNotFound,
  ReservationNotFound,
  NotYours,
  ReservationClosed,
  NotInSelection,
);

export class RaffleRpcs extends RpcGroup.make(
  /** A draft, which nobody sees until it is published. */
  command("Create", {
    payload: { terms: RaffleTerms, rules: RaffleRules },
    success: RaffleView,
    error: Schema.Union(RaffleExists, TooManyPrizes),
  }),
  /** Other terms: of a draft, or while nothing is reserved or sold. */
  command("Edit", {
    payload: { terms: RaffleTerms },
    success: RaffleView,
    error: Schema.Union(Changed, TooManyPrizes, DrawDatePast),
  }),
  /** Puts a draft on sale. `serverSeed`: 32 bytes that nobody can guess, hex; from now on its hash is public. */
  command("Publish", {
    payload: { serverSeed: Schema.String.pipe(Schema.pattern(/^[0-9a-f]{64}$/)) },
    success: RaffleView,
    error: Schema.Union(Changed, DrawDatePast),
  }),
  command("Suspend", { payload: { reason: Reason }, success: RaffleView, error: Changed }),
  command("Resume", {
    payload: {},
    success: RaffleView,
    error: Schema.Union(Changed, DrawDatePast),
  }),
  /** Ends it without a draw; who has bought gets the money back. Never after the draw. */
  command("Cancel", { payload: { reason: Reason }, success: RaffleView, error: Changed }),
  /** Ends the sale now; the draw comes at its date. */
  command("Close", { payload: {}, success: RaffleView, error: Changed }),
  /** Draws now, or as soon as the beacon's round is there. A sale that still goes on is closed first. */
  command("Draw", { payload: {}, success: RaffleView, error: Changed }),
  /** All of the numbers or none, for a player without another reservation in this raffle. */
  command("Reserve", {
    payload: { ...Claimant, numbers: Numbers },
    success: ClaimView,
    error: Schema.Union(
      RaffleNotFound,
      RaffleNotOpen,
      UnknownNumber,
      NumberTaken,
      ReservationExists,
    ),
  }),
  /** One that the reservation has already changes nothing. */
  command("AddNumber", {
    payload: { ...Claimant, number: RaffleNumber },
    success: ClaimView,
    error: Schema.Union(Selecting, RaffleNotOpen, UnknownNumber, NumberTaken, ReservationFull),
  }),
  command("RemoveNumber", {
    payload: { ...Claimant, number: RaffleNumber },
    success: ClaimView,
    error: Schema.Union(Selecting, NumberNotReserved, LastNumber),
  }),
  /** Fixes the numbers and gives `checkoutMs` from now. One that is at the checkout stays as it is. */
  command("CheckOut", {
    payload: Claimant,
    success: ClaimView,
    error: Schema.Union(RaffleNotFound, ReservationNotFound, NotYours, ReservationClosed),
  }),
  /** Frees the numbers, if they are still claimed. */
  command("Free", {
    payload: Claimant,
    success: Schema.Struct({ freed: Schema.Boolean }),
    error: Schema.Union(RaffleNotFound, NotYours, ReservationClosed),
  }),
  /**
   * The money for the numbers is on the reservation's account: sells them and takes it into escrow, if the claim stands or,
   * being late, all of them are free. Refused, nothing changes, and the money goes back.
   */
  command("Sell", {
    payload: { ...Claimant, paymentId: PaymentId, numbers: Numbers, amountMinor: PositiveMinor },
    success: ClaimView,
    error: Schema.Union(RaffleNotFound, RaffleNotOpen, NumberTaken, ReservationClosed),
  }),
  query("GetRaffle", { payload: {}, success: RaffleView, error: RaffleNotFound }),
  query("GetBooks", { payload: {}, success: RaffleBooks, error: RaffleNotFound }),
  /** Some numbers with their states, in order; those of `playerId` are marked. */
  query("GetNumbers", {
    payload: {
      offset: Schema.Int,
      limit: Schema.Int,
      playerId: Schema.optional(PlayerId),
    },
    success: Schema.Struct({
      numbers: Schema.Array(
        Schema.Struct({
          number: RaffleNumber,
          status: Schema.Literal("available", "reserved", "sold"),
          mine: Schema.Boolean,
        }),
      ),
      totalNumbers: Schema.Int,
      stateVersion: Schema.Int,
    }),
    error: RaffleNotFound,
  }),
  /**
   * All numbers at once: two bitmaps (base64), a bit a number, the lowest number in the lowest bit of the first byte. A
   * number is in at most one of them.
   */
  query("GetGrid", {
    payload: { playerId: Schema.optional(PlayerId) },
    success: Schema.Struct({
      raffle: RaffleView,
      reserved: Schema.String,
      sold: Schema.String,
      /** Of `playerId`: reserved or bought. */
      mine: Schema.Array(RaffleNumber),
    }),
    error: RaffleNotFound,
  }),
  /** A reservation that claims numbers or has bought them. */
  query("GetClaim", {
    payload: { reservationId: ReservationId },
    success: ClaimView,
    error: Schema.Union(RaffleNotFound, ReservationNotFound),
  }),
  /** The player's live reservation, null for none. */
  query("GetClaimOf", {
    payload: { playerId: PlayerId },
    success: Schema.NullOr(ClaimView),
    error: RaffleNotFound,
  }),
  query("GetDraw", { payload: {}, success: DrawView, error: RaffleNotFound }),
  /** The list of tickets that the draw is made from, as it is hashed; empty before the sale is closed. */
  query("GetTickets", {
    payload: {},
    success: Schema.Struct({ tickets: Schema.Array(Schema.String) }),
    error: RaffleNotFound,
  }),
) {}

export const Raffle = contract("raffle", RaffleRpcs);
