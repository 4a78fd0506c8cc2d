/**
 * The books as PostgreSQL has them, read in one transaction at REPEATABLE READ: whatever is committed meanwhile, all
 * that is read is of one moment, and nothing that runs waits for it. The balances are added up once, in a temporary
 * table that goes with the transaction.
 */
import { Array as Arr } from "effect";
import type pg from "pg";
import { arrayTypeOf } from "../actor/PgArrays.ts";
import {
  type Books,
  type ClaimRow,
  entityName,
  type LedgerLine,
  type Page,
  type PaymentRow,
  type RaffleRow,
  type ReservationRows,
  type StoredEntry,
} from "./Books.ts";
import { ledgerLine } from "./EntityFold.ts";

/** Entries read at a time: some megabytes. */
const PAGE_ENTRIES = 2000;
/** Rows of the smaller lists read at a time. */
const PAGE_ROWS = 1000;

interface EntryRow {
  readonly kind: string;
  readonly entity_id: string;
  readonly version: string;
  readonly command_id: string;
  readonly events: ReadonlyArray<unknown>;
  readonly reply: unknown;
  readonly at: string;
}

type Key = readonly [kind: string, entityId: string, version: string];

/** Runs `read` on the books of one moment. The transaction is rolled back: nothing is written but a temporary table. */
export const withBooks = async <A>(
  client: pg.ClientBase,
  read: (books: Books) => Promise<A>,
): Promise<A> => {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  try {
    await client.query(BALANCES);
    await client.query("CREATE INDEX ON audit_account (account)");
    await client.query("ANALYZE audit_account");
    return await read(booksOf(client));
  } finally {
    await client.query("ROLLBACK");
  }
};

const booksOf = (client: pg.ClientBase): Books => ({
  pages: () => pages(client),
  balances: async (accounts) => {
    const { rows } = await client.query<AccountRow>(
      "SELECT account, balance FROM audit_account WHERE account = ANY($1)",
      [accounts],
    );
    return new Map(rows.map(({ account, balance }) => [account, Number(balance)]));
  },
  async *openAccounts() {
    for await (const row of listed<AccountRow>(client, OPEN_ACCOUNTS))
      yield { account: row.account, balanceMinor: Number(row.balance) };
  },
  total: async () => {
    const { rows } = await client.query<{ total: string }>(
      "SELECT COALESCE(sum(balance), 0) AS total FROM audit_account",
    );
    return Number(rows[0]?.total);
  },
  strays: () => listed(client, STRAYS),
  async *acceptedBets() {
    for await (const row of listed<BetRow>(client, ACCEPTED_BETS)) {
      const { bet_id: betId, player_id: playerId, race_id: raceId, stake } = row;
      yield { betId, playerId, raceId, stakeMinor: Number(stake) };
    }
  },
  async *rows(projection, columns, keys) {
    const { key, table } = projection;
    const types = key.map((column) => arrayTypeOf(projection.columns[column] ?? "text"));
    const arrays = types.map((type, i) => `$${i + 1}::${type}`).join(", ");
    const query = `SELECT ${[...key, ...columns].join(", ")} FROM ${table}
      WHERE (${key.join(", ")}) IN (SELECT * FROM unnest(${arrays}))`;
    for (const some of Arr.chunksOf(keys, PAGE_ROWS)) {
      const values = key.map((column) => some.map((row) => row[column]));
      yield* (await client.query<Record<string, unknown>>(query, values)).rows;
    }
  },
  count: async (table) => {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.count);
  },
  raffles: async (raffleIds) => {
    const { rows } = await client.query<RaffleRow & { raffle_id: string }>(RAFFLES, [raffleIds]);
    return new Map(rows.map(({ raffle_id, ...row }) => [raffle_id, row]));
  },
  async *claims(raffleId) {
    // Ids begin with their raffle's and a full stop, after which the stroke comes.
    let after = `${raffleId}.`;
    for (;;) {
      const { rows } = await client.query<StoredClaim>(CLAIMS_OF_RAFFLE, [
        raffleId,
        after,
        `${raffleId}/`,
      ]);
      yield* rows.map(claimRow);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) return;
      after = last.reservation_id;
    }
  },
  reservations: async (reservationIds) => {
    const claims = await client.query<StoredClaim>(CLAIMS, [reservationIds]);
    const payments = await client.query<StoredPayment>(PAYMENTS, [reservationIds]);
    const claimOf = new Map(claims.rows.map((row) => [row.reservation_id, claimRow(row)]));
    const paymentsOf = new Map<string, Array<PaymentRow>>();
    for (const row of payments.rows) {
      const together = paymentsOf.get(row.reservation_id) ?? [];
      together.push(paymentRow(row));
      paymentsOf.set(row.reservation_id, together);
    }
    const rowsOf = (id: string): ReservationRows => ({
      claim: claimOf.get(id),
      payments: paymentsOf.get(id) ?? [],
    });
    return new Map(reservationIds.map((id) => [id, rowsOf(id)]));
  },
});

interface StoredClaim {
  readonly reservation_id: string;
  readonly raffle_id: string;
  readonly player_id: string;
  readonly numbers: ReadonlyArray<number>;
  readonly amount: string;
  readonly phase: string;
  readonly expires_at: string;
  readonly outcome: string | null;
  readonly paid: ReadonlyArray<string>;
}

const claimRow = (row: StoredClaim): ClaimRow => ({
  reservationId: row.reservation_id,
  raffleId: row.raffle_id,
  playerId: row.player_id,
  numbers: row.numbers,
  amountMinor: Number(row.amount),
  phase: row.phase,
  expiresAt: Number(row.expires_at),
  outcome: row.outcome,
  paid: row.paid,
});

interface StoredPayment {
  readonly reservation_id: string;
  readonly payment_id: string;
  readonly player_id: string;
  readonly provider: string;
  readonly status: string;
  readonly amount: string;
}

const paymentRow = (row: StoredPayment): PaymentRow => ({
  paymentId: row.payment_id,
  playerId: row.player_id,
  provider: row.provider,
  status: row.status,
  amountMinor: Number(row.amount),
});

async function* pages(client: pg.ClientBase): AsyncGenerator<Page> {
  let after: Key = ["", "", "0"];
  for (;;) {
    const { rows } = await client.query<EntryRow>(
      `SELECT kind, entity_id, version, command_id, events, reply, at FROM journal
       WHERE (kind, entity_id, version) > ($1, $2, $3) ORDER BY kind, entity_id, version LIMIT ${PAGE_ENTRIES}`,
      [...after],
    );
    const last = rows.at(-1);
    const first = rows[0];
    if (first === undefined || last === undefined) return;
    const upTo: Key = [last.kind, last.entity_id, last.version];
    const lines = await linesBetween(client, after, upTo);
    const range = [first.kind, first.entity_id, last.kind, last.entity_id];
    yield {
      entries: rows.map((row) => storedEntry(row, lines)),
      snapshots: await snapshotsBetween(client, range),
      alarms: await alarmsBetween(client, range),
    };
    after = upTo;
  }
}

const storedEntry = (
  row: EntryRow,
  lines: ReadonlyMap<string, ReadonlyArray<LedgerLine>>,
): StoredEntry => ({
  kind: row.kind,
  entityId: row.entity_id,
  version: Number(row.version),
  commandId: row.command_id,
  events: row.events,
  reply: row.reply,
  at: Number(row.at),
  lines: lines.get(`${row.kind}\n${row.entity_id}\n${row.version}`) ?? [],
});

const linesBetween = async (client: pg.ClientBase, after: Key, upTo: Key) => {
  const { rows } = await client.query<{ kind: string; entity_id: string; version: string }>(
    `SELECT kind, entity_id, version, debit, credit, amount, purpose, ref, at, balance_total, balance_locked FROM ledger
     WHERE (kind, entity_id, version) > ($1, $2, $3) AND (kind, entity_id, version) <= ($4, $5, $6)
     ORDER BY kind, entity_id, version, line`,
    [...after, ...upTo],
  );
  const lines = new Map<string, Array<LedgerLine>>();
  for (const row of rows) {
    const key = `${row.kind}\n${row.entity_id}\n${row.version}`;
    const together = lines.get(key) ?? [];
    together.push(ledgerLine({ ...row }));
    lines.set(key, together);
  }
  return lines;
};

const snapshotsBetween = async (client: pg.ClientBase, range: ReadonlyArray<string>) => {
  const { rows } = await client.query<{
    kind: string;
    entity_id: string;
    version: string;
    revision: number;
    state: unknown;
  }>(
    `SELECT kind, entity_id, version, revision, state FROM snapshot
     WHERE (kind, entity_id) BETWEEN ($1, $2) AND ($3, $4)`,
    [...range],
  );
  return new Map(
    rows.map(({ entity_id, kind, revision, state, version }) => [
      entityName(kind, entity_id),
      { version: Number(version), revision, state },
    ]),
  );
};

const alarmsBetween = async (client: pg.ClientBase, range: ReadonlyArray<string>) => {
  const { rows } = await client.query<{ kind: string; entity_id: string; due_at: string | null }>(
    `SELECT kind, entity_id, due_at FROM alarm WHERE (kind, entity_id) BETWEEN ($1, $2) AND ($3, $4)`,
    [...range],
  );
  return new Map(
    rows.map(({ due_at, entity_id, kind }) => [
      entityName(kind, entity_id),
      due_at === null ? null : Number(due_at),
    ]),
  );
};

/** All rows of a query, through a cursor: no more than a page of them is in memory. */
async function* listed<R extends object>(client: pg.ClientBase, query: string): AsyncGenerator<R> {
  await client.query(`DECLARE listed NO SCROLL CURSOR FOR ${query}`);
  for (;;) {
    const { rows } = await client.query<R>(`FETCH ${PAGE_ROWS} FROM listed`);
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query("CLOSE listed");
}

interface AccountRow {
  readonly account: string;
  readonly balance: string;
}

interface BetRow {
  readonly bet_id: string;
  readonly player_id: string;
  readonly race_id: string;
  readonly stake: string;
}

const BALANCES = `
CREATE TEMPORARY TABLE audit_account ON COMMIT DROP AS
SELECT account, sum(amount) AS balance FROM (
  SELECT credit AS account, amount FROM ledger UNION ALL SELECT debit, -amount FROM ledger
) AS posted GROUP BY account`;

const OPEN_ACCOUNTS = `
SELECT account, balance FROM audit_account
WHERE balance <> 0 AND account LIKE ANY ('{race:%,favor:%,transfer:%}') ORDER BY account`;

const ACCEPTED_BETS = `
SELECT bet_id, player_id, race_id, stake FROM bet WHERE status = 'accepted' ORDER BY bet_id`;

const RAFFLES = `
SELECT raffle_id, status, sold, ARRAY(
  SELECT w.number || '/' || w.reservation_id || '/' || w.player_id FROM raffle_winner w
  WHERE w.raffle_id = r.raffle_id ORDER BY w.prize) AS winners
FROM raffle r WHERE raffle_id = ANY($1)`;

const CLAIM = `
SELECT c.reservation_id, c.raffle_id, c.player_id, c.numbers, c.amount, c.phase, c.expires_at, e.outcome, ARRAY(
  SELECT p.payment_id FROM payment p
  WHERE p.reservation_id = c.reservation_id AND p.status IN ('succeeded', 'refunding', 'refunded', 'refund_refused')) AS paid
FROM reservation_claim c LEFT JOIN reservation_end e USING (reservation_id)`;

const CLAIMS_OF_RAFFLE = `${CLAIM}
WHERE c.raffle_id = $1 AND c.reservation_id > $2 AND c.reservation_id < $3 ORDER BY c.reservation_id LIMIT ${PAGE_ROWS}`;

const CLAIMS = `${CLAIM} WHERE c.reservation_id = ANY($1)`;

const PAYMENTS = `
SELECT reservation_id, payment_id, player_id, provider, status, amount FROM payment
WHERE reservation_id = ANY($1) ORDER BY started_at, payment_id`;

const noReservation = (id: string) =>
  `NOT EXISTS (SELECT FROM journal j WHERE j.kind = 'reservation' AND j.entity_id = ${id})`;
const noRaffle = (id: string) =>
  `NOT EXISTS (SELECT FROM journal j WHERE j.kind = 'raffle' AND j.entity_id = ${id})`;

/** What no entry of the journal accounts for. */
const STRAYS = `
SELECT l.kind || ' ' || l.entity_id AS entity, 'the ledger has ' || l.amount || ' from ' || l.debit || ' to ' || l.credit
  || ' at version ' || l.version || ', and its journal has no such version' AS sentence
FROM ledger l LEFT JOIN journal j USING (kind, entity_id, version) WHERE j.version IS NULL
UNION ALL
SELECT a.account, 'the ledger has ' || a.balance || ' on it, and there is no such wallet'
FROM audit_account a
WHERE a.account LIKE 'player:%' AND NOT EXISTS (
  SELECT 1 FROM journal j WHERE j.kind = 'wallet'
    AND j.entity_id = substring(a.account COLLATE "C" FROM '^player:(.*):(?:available|held)$'))
UNION ALL
SELECT s.kind || ' ' || s.entity_id, 'it has a snapshot, and no journal'
FROM snapshot s WHERE NOT EXISTS (
  SELECT 1 FROM journal j WHERE j.kind = s.kind AND j.entity_id = s.entity_id)
UNION ALL
SELECT a.account, 'the ledger has ' || a.balance || ' on it, and there is no such raffle'
FROM audit_account a
WHERE a.account LIKE 'raffle:%' AND ${noRaffle(`substring(a.account COLLATE "C" FROM '^raffle:(.*):escrow$')`)}
UNION ALL
SELECT a.account, 'the ledger has ' || a.balance || ' on it, and there is no such reservation'
FROM audit_account a
WHERE a.account LIKE 'reservation:%' AND ${noReservation(`substring(a.account COLLATE "C" FROM '^reservation:(.*)$')`)}
UNION ALL
SELECT 'raffle ' || e.raffle_id, 'it has sold to ' || e.reservation_id || ', and there is no such reservation'
FROM reservation_end e WHERE e.outcome IN ('sold', 'returned') AND ${noReservation("e.reservation_id")}
UNION ALL
SELECT 'reservation ' || p.reservation_id, 'payment ' || p.payment_id || ' has a row, and there is no such reservation'
FROM payment p WHERE ${noReservation("p.reservation_id")}
UNION ALL
SELECT 'raffle ' || c.raffle_id, c.reservation_id || ' has a row, and there is no such raffle'
FROM reservation_claim c
WHERE NOT starts_with(c.reservation_id, c.raffle_id || '.') OR ${noRaffle("c.raffle_id")}
UNION ALL
SELECT 'raffle ' || e.raffle_id, 'the end of ' || e.reservation_id || ' has a row, and it has no other'
FROM reservation_end e LEFT JOIN reservation_claim c USING (reservation_id) WHERE c.raffle_id IS DISTINCT FROM e.raffle_id
UNION ALL
SELECT 'raffle ' || r.raffle_id, 'it has a row, and no journal' FROM raffle r WHERE ${noRaffle("r.raffle_id")}`;
