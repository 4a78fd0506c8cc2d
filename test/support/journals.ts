/** Both journals, ready for the counter, and what else a test of them needs. */
import pg from "pg";
import type { Append, Journal, JournalEntry } from "../../src/actor/Journal.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { PgJournal, type PgJournalOptions } from "../../src/actor/PgJournal.ts";
import type { Row } from "../../src/actor/Projection.ts";
import { COUNTER_TABLES, CounterChange, CounterTotal } from "./Counter.ts";
import { freshDatabase } from "./postgres.ts";

export interface OpenJournal {
  readonly journal: Journal;
  /** All rows of a projection's table. */
  readonly rowsOf: (table: string) => Promise<ReadonlyArray<Row>>;
  readonly close: () => Promise<void>;
}

export const openMemoryJournal = (): Promise<OpenJournal> => {
  const journal = new MemoryJournal();
  return Promise.resolve({
    journal,
    rowsOf: (table) => Promise.resolve([...(journal.tables.get(table)?.values() ?? [])]),
    close: () => Promise.resolve(),
  });
};

/** A pool whose connections may break without ending the process. */
export const openPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 2000 });
  pool.on("error", () => undefined);
  return pool;
};

export interface CounterDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Another process's journal on this database, by way of `url` if given. */
  readonly openJournal: (options?: Partial<PgJournalOptions>) => PgJournal;
  readonly close: () => Promise<void>;
}

/** A database with the counter's tables, of the run's server. */
export const openCounterDatabase = async (): Promise<CounterDatabase> => {
  const database = await freshDatabase();
  const pool = openPool(database.url);
  await pool.query(COUNTER_TABLES);
  return {
    url: database.url,
    pool,
    openJournal: (options = {}) =>
      new PgJournal({
        url: database.url,
        pool,
        projections: [CounterTotal, CounterChange],
        log: () => undefined,
        ...options,
      }),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};

export const openPgJournal = async (): Promise<OpenJournal> => {
  const database = await openCounterDatabase();
  const journal = database.openJournal();
  return {
    journal,
    rowsOf: async (table) => (await database.pool.query(`SELECT * FROM ${table}`)).rows,
    close: async () => {
      await journal.close();
      await database.close();
    },
  };
};

/** An append of the counter `entityId` at `version`; its command id is `<version>` unless said otherwise. */
export const append = (
  entityId: string,
  version: number,
  { alarmDueAt, rows = [], ...entry }: Partial<JournalEntry> & Partial<Omit<Append, "entry">> = {},
): Append => ({
  entry: {
    kind: "counter",
    entityId,
    version,
    commandId: `${version}`,
    command: "Add",
    fingerprint: null,
    events: [{ _tag: "Added", amount: 1 }],
    reply: { ok: true, value: { total: version } },
    at: 1_700_000_000_000 + version,
    by: null,
    requestId: null,
    ...entry,
  },
  alarmDueAt,
  rows,
});

export const load = async (
  journal: Journal,
  entityId: string,
  { recentReplies = 0, snapshotRevision = 1 } = {},
) => {
  const [loaded] = await journal.load([
    { kind: "counter", entityId, recentReplies, snapshotRevision },
  ]);
  if (loaded === undefined) throw new Error("the journal did not answer");
  return loaded;
};

/** A revision that no snapshot has: everything is read from the beginning. */
const NO_SNAPSHOT = -1;

/** All entries of a counter, whatever snapshots there are. */
export const historyOf = async (journal: Journal, entityId: string) =>
  (await load(journal, entityId, { snapshotRevision: NO_SNAPSHOT })).entries;

export const versionsOf = async (journal: Journal, entityId: string) =>
  (await historyOf(journal, entityId)).map((entry) => entry.version);
