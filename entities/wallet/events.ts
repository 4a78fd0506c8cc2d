/** What has happened to a wallet. Events are kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { Account, HoldId, PlayerId } from "../../rpc/id.ts";
import { Minor } from "../../rpc/money.ts";
import { HoldOwner } from "../../rpc/wallet.ts";

export const WalletOpened = Schema.TaggedStruct("WalletOpened", { grantMinor: Minor });
export const Deposited = Schema.TaggedStruct("Deposited", {
  amountMinor: Minor,
  account: Account,
  ref: Schema.String,
});
export const Withdrawn = Schema.TaggedStruct("Withdrawn", {
  amountMinor: Minor,
  account: Account,
  ref: Schema.String,
});
export const Spent = Schema.TaggedStruct("Spent", {
  amountMinor: Minor,
  account: Account,
  ref: Schema.String,
});

export const MoneyHeld = Schema.TaggedStruct("MoneyHeld", {
  holdId: HoldId,
  amountMinor: Minor,
  purpose: Schema.String,
  ref: Schema.String,
  owner: HoldOwner,
  /** Epoch milliseconds. */
  at: Schema.Int,
  /** When to ask the owner whether it still stands behind the hold. */
  checkAt: Schema.Int,
});
export const HoldReleased = Schema.TaggedStruct("HoldReleased", {
  holdId: HoldId,
  amountMinor: Minor,
  feeMinor: Minor,
  feeAccount: Account,
  ref: Schema.String,
});
export const HoldSettled = Schema.TaggedStruct("HoldSettled", {
  holdId: HoldId,
  amountMinor: Minor,
  account: Account,
  payoutMinor: Minor,
  ref: Schema.String,
});
/** These holds have been open for long: their owners are being asked. */
export const HoldsDoubted = Schema.TaggedStruct("HoldsDoubted", { holdIds: Schema.Array(HoldId) });
export const HoldConfirmed = Schema.TaggedStruct("HoldConfirmed", {
  holdId: HoldId,
  checkAt: Schema.Int,
});

export const TransferSent = Schema.TaggedStruct("TransferSent", {
  transferId: Schema.String,
  to: PlayerId,
  amountMinor: Minor,
  ref: Schema.String,
});
export const TransferArrived = Schema.TaggedStruct("TransferArrived", {
  transferId: Schema.String,
});
export const TransferReturned = Schema.TaggedStruct("TransferReturned", {
  transferId: Schema.String,
  amountMinor: Minor,
});
export const TransferReceived = Schema.TaggedStruct("TransferReceived", {
  from: PlayerId,
  transferId: Schema.String,
  amountMinor: Minor,
  ref: Schema.String,
});

/** Nothing goes out any more, but what was promised. */
export const Frozen = Schema.TaggedStruct("Frozen", {
  reason: Schema.String,
  /** Epoch milliseconds. */
  at: Schema.Int,
});
export const Unfrozen = Schema.TaggedStruct("Unfrozen", { reason: Schema.String });
/** The house has put the balance right; `amountMinor` is signed: in (positive) or out. */
export const Adjusted = Schema.TaggedStruct("Adjusted", {
  amountMinor: Schema.Int,
  reason: Schema.String,
});

export const WalletEvent = Schema.Union(
  WalletOpened,
  Deposited,
  Withdrawn,
  Spent,
  MoneyHeld,
  HoldReleased,
  HoldSettled,
  HoldsDoubted,
  HoldConfirmed,
  TransferSent,
  TransferArrived,
  TransferReturned,
  TransferReceived,
  Frozen,
  Unfrozen,
  Adjusted,
);
export type WalletEvent = typeof WalletEvent.Type;
