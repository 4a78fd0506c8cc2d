/**
 * What is stored, as an auditor reads it: the journal with the ledger lines of each entry beside it, the snapshots and
 * alarms, and the balances that the ledger leads to. All of it as it was at one moment.
 */

import type { Projection, Row } from "../actor/Projection.ts";

export interface LedgerLine {
  readonly version: number;
  readonly debit: string;
  readonly credit: string;
  readonly amountMinor: number;
  /** What it was for, when, and the balance that it left: in one text. */
  readonly details: string;
}

export interface StoredEntry {
  readonly kind: string;
  readonly entityId: string;
  readonly version: number;
  readonly commandId: string;
  readonly events: ReadonlyArray<unknown>;
  readonly reply: unknown;
  /** When it was decided, epoch milliseconds. */
  readonly at: number;
  /** Ledger lines written with it. */
  readonly lines: ReadonlyArray<LedgerLine>;
}

export interface StoredSnapshot {
  readonly version: number;
  readonly revision: number;
  readonly state: unknown;
}

/** A part of the journal. What is known of an entity beside its entries comes with the page of its first entry. */
export interface Page {
  readonly entries: ReadonlyArray<StoredEntry>;
  readonly snapshots: ReadonlyMap<string, StoredSnapshot>;
  /** When each entity wants to be woken; null or absent for never. */
  readonly alarms: ReadonlyMap<string, number | null>;
}

export interface OpenBet {
  readonly betId: string;
  readonly playerId: string;
  readonly raceId: string;
  readonly stakeMinor: number;
}

/** A raffle's row, with its winners as `<number>/<reservation id>/<player id>`, the first prize first. */
export interface RaffleRow {
  readonly status: string;
  readonly sold: number;
  readonly winners: ReadonlyArray<string>;
}

/** What the tables say of one reservation as its raffle knows it. */
export interface ClaimRow {
  readonly reservationId: string;
  readonly raffleId: string;
  readonly playerId: string;
  readonly numbers: ReadonlyArray<number>;
  readonly amountMinor: number;
  readonly phase: string;
  readonly expiresAt: number;
  /** How it ended; null while it has not. */
  readonly outcome: string | null;
  /** Its payments that have brought money. */
  readonly paid: ReadonlyArray<string>;
}

export interface PaymentRow {
  readonly paymentId: string;
  readonly playerId: string;
  readonly provider: string;
  readonly status: string;
  readonly amountMinor: number;
}

export interface ReservationRows {
  readonly claim: ClaimRow | undefined;
  readonly payments: ReadonlyArray<PaymentRow>;
}

export interface Books {
  /** The whole journal, ordered by kind, entity and version. */
  readonly pages: () => AsyncIterable<Page>;
  /** What the ledger has on each of these accounts; those without a line are left out. */
  readonly balances: (accounts: ReadonlyArray<string>) => Promise<ReadonlyMap<string, number>>;
  /** Accounts of races, favors and transfers that are not at zero. */
  readonly openAccounts: () => AsyncIterable<{
    readonly account: string;
    readonly balanceMinor: number;
  }>;
  /** The sum of all accounts. */
  readonly total: () => Promise<number>;
  /** Sentences about rows that belong to no entry of the journal, as `entity: sentence`. */
  readonly strays: () => AsyncIterable<{ readonly entity: string; readonly sentence: string }>;
  /** Rows of the table of bets that say `accepted`. */
  readonly acceptedBets: () => AsyncIterable<OpenBet>;
  /** Those of a table's rows that have these keys, with their keys and some of their columns. */
  readonly rows: (
    projection: Projection,
    columns: ReadonlyArray<string>,
    keys: ReadonlyArray<Row>,
  ) => AsyncIterable<Row>;
  /** How many rows a table has. */
  readonly count: (table: string) => Promise<number>;
  readonly raffles: (raffleIds: ReadonlyArray<string>) => Promise<ReadonlyMap<string, RaffleRow>>;
  /** All reservations that there have ever been in a raffle. */
  readonly claims: (raffleId: string) => AsyncIterable<ClaimRow>;
  readonly reservations: (
    reservationIds: ReadonlyArray<string>,
  ) => Promise<ReadonlyMap<string, ReservationRows>>;
}

/** Names an entity in the maps of a page and in sentences. */
export const entityName = (kind: string, entityId: string): string => `${kind} ${entityId}`;
