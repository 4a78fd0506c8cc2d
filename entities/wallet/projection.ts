/** What a wallet's events write beside the journal: the ledger. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow } from "../../src/actor/Projection.ts";
import { available, held, house, inTransit, post, type Transfer } from "../ledger.ts";
import type { WalletEvent } from "./events.ts";
import type { WalletState } from "./state.ts";

/** The transfers that an event makes, what they are for and what they refer to. */
const movements = (
  event: WalletEvent,
  playerId: string,
):
  | { readonly purpose: string; readonly ref: string; readonly transfers: ReadonlyArray<Transfer> }
  | undefined => {
  const mine = available(playerId);
  const locked = held(playerId);
  switch (event._tag) {
    case "WalletOpened": {
      const transfers = [{ debit: house.grants, credit: mine, amountMinor: event.grantMinor }];
      return { purpose: "grant", ref: "open", transfers };
    }
    case "Deposited": {
      const transfers = [{ debit: event.account, credit: mine, amountMinor: event.amountMinor }];
      return { purpose: "deposit", ref: event.ref, transfers };
    }
    case "Withdrawn": {
      const transfers = [{ debit: mine, credit: event.account, amountMinor: event.amountMinor }];
      return { purpose: "withdrawal", ref: event.ref, transfers };
    }
    case "Spent": {
      const transfers = [{ debit: mine, credit: event.account, amountMinor: event.amountMinor }];
      return { purpose: "spend", ref: event.ref, transfers };
    }
    case "MoneyHeld": {
      const transfers = [{ debit: mine, credit: locked, amountMinor: event.amountMinor }];
      return { purpose: "hold", ref: event.holdId, transfers };
    }
    case "HoldReleased": {
      const transfers = [
        { debit: locked, credit: mine, amountMinor: event.amountMinor - event.feeMinor },
        { debit: locked, credit: event.feeAccount, amountMinor: event.feeMinor },
      ];
      return { purpose: "release", ref: event.holdId, transfers };
    }
    case "HoldSettled": {
      const transfers = [
        { debit: locked, credit: event.account, amountMinor: event.amountMinor },
        { debit: event.account, credit: mine, amountMinor: event.payoutMinor },
      ];
      return { purpose: "settle", ref: event.holdId, transfers };
    }
    case "TransferSent": {
      const transfers = [
        { debit: mine, credit: inTransit(event.transferId), amountMinor: event.amountMinor },
      ];
      return { purpose: "transfer", ref: event.ref, transfers };
    }
    case "TransferReturned": {
      const transfers = [
        { debit: inTransit(event.transferId), credit: mine, amountMinor: event.amountMinor },
      ];
      return { purpose: "transfer returned", ref: event.transferId, transfers };
    }
    case "TransferReceived": {
      const transfers = [
        { debit: inTransit(event.transferId), credit: mine, amountMinor: event.amountMinor },
      ];
      return { purpose: "transfer", ref: event.ref, transfers };
    }
    case "Adjusted": {
      const { amountMinor, reason } = event;
      const [debit, credit] =
        amountMinor > 0 ? [house.adjustments, mine] : [mine, house.adjustments];
      const transfers = [{ debit, credit, amountMinor: Math.abs(amountMinor) }];
      return { purpose: "adjustment", ref: reason, transfers };
    }
    case "Frozen":
    case "Unfrozen":
    case "HoldsDoubted":
    case "HoldConfirmed":
    case "TransferArrived":
      return undefined;
  }
};

/** Lines of one event: more than any event has, so that the events of one entry never share one. */
const LINES_PER_EVENT = 4;

export const project = (
  event: WalletEvent,
  after: WalletState,
  { at, entityId }: Meta,
  version: number,
): ReadonlyArray<ProjectedRow> => {
  const moved = movements(event, entityId);
  if (moved === undefined) return [];
  // The state's version counts events, so it tells the events of one journal entry apart.
  const firstLine = after.version * LINES_PER_EVENT;
  const { purpose, ref, transfers } = moved;
  return post(
    { kind: "wallet", entityId, version, firstLine, purpose, ref, at, balance: after },
    transfers,
  );
};
