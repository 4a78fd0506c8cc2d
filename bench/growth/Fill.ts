/**
 * Fills an empty database with copies of a world. Rows are written in the order in which they came about, for all
 * copies together: an entity's entries lie scattered over the table, as in a database that has been played on, and
 * the indexes have grown by inserts.
 *
 * Each table is filled in one transaction that begins by truncating it: under `wal_level=minimal` PostgreSQL then logs
 * nothing and only syncs the files in the end.
 */
import pg from "pg";
import type { Database } from "../support/Postgres.ts";
import { MARK, type Plan, type Template } from "./Copies.ts";
import { TABLES, type Pattern, type PatternRow, type Table } from "./World.ts";

/** Tables at work at once; the rest of the machine is PostgreSQL's writer. */
const CONNECTIONS = 2;
/** Copies of one row in a statement: an interrupt is heard between two. */
const COPIES_PER_STATEMENT = 50_000;

export interface Filled {
  readonly seconds: number;
  readonly bytes: Readonly<Record<"journal" | "ledger" | "bet" | "total", number>>;
}

/** The insert that copies `row`: columns without the mark are the same in each copy. */
const insertOf = (table: Table, { columns }: Pattern, row: PatternRow) => {
  const values: Array<string | null> = [];
  const expressions = columns.map(({ type }, i) => {
    const text = row[i] ?? null;
    const parameter = `$${values.push(text) + 2}::text`;
    return text?.includes(MARK) === true
      ? `replace(${parameter}, '${MARK}', lpad(to_hex(copy), ${MARK.length}, '0'))::${type}`
      : `${parameter}::${type}`;
  });
  const names = columns.map(({ name }) => name).join(", ");
  return {
    text: `INSERT INTO ${table} (${names}) SELECT ${expressions.join(", ")} FROM generate_series($1::integer, $2::integer) AS copy`,
    values,
  };
};

const copyRows = async (
  client: pg.Client,
  table: Table,
  pattern: Pattern,
  copies: { readonly first: number; readonly last: number },
) => {
  for (const row of pattern.rows) {
    const { text, values } = insertOf(table, pattern, row);
    for (let from = copies.first; from <= copies.last; from += COPIES_PER_STATEMENT) {
      const to = Math.min(copies.last, from + COPIES_PER_STATEMENT - 1);
      await client.query(text, [from, to, ...values]);
    }
  }
};

const withClient = async <A>(url: string, work: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: url });
  // Cut off when the run is interrupted and its databases are dropped; the statement under way says so.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const fillTable = (url: string, table: Table, template: Template, { worlds, visitors }: Plan) =>
  withClient(url, async (client) => {
    await client.query("BEGIN");
    await client.query(`TRUNCATE ${table}`);
    await copyRows(client, table, template.tables[table], { first: 1, last: worlds });
    await copyRows(client, table, template.visitor[table], { first: 1, last: visitors });
    await client.query("COMMIT");
    // What autovacuum would do some time later, in the middle of a measurement.
    await client.query(`VACUUM (ANALYZE) ${table}`);
  });

/** Fills a migrated, empty database and leaves it at rest. */
export const fill = async (database: Database, template: Template, plan: Plan): Promise<Filled> => {
  const startedAt = performance.now();
  const waiting: Array<Table> = [...TABLES];
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let table = waiting.shift(); table !== undefined; table = waiting.shift())
        await fillTable(database.url, table, template, plan);
    }),
  );
  await database.query("CHECKPOINT");
  const seconds = (performance.now() - startedAt) / 1000;
  const [sizes] = await database.query<Record<"journal" | "ledger" | "bet" | "total", string>>(
    `SELECT pg_total_relation_size('journal') AS journal, pg_total_relation_size('ledger') AS ledger,
       pg_total_relation_size('bet') AS bet, pg_database_size(current_database()) AS total`,
  );
  const { journal, ledger, bet, total } = sizes!;
  return {
    seconds,
    bytes: {
      journal: Number(journal),
      ledger: Number(ledger),
      bet: Number(bet),
      total: Number(total),
    },
  };
};
