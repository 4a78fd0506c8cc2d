/** SQL over the export: what it answers, and that nothing can be done with it but to ask. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportApart } from "../../src/analytics/ExportApart.ts";
import { QueryApart } from "../../src/analytics/QueryApart.ts";
import { type ClosableQueryDesk, makeQueryDesk } from "../../src/analytics/QueryDesk.ts";
import { ANALYTICS_EXPORT, AnalyticsExport } from "../../src/jobs/AnalyticsExport.ts";
import { Term } from "../../src/jobs/Term.ts";
import { momentOf, settle } from "../jobs/Settled.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { addHands } from "./Hands.ts";

/** Begins the names of files that no query may make. */
const OUTSIDE = `croupier-outside-${process.pid}`;
const outside = join(tmpdir(), OUTSIDE);
const HANDS = 40;
const TIMEOUT_MS = 20_000;
const MEMORY_MB = 64;

let database: FreshDatabase;
let pool: pg.Pool;
let root: string;
let folder: string;
let desk: ClosableQueryDesk;

const exportAll = async () => {
  const term = await Term.take(pool, { name: ANALYTICS_EXPORT, holder: "p1" });
  const maker = exportApart(database.url);
  await new AnalyticsExport({ folder, everyMs: 1000, maker }).run(
    term,
    new AbortController().signal,
  );
};

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  root = mkdtempSync(join(tmpdir(), "croupier-query-"));
  folder = join(root, "exports");
  desk = makeQueryDesk({ pool, folder, timeoutMs: TIMEOUT_MS, memoryMb: MEMORY_MB });
});
afterAll(async () => {
  desk.close();
  rmSync(root, { recursive: true, force: true });
  await pool.end();
  await database.drop();
});

const ask = (sql: string, limit = 100) => desk.query(sql, limit);

const rowsOf = async (sql: string, limit = 100) => {
  const outcome = await ask(sql, limit);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.rows;
};

const refusal = async (sql: string) => {
  const outcome = await ask(sql);
  if (outcome.ok) throw new Error(`answered: ${JSON.stringify(outcome.value.rows).slice(0, 300)}`);
  return outcome.error;
};

describe("before anything was exported", () => {
  it("has every table, empty", async () => {
    expect(await rowsOf("SELECT count(*) FROM hands")).toEqual([[0]]);
    expect(await rowsOf("SELECT * FROM bets")).toEqual([]);
    const { datasets } = await desk.datasets();
    expect(datasets.map(({ exported_at, name, rows }) => [name, rows, exported_at])).toEqual([
      ["hands", 0, null],
      ["hand_players", 0, null],
      ["hand_actions", 0, null],
      ["races", 0, null],
      ["race_runners", 0, null],
      ["bets", 0, null],
    ]);
  });
});

describe("SQL over the export", () => {
  beforeAll(async () => {
    await addHands(pool, { hands: HANDS, day: 0, days: 3 });
    await settle(pool, "a-1", momentOf(0, 1000));
    await exportAll();
  });

  it("sees what was exported, and what is exported while it is open", async () => {
    expect(await rowsOf("SELECT count(*) FROM hands")).toEqual([[HANDS]]);
    await settle(pool, "a-2", momentOf(0, 2000));
    await exportAll();
    expect(await rowsOf("SELECT race_id, finish_order, settled_at FROM races ORDER BY 1")).toEqual([
      ["a-1", "[[2], [1]]", "2025-03-01 00:00:01"],
      ["a-2", "[[2], [1]]", "2025-03-01 00:00:02"],
    ]);
  });

  it("tells of each table how many rows it has and when it was exported", async () => {
    const { datasets } = await desk.datasets();
    const hands = datasets.find(({ name }) => name === "hands");
    expect(hands).toMatchObject({ rows: HANDS });
    expect(hands?.exported_at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(hands?.columns).toContainEqual({ name: "played_at", type: "TIMESTAMP" });
    for (const { columns, name } of datasets) {
      const described = await rowsOf(
        `SELECT column_name, column_type FROM (DESCRIBE "${name}")`,
        1000,
      );
      expect(described).toEqual(columns.map((column) => [column.name, column.type]));
    }
  });

  it("gives values as JSON has them", async () => {
    const outcome =
      await ask(`SELECT 1 AS a, 1 AS a, 9007199254740991 AS safe, 9007199254740993 AS beyond, -9007199254740993::HUGEINT AS below,
      1.50 AS price, 0.5::DOUBLE AS half, 'nan'::DOUBLE AS nan, true AS yes, NULL AS nothing, DATE '2025-03-01' AS day,
      TIMESTAMP '2025-03-01 12:00:00.5' AS at, [1, NULL, 3] AS list, {'a': 1, 'b': 'x'} AS struct, 'é€' AS text, '\\xAA'::BLOB AS bytes,
      sum(1) OVER () AS total, INTERVAL 3 DAY AS wait`);
    expect(outcome).toMatchObject({ ok: true });
    if (!outcome.ok) return;
    const { columns, elapsed_ms, rows, truncated } = outcome.value;
    expect(rows).toEqual([
      [
        1,
        1,
        9007199254740991,
        "9007199254740993",
        "-9007199254740993",
        "1.50",
        0.5,
        "NaN",
        true,
        null,
        "2025-03-01",
        "2025-03-01 12:00:00.5",
        "[1, NULL, 3]",
        "{'a': 1, 'b': 'x'}",
        "é€",
        expect.stringMatching(/xAA/i),
        1,
        "3 days",
      ],
    ]);
    expect(columns.slice(0, 6)).toEqual([
      { name: "a", type: "INTEGER" },
      { name: "a", type: "INTEGER" },
      { name: "safe", type: "BIGINT" },
      { name: "beyond", type: "BIGINT" },
      { name: "below", type: "HUGEINT" },
      { name: "price", type: "DECIMAL(3,2)" },
    ]);
    expect(truncated).toBe(false);
    expect(elapsed_ms).toBeGreaterThan(0);
  });

  it("gives every type that DuckDB has as something that JSON can carry", async () => {
    const [row] = await rowsOf("SELECT * FROM test_all_types() LIMIT 1");
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
  });

  it("says when there are more rows than the limit", async () => {
    const outcome = await ask("SELECT range FROM range(10)", 4);
    expect(outcome).toMatchObject({ value: { rows: [[0], [1], [2], [3]], truncated: true } });
    expect(await ask("SELECT range FROM range(4)", 4)).toMatchObject({
      value: { truncated: false },
    });
  });

  it("answers a billion rows with the first of them", async () => {
    expect(await ask("SELECT range FROM range(1000000000)", 5)).toMatchObject({
      value: { rows: [[0], [1], [2], [3], [4]], truncated: true },
    });
  });

  it("cuts long texts, and an answer of many", async () => {
    const [[cell] = []] = await rowsOf("SELECT repeat('x', 1000000)");
    expect(cell).toMatch(/^x{10000}… \(1000000 characters\)$/);
    const outcome = await ask("SELECT repeat('x', 9000) FROM range(5000)", 5000);
    expect(outcome).toMatchObject({ value: { truncated: true } });
    if (outcome.ok) expect(JSON.stringify(outcome.value).length).toBeLessThan(4_100_000);
  });

  it.each([
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('../secret')",
    "SELECT * FROM read_parquet('other.parquet')",
    "SELECT * FROM read_json_auto('https://example.com/x.json')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM duckdb_secrets()",
    `IMPORT DATABASE '${outside}'`,
    `ATTACH '${outside}.db' AS x`,
    "ATTACH ':memory:' AS x",
    `COPY hands TO '${outside}.csv'`,
    "COPY (SELECT 1) TO 'hands.csv'",
    `EXPORT DATABASE '${outside}'`,
    "INSTALL httpfs",
    "LOAD httpfs",
    `LOAD '${outside}.duckdb_extension'`,
    "SET threads = 64",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA threads = 64",
    "PRAGMA enable_profiling",
    "CREATE TABLE t AS SELECT 1",
    "DROP VIEW hands",
    "INSERT INTO hands VALUES (1)",
    "DELETE FROM hands",
    "EXPLAIN ANALYZE SELECT 1",
    "CALL pragma_version()",
    "CHECKPOINT",
    "BEGIN TRANSACTION",
    "SELECT 1; SELECT 2",
    `SELECT 1; COPY hands TO '${outside}.csv'`,
    `FROM query('COPY hands TO ''${outside}.csv''')`,
    "WITH x AS (DELETE FROM hands RETURNING *) SELECT * FROM x",
    "SELECT $1",
    "SELECT ?",
    "SELECT",
    "",
    "-- nothing",
    "SELECT nope FROM hands",
    "SELECT cast('x' AS INTEGER)",
    "\0",
  ])("refuses %j in a sentence", async (sql) => {
    const error = await refusal(sql);
    expect(error._tag).toBe("QueryFailed");
    expect(error.message).toMatch(/^[^\n]{3,600}$/);
    expect(error.message).not.toContain(root);
    expect(error.message).not.toMatch(/LINE \d|at Object|\.ts:/);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(OUTSIDE))).toEqual([]);
    expect(readdirSync(folder).filter((name) => !name.endsWith(".parquet"))).toEqual([]);
  });

  it("says what is wrong with a query", async () => {
    expect((await refusal("SELECT nope FROM hands")).message).toMatch(/"nope" not found/);
    expect((await refusal("SELECT * FROM read_text('/etc/passwd')")).message).toBe(
      "A query can read the tables of the export and nothing else.",
    );
    expect((await refusal("SELECT 1; SELECT 2")).message).toBe(
      "Write one SELECT: these are 2 statements.",
    );
  });

  it("tells no path of the server", async () => {
    for (const sql of [
      "SELECT value FROM duckdb_settings()",
      "SELECT sql FROM duckdb_views()",
      "SELECT path FROM duckdb_databases()",
      "SELECT current_setting('allowed_paths')",
    ])
      expect(JSON.stringify(await rowsOf(sql, 5000))).not.toMatch(
        new RegExp(`${root}|/root|/home`),
      );
  });

  it.each([
    "SELECT * FROM enable_logging(storage = 'memory')",
    `SELECT * FROM enable_logging(storage = 'file', storage_config = {'path': '${outside}'})`,
    `SELECT * FROM query('SELECT * FROM enable' || '_logging(storage = ''stdout'')')`,
    `SELECT * FROM enable_profiling(save_location = '${outside}.json')`,
    "SELECT * FROM disable_peg_parser()",
    "SELECT setseed(0.5)",
  ])("has nothing left of %j when the next is asked", async (sql) => {
    // A SELECT for all that DuckDB says, and yet it configures; some of them it cannot even close after.
    await ask(sql);
    const before = "SELECT 'what another asks'";
    expect(await rowsOf(before)).toEqual([["what another asks"]]);
    expect(await rowsOf("SELECT count(*) FROM duckdb_logs")).toEqual([[0]]);
    const settings = await rowsOf(
      "SELECT value FROM duckdb_settings() WHERE name IN ('enable_logging', 'enable_profiling') ORDER BY name",
    );
    expect(settings).toEqual([["0"], [null]]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(OUTSIDE))).toEqual([]);
  });

  it("uses no more memory than it may, and goes on", async () => {
    for (const sql of [
      "SELECT list(range) FROM range(100000000)",
      "SELECT repeat('x', 2000000000)",
      "SELECT range, repeat('x', 100000) FROM range(100000) ORDER BY hash(range)",
    ]) {
      const error = await refusal(sql);
      expect(error._tag, sql).toBe("QueryFailed");
      expect(error.message, sql).toMatch(/memory|size|range/i);
    }
    expect(await rowsOf("SELECT 1")).toEqual([[1]]);
  });
});

it("a folder that has gone is looked for again, and no fault", async () => {
  const apart = new QueryApart({
    folder: join(root, "no such folder"),
    memoryMb: MEMORY_MB,
    timeoutMs: TIMEOUT_MS,
    nice: 0,
    idleMs: 1000,
    keepOpen: false,
  });
  try {
    const tables = [{ name: "hands", columns: { a: "INTEGER" }, files: ["hands.parquet"] }];
    expect(await apart.ask(tables, { sql: "SELECT 1", values: [], limit: 1 })).toEqual({
      kind: "gone",
    });
  } finally {
    apart.close();
  }
});

describe("a query that does not end", () => {
  it("is ended at the time limit, and the next is answered", async () => {
    const hasty = makeQueryDesk({ pool, folder, timeoutMs: 1500, memoryMb: MEMORY_MB });
    try {
      for (const sql of [
        "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c WHERE a.range % 7 = b.range % 5 AND c.range > 3",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT (i + 1) % 1000 FROM r) SELECT count(*) FROM r WHERE i < 0",
      ]) {
        const outcome = await hasty.query(sql, 10);
        expect(outcome).toMatchObject({
          ok: false,
          error: { _tag: "QueryTooLong", limitMs: 1500 },
        });
      }
      expect(await hasty.query("SELECT 1", 10)).toMatchObject({ ok: true });
    } finally {
      hasty.close();
    }
  });

  it("lets a few wait and refuses more", async () => {
    const sql = "SELECT count(*) FROM range(3000000)";
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => ask(sql)));
    expect(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error._tag))).toEqual([
      "ok",
      "ok",
      "ok",
      "ok",
      "Unavailable",
      "Unavailable",
    ]);
  });
});
