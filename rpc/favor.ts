/**
 * A favor is a loan from one player to another. `entityId` is the favor's id.
 *
 * The lender offers; the borrower accepts or declines, or the lender withdraws, or the offer lapses. Once accepted the
 * money moves, and the favor is active until the borrower repays it in full, at any time. One that is not repaid when it
 * is due is overdue: still repayable, and it counts against the borrower.
 *
 *   offered → accepted → active → repaying → repaid
 *      ↓         ↓         ↓ ↑
 *   declined  returned   overdue → repaying → repaid
 *   withdrawn
 *   expired
 */
import { HttpApiSchema } from "@effect/platform";
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { NotYours } from "./failure.ts";
import { ReconcileHold } from "./holdOwner.ts";
import { FavorId, HoldId, PlayerId } from "./id.ts";
import { decimal, Minor, PositiveMinor } from "./money.ts";

export const FavorStatus = Schema.Literal(
  "offered",
  /** Accepted, and the money is on its way to the borrower. */
  "accepted",
  "active",
  "overdue",
  /** The repayment is on its way to the lender. */
  "repaying",
  "repaid",
  /** The borrower's wallet could not take the money in: it went back. */
  "returned",
  "declined",
  "withdrawn",
  "expired",
);
export type FavorStatus = typeof FavorStatus.Type;

/** Enough for a friend to fetch some coins. */
const MIN_DUE_MS = 1_000;
/** A month: who lends for longer wants a bank. */
const MAX_DUE_MS = 30 * 24 * 3_600_000;
/** From the acceptance to the time it has to be repaid, milliseconds. */
export const DueMs = Schema.Int.pipe(Schema.between(MIN_DUE_MS, MAX_DUE_MS));

/** Times are epoch milliseconds. */
export const FavorView = Schema.Struct({
  favorId: FavorId,
  lenderId: PlayerId,
  borrowerId: PlayerId,
  amountMinor: Minor,
  /** What the borrower gives back: the amount with its interest. */
  repayMinor: Minor,
  dueInMs: DueMs,
  status: FavorStatus,
  offeredAt: Schema.Int,
  /** An offer that has not been accepted by then is off. */
  expiresAt: Schema.Int,
  acceptedAt: Schema.NullOr(Schema.Int),
  dueAt: Schema.NullOr(Schema.Int),
  repaidAt: Schema.NullOr(Schema.Int),
});
export type FavorView = typeof FavorView.Type;

export class FavorNotFound extends Schema.TaggedError<FavorNotFound>()(
  "FavorNotFound",
  { favorId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such favor.";
  }
}

export class FavorExists extends Schema.TaggedError<FavorExists>()(
  "FavorExists",
  { favorId: FavorId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "A favor with this id exists already.";
  }
}

/** Nobody by this id has a wallet. */
export class BorrowerNotFound extends Schema.TaggedError<BorrowerNotFound>()(
  "BorrowerNotFound",
  { playerId: PlayerId },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "There is no such player to lend to.";
  }
}

export class FavorToSelf extends Schema.TaggedError<FavorToSelf>()(
  "FavorToSelf",
  {},
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "Nobody can do a favor to themselves. Name another player.";
  }
}

export class RepayBelowAmount extends Schema.TaggedError<RepayBelowAmount>()(
  "RepayBelowAmount",
  { amountMinor: Minor },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `At least what is lent is paid back: ${decimal(this.amountMinor)}.`;
  }
}

/** It has been accepted, declined or withdrawn, or has lapsed. */
export class OfferClosed extends Schema.TaggedError<OfferClosed>()(
  "OfferClosed",
  { favorStatus: FavorStatus },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `This offer is not open any more: the favor is ${this.favorStatus}.`;
  }
}

export class NotRepayable extends Schema.TaggedError<NotRepayable>()(
  "NotRepayable",
  { favorStatus: FavorStatus },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `There is nothing to repay: the favor is ${this.favorStatus}.`;
  }
}

/** The command came so late that the wallet has given up the hold for it. */
export class FavorHoldLapsed extends Schema.TaggedError<FavorHoldLapsed>()(
  "FavorHoldLapsed",
  { holdId: HoldId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "This took so long that the money set aside for it is available again. Ask again with a new key.";
  }
}

export class FavorRpcs extends RpcGroup.make(
  /** Offers a loan whose amount is held in the lender's wallet, under the favor's id and owned by the favor. */
  command("Offer", {
    payload: {
      lenderId: PlayerId,
      borrowerId: PlayerId,
      amountMinor: PositiveMinor,
      repayMinor: PositiveMinor,
      dueInMs: DueMs,
    },
    success: FavorView,
    error: Schema.Union(FavorExists, FavorToSelf, RepayBelowAmount, FavorHoldLapsed),
  }),
  /** The borrower takes it. The favor moves the money by itself; the same steps may be awaited (see `process.ts`). */
  command("Accept", {
    payload: { playerId: PlayerId },
    success: FavorView,
    error: Schema.Union(FavorNotFound, NotYours, OfferClosed),
  }),
  /** The borrower does not want it. */
  command("Decline", {
    payload: { playerId: PlayerId },
    success: FavorView,
    error: Schema.Union(FavorNotFound, NotYours, OfferClosed),
  }),
  /** The lender takes the offer back. */
  command("Withdraw", {
    payload: { playerId: PlayerId },
    success: FavorView,
    error: Schema.Union(FavorNotFound, NotYours, OfferClosed),
  }),
  /** The borrower repays: `repayMinor` is held in the borrower's wallet, under `holdId` and owned by the favor. */
  command("Repay", {
    payload: { playerId: PlayerId, holdId: HoldId },
    success: FavorView,
    error: Schema.Union(FavorNotFound, NotYours, NotRepayable, FavorHoldLapsed),
  }),
  /** The `ref` of a favor's hold is the favor's id. */
  ReconcileHold,
  query("GetFavor", { payload: {}, success: FavorView, error: FavorNotFound }),
) {}

export const Favor = contract("favor", FavorRpcs);
