/**
 * A wallet, folded from its journal a second time: in a few lines that know nothing of how the product does it, so that a
 * fault there is not repeated here.
 */
import { type Entry, nameOf, type TaggedEvent } from "./Journal.ts";

export interface Money {
  readonly total: number;
  readonly locked: number;
  readonly frozen: boolean;
  /** Events so far: what clients see as the wallet's version. */
  readonly version: number;
  /** Amounts by hold. */
  readonly holds: ReadonlyMap<string, number>;
}

export const NOTHING: Money = { total: 0, locked: 0, frozen: false, version: 0, holds: new Map() };

/** What one event does to a wallet. */
export interface Change {
  readonly total: number;
  readonly locked: number;
  readonly opens?: readonly [holdId: string, amount: number];
  readonly closes?: string;
  /** Whether it is frozen from here on. */
  readonly freezes?: boolean;
}

const STILL: Change = { total: 0, locked: 0 };

const minor = (event: TaggedEvent, field: string): number => Number(event[field]);

export const changeOf = (event: TaggedEvent): Change => {
  switch (event._tag) {
    case "WalletOpened":
      return { total: minor(event, "grantMinor"), locked: 0 };
    case "Deposited":
    case "TransferReceived":
    case "TransferReturned":
    case "Adjusted":
      return { total: minor(event, "amountMinor"), locked: 0 };
    case "Withdrawn":
    case "Spent":
    case "TransferSent":
      return { total: -minor(event, "amountMinor"), locked: 0 };
    case "MoneyHeld": {
      const amount = minor(event, "amountMinor");
      return { total: 0, locked: amount, opens: [String(event["holdId"]), amount] };
    }
    case "HoldReleased":
      return {
        total: -minor(event, "feeMinor"),
        locked: -minor(event, "amountMinor"),
        closes: String(event["holdId"]),
      };
    case "HoldSettled":
      return {
        total: minor(event, "payoutMinor") - minor(event, "amountMinor"),
        locked: -minor(event, "amountMinor"),
        closes: String(event["holdId"]),
      };
    case "HoldsDoubted":
    case "HoldConfirmed":
    case "TransferArrived":
      return STILL;
    case "Frozen":
      return { ...STILL, freezes: true };
    case "Unfrozen":
      return { ...STILL, freezes: false };
    default:
      throw new Error(`a wallet has no event ${event._tag}`);
  }
};

/** The money after a change; undefined when it cannot be: a hold that is there already, or is not, or money that is not. */
export const changed = (money: Money, changes: ReadonlyArray<Change>): Money | undefined => {
  let { frozen, locked, total, version } = money;
  let { holds } = money;
  for (const change of changes) {
    const { closes, opens } = change;
    if (opens !== undefined || closes !== undefined) {
      const next = new Map(holds);
      if (opens !== undefined && next.has(opens[0])) return undefined;
      if (closes !== undefined && next.get(closes) !== -change.locked) return undefined;
      if (opens !== undefined) next.set(...opens);
      if (closes !== undefined) next.delete(closes);
      holds = next;
    }
    total += change.total;
    locked += change.locked;
    frozen = change.freezes ?? frozen;
    version += 1;
    if (locked < 0 || locked > total) return undefined;
  }
  return { total, locked, frozen, version, holds };
};

/** A wallet's entries, each with the money after it. */
export interface WalletBook {
  readonly playerId: string;
  readonly entries: ReadonlyArray<Entry>;
  /** By the wallet's own version. */
  readonly moneyAt: ReadonlyMap<number, Money>;
  /** After each entry, by its command id. */
  readonly moneyAfter: ReadonlyMap<string, Money>;
  readonly last: Money;
}

export const walletBook = (
  entries: ReadonlyArray<Entry>,
  find: (subject: string, sentence: string) => void,
): WalletBook => {
  const moneyAt = new Map<number, Money>([[0, NOTHING]]);
  const moneyAfter = new Map<string, Money>();
  let last = NOTHING;
  for (const entry of entries) {
    for (const event of entry.events) {
      const next = changed(last, [changeOf(event)]);
      if (next === undefined)
        find(
          nameOf(entry),
          `${event._tag} in version ${entry.version} cannot be, after all before`,
        );
      last = next ?? last;
      moneyAt.set(last.version, last);
    }
    moneyAfter.set(entry.commandId, last);
  }
  const playerId = entries[0]?.entityId ?? "";
  return { playerId, entries, moneyAt, moneyAfter, last };
};
