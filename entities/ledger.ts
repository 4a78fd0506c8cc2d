/**
 * The ledger: every movement of money as a transfer from one account (debit) to another (credit), written in the
 * transaction of the event that moved it. A transfer takes what it gives, so the ledger sums to zero at every prefix by
 * construction, and an account's balance is what was credited less what was debited.
 *
 * A transfer's key is the journal entry that made it and its line there: one event cannot be posted twice.
 */
import type { Account } from "../rpc/id.ts";
import type { ProjectedRow, Projection } from "../src/actor/Projection.ts";

export const Ledger: Projection = {
  table: "ledger",
  columns: {
    kind: "text",
    entity_id: "text",
    version: "bigint",
    line: "integer",
    debit: "text",
    credit: "text",
    amount: "bigint",
    purpose: "text",
    ref: "text",
    at: "bigint",
    balance_total: "bigint",
    balance_locked: "bigint",
  },
  key: ["kind", "entity_id", "version", "line"],
  write: "insert",
};

export interface Transfer {
  readonly debit: Account;
  readonly credit: Account;
  readonly amountMinor: number;
}

export interface Posting {
  readonly kind: string;
  readonly entityId: string;
  readonly version: number;
  /** Sets apart the transfers of one journal entry: an event's first line; each event has its own. */
  readonly firstLine: number;
  readonly purpose: string;
  readonly ref: string;
  readonly at: number;
  /** The wallet's money after it, where it belongs to one. */
  readonly balance?: { readonly totalMinor: number; readonly lockedMinor: number };
}

/** The ledger rows of some transfers; those of nothing are left out. */
export const post = (
  posting: Posting,
  transfers: ReadonlyArray<Transfer>,
): ReadonlyArray<ProjectedRow> =>
  transfers.flatMap(({ amountMinor, credit, debit }, i) =>
    amountMinor === 0
      ? []
      : [
          {
            projection: Ledger,
            row: {
              kind: posting.kind,
              entity_id: posting.entityId,
              version: posting.version,
              line: posting.firstLine + i,
              debit,
              credit,
              amount: amountMinor,
              purpose: posting.purpose,
              ref: posting.ref,
              at: posting.at,
              balance_total: posting.balance?.totalMinor ?? null,
              balance_locked: posting.balance?.lockedMinor ?? null,
            },
          },
        ],
  );

/** The accounts that are not one player's. */
export const house = {
  grants: "house:grants" as Account,
  takeout: "house:takeout" as Account,
  breakage: "house:breakage" as Account,
  powers: "house:powers" as Account,
  fees: "house:fees" as Account,
  /** The platform's share of what raffles sold, and the whole of those without an organiser. */
  raffles: "house:raffles" as Account,
  /** What an administrator has put right. */
  adjustments: "house:adjustments" as Account,
  /** Money of players that none of their wallets can take. */
  unclaimed: "house:unclaimed" as Account,
};
export const available = (playerId: string) => `player:${playerId}:available` as Account;
export const held = (playerId: string) => `player:${playerId}:held` as Account;
export const racePool = (raceId: string) => `race:${raceId}:pool` as Account;
/** A favor's money between the wallet that paid it and the one that gets it. */
export const favorAccount = (favorId: string) => `favor:${favorId}` as Account;
/** A raffle's revenue: what its sold numbers cost, until the draw or the cancellation. */
export const raffleEscrow = (raffleId: string) => `raffle:${raffleId}:escrow` as Account;
/** What has been paid for a reservation, until its numbers are sold or it is given back. */
export const reservationAccount = (reservationId: string) =>
  `reservation:${reservationId}` as Account;
/** What a payment provider has taken for the house and not given back: negative, what it owes. */
export const clearing = (provider: string) => `provider:${provider}:clearing` as Account;
export const inTransit = (transferId: string) => `transfer:${transferId}` as Account;
