/**
 * A wallet holds one player's money. `entityId` is the player's id.
 *
 * `total = available + locked`. A **hold** locks money for a purpose and names who decides about it (its owner); it
 * ends in exactly one of released (back to available, less a fee) or settled (the stake is taken, a payout may come
 * back).
 *
 * The house may **freeze** a wallet: its player can then neither spend nor set aside, send or take out anything. What comes
 * in goes on, and so does what ends a hold, so nothing else waits for a frozen wallet.
 */
import { HttpApiSchema } from "@effect/platform";
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { Account, HoldId, PlayerId } from "./id.ts";
import { decimal, Minor, PositiveMinor } from "./money.ts";

/** A wallet's money at one version, in minor units: `availableMinor = totalMinor - lockedMinor`. */
export const Balance = Schema.Struct({
  totalMinor: Minor,
  lockedMinor: Minor,
  availableMinor: Minor,
  version: Schema.Int,
});
export type Balance = typeof Balance.Type;

/** The entity that decides about a hold and can be asked whether it still stands behind it. */
export const HoldOwner = Schema.Struct({ kind: Schema.String, entityId: Schema.String });
export type HoldOwner = typeof HoldOwner.Type;

export const Hold = Schema.Struct({
  holdId: HoldId,
  amountMinor: Minor,
  /** What the money is for, in a word: `bet`, `power`, `ticket`. */
  purpose: Schema.String,
  /** The thing it is for, such as the race's id. */
  ref: Schema.String,
  owner: HoldOwner,
  /** Epoch milliseconds. */
  since: Schema.Int,
});
export type Hold = typeof Hold.Type;

/** What the house says about a freeze or an adjustment: a sentence, in one line, without surrounding spaces. */
export const Reason = Schema.String.pipe(
  Schema.minLength(1),
  Schema.maxLength(200),
  Schema.pattern(/^[^\p{C}\p{Z}]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u),
);

export const Freeze = Schema.Struct({
  reason: Schema.String,
  /** Epoch milliseconds. */
  since: Schema.Int,
});
export type Freeze = typeof Freeze.Type;

/** How a wallet stands: its money, and the freeze that it is under, if it is. */
export const Standing = Schema.Struct({ balance: Balance, freeze: Schema.optional(Freeze) });
export type Standing = typeof Standing.Type;

/** The most that may come into a wallet from outside: it leaves room below 2^53 for everything it can ever win. */
export const MAX_BALANCE_MINOR = 1_000_000_000_000_000;

/** Signed minor units, as the wallet sees it: in (positive) or out. Never 0. */
export const AdjustmentMinor = Schema.Int.pipe(
  Schema.between(-MAX_BALANCE_MINOR, MAX_BALANCE_MINOR),
  Schema.filter((amount) => amount !== 0, {
    message: () => "Expected an amount other than 0",
    jsonSchema: { not: { const: 0 } },
  }),
);

export class InsufficientFunds extends Schema.TaggedError<InsufficientFunds>()(
  "InsufficientFunds",
  { availableMinor: Minor, requiredMinor: Minor },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `The wallet has ${decimal(this.availableMinor)} available and this needs ${decimal(this.requiredMinor)}.`;
  }
}

export class WalletNotFound extends Schema.TaggedError<WalletNotFound>()(
  "WalletNotFound",
  { playerId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no wallet for this player. Join or register first.";
  }
}

export class HoldNotFound extends Schema.TaggedError<HoldNotFound>()(
  "HoldNotFound",
  { holdId: HoldId },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such hold, or it has ended: it was released or settled before.";
  }
}

/** A hold with this id is open. */
export class HoldExists extends Schema.TaggedError<HoldExists>()(
  "HoldExists",
  { holdId: HoldId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "This hold exists already. Use a new id.";
  }
}

/** A wallet keeps a bounded number of open holds. */
export class HoldLimit extends Schema.TaggedError<HoldLimit>()(
  "HoldLimit",
  { limit: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `A wallet can have ${this.limit} open holds. Wait until some have ended.`;
  }
}

/** The house has frozen it. Why, the house says. */
export class WalletFrozen extends Schema.TaggedError<WalletFrozen>()(
  "WalletFrozen",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "This wallet is frozen: nothing can be spent or set aside. What is due to it still comes in.";
  }
}

export class TransferToSelf extends Schema.TaggedError<TransferToSelf>()(
  "TransferToSelf",
  {},
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "A wallet cannot transfer to itself. Name another player.";
  }
}

/** The sum would leave the range in which integers are exact. */
export class BalanceLimit extends Schema.TaggedError<BalanceLimit>()(
  "BalanceLimit",
  {},
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "The balance would exceed what a wallet may hold.";
  }
}

/** One hold's end in a settlement: the held amount goes to `account`, `payoutMinor` comes back from it. */
export const SettleItem = Schema.Struct({ holdId: HoldId, account: Account, payoutMinor: Minor });
export type SettleItem = typeof SettleItem.Type;

export class WalletRpcs extends RpcGroup.make(
  /** Opens the wallet with a grant from the house. Opening twice changes nothing and answers the balance. */
  command("Open", { payload: { grantMinor: Minor }, success: Balance }),
  /** Brings money in from outside, from `account` (such as `provider:<name>:clearing`). */
  command("Deposit", {
    payload: { amountMinor: PositiveMinor, account: Account, ref: Schema.String },
    success: Balance,
    error: Schema.Union(WalletNotFound, BalanceLimit),
  }),
  /** Takes money out, to `account`. */
  command("Withdraw", {
    payload: { amountMinor: PositiveMinor, account: Account, ref: Schema.String },
    success: Balance,
    error: Schema.Union(WalletNotFound, WalletFrozen, InsufficientFunds),
  }),
  /** Pays at once, without a hold. */
  command("Spend", {
    payload: { amountMinor: PositiveMinor, account: Account, ref: Schema.String },
    success: Balance,
    error: Schema.Union(WalletNotFound, WalletFrozen, InsufficientFunds),
  }),
  /** Sends money to another player. It arrives surely and once, soon after. */
  command("Transfer", {
    payload: { to: PlayerId, amountMinor: PositiveMinor, ref: Schema.String },
    success: Balance,
    error: Schema.Union(WalletNotFound, WalletFrozen, InsufficientFunds, TransferToSelf),
  }),
  /** Takes in a transfer that is on its way. Said by the sending wallet only. */
  command("Receive", {
    payload: {
      from: PlayerId,
      transferId: Schema.String,
      amountMinor: PositiveMinor,
      ref: Schema.String,
    },
    success: Balance,
    error: Schema.Union(WalletNotFound, BalanceLimit),
  }),
  /** Locks money. The reply repeats `ref`, so that a repetition learns what was first held for. */
  command("Hold", {
    payload: {
      holdId: HoldId,
      amountMinor: PositiveMinor,
      purpose: Schema.String,
      ref: Schema.String,
      owner: HoldOwner,
    },
    success: Schema.Struct({ balance: Balance, ref: Schema.String, amountMinor: Minor }),
    error: Schema.Union(WalletNotFound, WalletFrozen, InsufficientFunds, HoldExists, HoldLimit),
  }),
  /** Ends a hold: the amount less `feeMinor` is available again, the fee goes to `feeAccount`. */
  command("Release", {
    payload: { holdId: HoldId, feeMinor: Minor, feeAccount: Account },
    success: Schema.Struct({ balance: Balance, refundMinor: Minor, feeMinor: Minor }),
    error: Schema.Union(WalletNotFound, HoldNotFound),
  }),
  /** Ends holds for good: what was held is taken, payouts come in. Holds that have ended are left out. */
  command("Settle", {
    payload: { items: Schema.Array(SettleItem), ref: Schema.String },
    success: Balance,
    error: Schema.Union(WalletNotFound, BalanceLimit),
  }),
  /** The player spends nothing from now on. Freezing a frozen wallet changes nothing: the first reason stands. */
  command("Freeze", {
    payload: { reason: Reason },
    success: Standing,
    error: WalletNotFound,
  }),
  /** Ends a freeze. One that is not frozen stays as it is. */
  command("Unfreeze", {
    payload: { reason: Reason },
    success: Standing,
    error: WalletNotFound,
  }),
  /**
   * The house puts a balance right, against `house:adjustments`, frozen or not; it never takes more than is available. The
   * reason is the `ref` of the statement's line: the player reads it.
   */
  command("Adjust", {
    payload: { amountMinor: AdjustmentMinor, reason: Reason },
    success: Standing,
    error: Schema.Union(WalletNotFound, InsufficientFunds, BalanceLimit),
  }),
  /** Standing and open holds at one version. */
  query("GetWallet", {
    payload: {},
    success: Schema.Struct({ ...Standing.fields, openHolds: Schema.Array(Hold) }),
    error: WalletNotFound,
  }),
) {}

export const Wallet = contract("wallet", WalletRpcs);
