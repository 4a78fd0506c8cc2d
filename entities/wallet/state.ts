/** What a wallet remembers. */
import { HashMap, Option, Schema } from "effect";
import { HoldId, PlayerId } from "../../rpc/id.ts";
import { type Minor, minor, Minor as MinorSchema } from "../../rpc/money.ts";
import { type Balance, Freeze, Hold, type Standing } from "../../rpc/wallet.ts";
import type { WalletEvent } from "./events.ts";

export const OpenHold = Schema.Struct({
  ...Hold.fields,
  checkAt: Schema.Int,
  /** Its owner is being asked about it. */
  doubted: Schema.Boolean,
});
export type OpenHold = typeof OpenHold.Type;

export const OutgoingTransfer = Schema.Struct({
  to: PlayerId,
  amountMinor: MinorSchema,
  ref: Schema.String,
});

export const WalletState = Schema.Struct({
  opened: Schema.Boolean,
  totalMinor: MinorSchema,
  lockedMinor: MinorSchema,
  /** Rises by one with each event. */
  version: Schema.Int,
  holds: Schema.HashMap({ key: HoldId, value: OpenHold }),
  doubted: Schema.Int,
  /** No hold is to be checked before this; null when none is. */
  nextCheckAt: Schema.NullOr(Schema.Int),
  transfers: Schema.HashMap({ key: Schema.String, value: OutgoingTransfer }),
  /** Snapshots of releases that froze no wallets have none. */
  freeze: Schema.optionalWith(Schema.NullOr(Freeze), { default: () => null }),
});
export type WalletState = typeof WalletState.Type;

export const initial: WalletState = {
  opened: false,
  totalMinor: minor(0),
  lockedMinor: minor(0),
  version: 0,
  holds: HashMap.empty(),
  doubted: 0,
  nextCheckAt: null,
  transfers: HashMap.empty(),
  freeze: null,
};

export const availableMinor = (state: WalletState): Minor =>
  minor(state.totalMinor - state.lockedMinor);

export const balanceOf = (state: WalletState): Balance => ({
  totalMinor: state.totalMinor,
  lockedMinor: state.lockedMinor,
  availableMinor: availableMinor(state),
  version: state.version,
});

export const standingOf = (state: WalletState): Standing => ({
  balance: balanceOf(state),
  ...(state.freeze === null ? {} : { freeze: state.freeze }),
});

export const holdOf = (state: WalletState, holdId: HoldId): OpenHold | undefined =>
  Option.getOrUndefined(HashMap.get(state.holds, holdId));

/** Where an event leads. Money that is not there makes `minor` die: no journal may say so. */
export const evolve = (state: WalletState, event: WalletEvent): WalletState => {
  const next = { ...state, version: state.version + 1 };
  switch (event._tag) {
    case "WalletOpened":
      return { ...next, opened: true, totalMinor: minor(state.totalMinor + event.grantMinor) };
    case "Deposited":
    case "TransferReceived":
      return { ...next, totalMinor: minor(state.totalMinor + event.amountMinor) };
    case "Withdrawn":
    case "Spent":
      return { ...next, totalMinor: minor(state.totalMinor - event.amountMinor) };
    case "MoneyHeld": {
      const { _tag, at, ...held } = event;
      return {
        ...next,
        lockedMinor: minor(state.lockedMinor + event.amountMinor),
        holds: HashMap.set(state.holds, event.holdId, { ...held, since: at, doubted: false }),
        nextCheckAt: Math.min(state.nextCheckAt ?? event.checkAt, event.checkAt),
      };
    }
    case "HoldReleased":
      return {
        ...withoutHold(next, event.holdId),
        totalMinor: minor(state.totalMinor - event.feeMinor),
        lockedMinor: minor(state.lockedMinor - event.amountMinor),
      };
    case "HoldSettled":
      return {
        ...withoutHold(next, event.holdId),
        totalMinor: minor(state.totalMinor - event.amountMinor + event.payoutMinor),
        lockedMinor: minor(state.lockedMinor - event.amountMinor),
      };
    case "HoldsDoubted": {
      const holds = event.holdIds.reduce(
        (all, holdId) => HashMap.modify(all, holdId, (hold) => ({ ...hold, doubted: true })),
        state.holds,
      );
      return withNextCheck({ ...next, holds, doubted: state.doubted + event.holdIds.length });
    }
    case "HoldConfirmed": {
      const holds = HashMap.modify(state.holds, event.holdId, (hold) => ({
        ...hold,
        doubted: false,
        checkAt: event.checkAt,
      }));
      return withNextCheck({ ...next, holds, doubted: state.doubted - 1 });
    }
    case "TransferSent": {
      const { amountMinor, ref, to } = event;
      return {
        ...next,
        totalMinor: minor(state.totalMinor - amountMinor),
        transfers: HashMap.set(state.transfers, event.transferId, { to, amountMinor, ref }),
      };
    }
    case "TransferArrived":
      return { ...next, transfers: HashMap.remove(state.transfers, event.transferId) };
    case "TransferReturned":
      return {
        ...next,
        totalMinor: minor(state.totalMinor + event.amountMinor),
        transfers: HashMap.remove(state.transfers, event.transferId),
      };
    case "Frozen":
      return { ...next, freeze: { reason: event.reason, since: event.at } };
    case "Unfrozen":
      return { ...next, freeze: null };
    case "Adjusted":
      return { ...next, totalMinor: minor(state.totalMinor + event.amountMinor) };
  }
};

/** `nextCheckAt` may now be too early, which costs a look; finding the exact one would cost a walk at each release. */
const withoutHold = (state: WalletState, holdId: HoldId): WalletState => {
  const holds = HashMap.remove(state.holds, holdId);
  return {
    ...state,
    holds,
    doubted: state.doubted - (holdOf(state, holdId)?.doubted === true ? 1 : 0),
    nextCheckAt: HashMap.isEmpty(holds) ? null : state.nextCheckAt,
  };
};

const withNextCheck = (state: WalletState): WalletState => {
  let nextCheckAt: number | null = null;
  for (const hold of HashMap.values(state.holds)) {
    if (!hold.doubted) nextCheckAt = Math.min(nextCheckAt ?? hold.checkAt, hold.checkAt);
  }
  return { ...state, nextCheckAt };
};
