/**
 * The books as PostgreSQL has them, read in one transaction at REPEATABLE READ: whatever is committed meanwhile, all
 * that is read is of one moment, and nothing that runs waits for it. The balances are added up once, in a temporary
 * table that goes with the transaction.
 */
import type pg from "pg";
import { type Books, entityName, type LedgerLine, type Page, type StoredEntry } from "./Books.ts";
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
    `SELECT kind, entity_id, version, debit, credit, amount FROM ledger
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
  SELECT 1 FROM journal j WHERE j.kind = s.kind AND j.entity_id = s.entity_id)`;
