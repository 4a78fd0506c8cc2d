/** What a wallet decides: pure, with time in `meta`. */
import { HashMap } from "effect";
import { Account, type HoldId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import {
  BalanceLimit,
  HoldExists,
  HoldLimit,
  HoldNotFound,
  InsufficientFunds,
  MAX_BALANCE_MINOR,
  TransferToSelf,
  type Wallet,
  WalletFrozen,
  WalletNotFound,
} from "../../rpc/wallet.ts";
import { accept, answer, type Decider, reject } from "../../src/actor/Decider.ts";
import type { HoldSettled, WalletEvent } from "./events.ts";
import {
  availableMinor,
  balanceOf,
  evolve,
  holdOf,
  initial,
  standingOf,
  type WalletState,
} from "./state.ts";

/** Open holds in one wallet: far above what a player does, small enough that a wallet stays some megabytes. */
export const MAX_OPEN_HOLDS = 10_000;
/** A hold still open after this is asked about. Longer than a race with all its phases. */
export const CHECK_HOLD_AFTER_MS = 180_000;

/** The steps that a wallet takes by itself. */
export type WalletInternal =
  | { readonly _tag: "DoubtHolds"; readonly now: number }
  | { readonly _tag: "ConfirmHold"; readonly holdId: HoldId }
  | { readonly _tag: "VoidHold"; readonly holdId: HoldId }
  | { readonly _tag: "FinishTransfer"; readonly transferId: string; readonly arrived: boolean };

const tagged = <Tag extends WalletEvent["_tag"]>(
  _tag: Tag,
  fields: Omit<Extract<WalletEvent, { readonly _tag: Tag }>, "_tag">,
) => ({ _tag, ...fields }) as Extract<WalletEvent, { readonly _tag: Tag }>;

const missing = (state: WalletState, playerId: string) =>
  state.opened ? undefined : reject(new WalletNotFound({ playerId }));

/** Why nothing may go out of it by its player's will. */
const closed = (state: WalletState, playerId: string) =>
  missing(state, playerId) ?? (state.freeze === null ? undefined : reject(new WalletFrozen()));

const short = (state: WalletState, requiredMinor: number) =>
  requiredMinor <= availableMinor(state)
    ? undefined
    : reject(
        new InsufficientFunds({
          availableMinor: availableMinor(state),
          requiredMinor: minor(requiredMinor),
        }),
      );

const overflowing = (state: WalletState, gainMinor: number, limitMinor = MAX_BALANCE_MINOR) =>
  state.totalMinor + gainMinor <= limitMinor ? undefined : reject(new BalanceLimit());

export const decider: Decider<typeof Wallet, WalletState, WalletEvent, WalletInternal> = {
  initial: () => initial,
  evolve,
  decide: {
    Open: (state, { grantMinor }) =>
      accept(state.opened ? [] : [tagged("WalletOpened", { grantMinor })], balanceOf),

    Deposit: (state, { account, amountMinor, entityId, ref }) =>
      missing(state, entityId) ??
      overflowing(state, amountMinor) ??
      accept([tagged("Deposited", { account, amountMinor, ref })], balanceOf),

    Withdraw: (state, { account, amountMinor, entityId, ref }) =>
      closed(state, entityId) ??
      short(state, amountMinor) ??
      accept([tagged("Withdrawn", { account, amountMinor, ref })], balanceOf),

    Spend: (state, { account, amountMinor, entityId, ref }) =>
      closed(state, entityId) ??
      short(state, amountMinor) ??
      accept([tagged("Spent", { account, amountMinor, ref })], balanceOf),

    Transfer: (state, { amountMinor, commandId, entityId, ref, to }) => {
      if (to === (entityId as string)) return reject(new TransferToSelf());
      const transferId = `${entityId}/${commandId}`;
      return (
        closed(state, entityId) ??
        short(state, amountMinor) ??
        accept([tagged("TransferSent", { transferId, to, amountMinor, ref })], balanceOf)
      );
    },

    Receive: (state, { amountMinor, entityId, from, ref, transferId }) =>
      missing(state, entityId) ??
      overflowing(state, amountMinor) ??
      accept([tagged("TransferReceived", { from, transferId, amountMinor, ref })], balanceOf),

    Hold: (state, { amountMinor, entityId, holdId, owner, purpose, ref }, { at }) => {
      if (holdOf(state, holdId) !== undefined) return reject(new HoldExists({ holdId }));
      if (HashMap.size(state.holds) >= MAX_OPEN_HOLDS)
        return reject(new HoldLimit({ limit: MAX_OPEN_HOLDS }));
      const checkAt = at + CHECK_HOLD_AFTER_MS;
      return (
        closed(state, entityId) ??
        short(state, amountMinor) ??
        accept(
          [tagged("MoneyHeld", { holdId, amountMinor, purpose, ref, owner, at, checkAt })],
          (after: WalletState) => ({ balance: balanceOf(after), ref, amountMinor }),
        )
      );
    },

    Release: (state, { entityId, feeAccount, feeMinor, holdId }) => {
      const hold = holdOf(state, holdId);
      if (hold === undefined)
        return missing(state, entityId) ?? reject(new HoldNotFound({ holdId }));
      const fee = minor(Math.min(feeMinor, hold.amountMinor));
      const { amountMinor, ref } = hold;
      return accept(
        [tagged("HoldReleased", { holdId, amountMinor, feeMinor: fee, feeAccount, ref })],
        (after: WalletState) => ({
          balance: balanceOf(after),
          refundMinor: minor(amountMinor - fee),
          feeMinor: fee,
        }),
      );
    },

    Settle: (state, { entityId, items, ref }) => {
      const events = new Map<HoldId, typeof HoldSettled.Type>();
      for (const { account, holdId, payoutMinor } of items) {
        const hold = holdOf(state, holdId);
        if (hold === undefined) continue;
        events.set(
          holdId,
          tagged("HoldSettled", {
            holdId,
            amountMinor: hold.amountMinor,
            account,
            payoutMinor,
            ref,
          }),
        );
      }
      const payouts = [...events.values()].reduce((sum, event) => sum + event.payoutMinor, 0);
      return (
        missing(state, entityId) ??
        overflowing(state, payouts, Number.MAX_SAFE_INTEGER) ??
        accept([...events.values()], balanceOf)
      );
    },

    Freeze: (state, { entityId, reason }, { at }) =>
      missing(state, entityId) ??
      accept(state.freeze === null ? [tagged("Frozen", { reason, at })] : [], standingOf),

    Unfreeze: (state, { entityId, reason }) =>
      missing(state, entityId) ??
      accept(state.freeze === null ? [] : [tagged("Unfrozen", { reason })], standingOf),

    Adjust: (state, { amountMinor, entityId, reason }) =>
      missing(state, entityId) ??
      (amountMinor < 0 ? short(state, -amountMinor) : overflowing(state, amountMinor)) ??
      accept([tagged("Adjusted", { amountMinor, reason })], standingOf),
  },

  decideInternal: (state, command, { at }) => {
    switch (command._tag) {
      case "DoubtHolds": {
        if (state.nextCheckAt === null || command.now < state.nextCheckAt) return [];
        const holdIds: Array<HoldId> = [];
        for (const [holdId, hold] of state.holds) {
          if (!hold.doubted && hold.checkAt <= command.now) holdIds.push(holdId);
        }
        // None when the hold that was next has ended: the time of the next is then found again.
        return [tagged("HoldsDoubted", { holdIds })];
      }
      case "ConfirmHold":
        return holdOf(state, command.holdId)?.doubted === true
          ? [tagged("HoldConfirmed", { holdId: command.holdId, checkAt: at + CHECK_HOLD_AFTER_MS })]
          : [];
      case "VoidHold": {
        const hold = holdOf(state, command.holdId);
        if (hold === undefined) return [];
        const { amountMinor, holdId, ref } = hold;
        return [
          tagged("HoldReleased", {
            holdId,
            amountMinor,
            feeMinor: minor(0),
            feeAccount: NO_FEE,
            ref,
          }),
        ];
      }
      case "FinishTransfer": {
        const { arrived, transferId } = command;
        const sent = HashMap.get(state.transfers, transferId);
        if (sent._tag === "None") return [];
        return arrived
          ? [tagged("TransferArrived", { transferId })]
          : [tagged("TransferReturned", { transferId, amountMinor: sent.value.amountMinor })];
      }
    }
  },

  answer: {
    GetWallet: (state, { entityId }) => {
      if (!state.opened) return reject(new WalletNotFound({ playerId: entityId }));
      const openHolds = [...HashMap.values(state.holds)].map(
        ({ checkAt: _, doubted: __, ...hold }) => hold,
      );
      return answer({ ...standingOf(state), openHolds });
    },
  },
};

const NO_FEE = Account.make("house:fees");
