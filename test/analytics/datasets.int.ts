/** What is in the files, row by row, is what is in PostgreSQL; made in the process that the server uses. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportApart, type Maker } from "../../src/analytics/ExportApart.ts";
import { Published } from "../../src/analytics/Published.ts";
import { DATASETS } from "../../src/analytics/sources.ts";
import { countColumns } from "../../src/hands/store/countColumns.ts";
import { ANALYTICS_EXPORT, AnalyticsExport } from "../../src/jobs/AnalyticsExport.ts";
import { Term } from "../../src/jobs/Term.ts";
import { momentOf, settle } from "../jobs/Settled.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { addHands } from "./Hands.ts";

/** Some megabytes of rows: what comes in pieces must be put together again. */
const HANDS = 20_000;

let database: FreshDatabase;
let pool: pg.Pool;
let folder: string;
let duck: DuckDBInstance;
let maker: Maker;
const never = new AbortController().signal;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  folder = mkdtempSync(join(tmpdir(), "croupier-datasets-"));
  duck = await DuckDBInstance.create(":memory:", { threads: "1" });
  maker = exportApart(database.url);
  await addHands(pool, { hands: HANDS, day: 0, days: 2 });
  await addHands(pool, { hands: 50, day: 1, days: 2 });
  for (const n of [1, 2, 3]) await settle(pool, `race ${n}, "the" éß`, momentOf(n % 2, n * 1000));
  await pool.query("UPDATE bet SET status = 'lost', payout = NULL WHERE race_id LIKE 'race 2%'");
  await pool.query("UPDATE race_runner SET odds = NULL WHERE number = 2");
  const term = await Term.take(pool, { name: ANALYTICS_EXPORT, holder: "p1" });
  await new AnalyticsExport({ folder, everyMs: 1000, maker }).run(term, never);
}, 120_000);
afterAll(async () => {
  maker.close();
  duck.closeSync();
  rmSync(folder, { recursive: true, force: true });
  await pool.end();
  await database.drop();
});

const read = async (name: string, sql: string) => {
  const connection = await duck.connect();
  const reader = await connection.runAndReadAll(
    sql.replace("$", `read_parquet('${join(folder, name)}-*.parquet')`),
  );
  connection.closeSync();
  return reader.getRowsJson();
};

/** Every value as text, as PostgreSQL writes it, joined by what no value has. */
const asText = (columns: ReadonlyArray<string>) =>
  columns.map((column) => `COALESCE((${column})::text, '∅')`).join(" || '|' || ");

const COUNTS = countColumns.map(({ name }) => name);
const moment = (column: string) => ({
  pg: column,
  duck: `epoch_ms(${column})`,
});
const same = (column: string) => ({ pg: column, duck: column });
const flag = (column: string) => ({ pg: `(${column})::int`, duck: `(${column})::int` });
const numbers = (column: string, pgColumn = column) => ({
  pg: `replace((${pgColumn})::text, ' ', '')`,
  duck: `replace((${column})::text, ' ', '')`,
});

const LINES = [
  {
    name: "hands",
    from: "hand",
    columns: [
      ..."seq hand_id format game limit_kind currency stakes table_name players total_pot rake board hero hero_cards hero_position hero_net"
        .split(" ")
        .map(same),
      moment("played_at"),
      { pg: "detail::json -> 'stakes' ->> 'ante'", duck: "ante" },
      { pg: "detail::json -> 'stakes' ->> 'smallBlind'", duck: "small_blind" },
      { pg: "detail::json -> 'stakes' ->> 'bigBlind'", duck: "big_blind" },
      { pg: "detail::json -> 'tournament' ->> 'id'", duck: "tournament_id" },
      { pg: "detail::json -> 'tournament' ->> 'name'", duck: "tournament" },
    ],
  },
  {
    name: "hand_players",
    from: "hand_player",
    columns: [
      ..."seq site player currency game limit_kind stakes players position".split(" ").map(same),
      ...COUNTS.map(same),
      moment("played_at"),
    ],
  },
  {
    name: "hand_actions",
    from: `(SELECT seq, played_at, row_number() OVER (PARTITION BY seq ORDER BY s.o, a.o) AS number, street, action
      FROM hand, json_array_elements(detail::json -> 'streets') WITH ORDINALITY s(street, o),
      json_array_elements(street -> 'actions') WITH ORDINALITY a(action, o)) AS x`,
    columns: [
      same("seq"),
      same("number"),
      moment("played_at"),
      { pg: "street ->> 'name'", duck: "street" },
      { pg: "action ->> 'player'", duck: "player" },
      { pg: "action ->> 'kind'", duck: "kind" },
      { pg: "action ->> 'put'", duck: "put" },
      { pg: "action ->> 'to'", duck: "raised_to" },
      { pg: "COALESCE((action ->> 'allIn')::boolean, false)::int", duck: "all_in::int" },
      { pg: "action ->> 'discarded'", duck: "discarded" },
    ],
  },
  {
    name: "races",
    from: "race",
    columns: [
      same("race_id"),
      same("lobby_id"),
      moment("opened_at"),
      moment("settled_at"),
      { pg: "data ->> 'started_at'", duck: "epoch_ms(started_at)" },
      { pg: "data ->> 'takeout_per_mille'", duck: "takeout_per_mille" },
      numbers("scratched", "data ->> 'scratched'"),
      numbers("finish_order", "data ->> 'order'"),
      { pg: "((data ->> 'photo_finish')::boolean)::int", duck: "photo_finish::int" },
      { pg: "json_array_length(data -> 'powers')", duck: "powers" },
      { pg: "data -> 'pools' -> 0 ->> 'takeoutMinor'", duck: "takeout" },
      { pg: "data -> 'pools' -> 0 ->> 'breakageMinor'", duck: "breakage" },
    ],
  },
  {
    name: "race_runners",
    from: "race_runner JOIN race USING (race_id)",
    columns: [
      ..."race_id lobby_id number name place finish_ms".split(" ").map(same),
      moment("settled_at"),
      flag("won"),
      { pg: "odds", duck: "odds_per_100" },
    ],
  },
  {
    name: "bets",
    from: "bet",
    columns: [
      ..."bet_id player_id lobby_id race_id market stake status payout".split(" ").map(same),
      moment("placed_at"),
      moment("settled_at"),
      numbers("selection"),
    ],
  },
] as const;

describe("the files of a dataset", () => {
  it.each(LINES)(
    "$name: each row and each value is PostgreSQL's",
    async ({ columns, from, name }) => {
      const { rows } = await pool.query<{ line: string }>(
        `SELECT ${asText(columns.map(({ pg }) => pg))} AS line FROM ${from}`,
      );
      const lines = await read(name, `SELECT ${asText(columns.map(({ duck }) => duck))} FROM $`);
      const right = rows.map(({ line }) => line).toSorted();
      expect(right.length).toBeGreaterThan(2);
      const exported = lines.map(([line]) => String(line)).toSorted();
      expect(exported.length).toBe(right.length);
      // One by one: the difference of two long lists takes minutes to print.
      expect(exported.find((line, n) => line !== right[n])).toBeUndefined();
    },
  );

  it("have the columns and types that the dataset says, compressed with zstd", async () => {
    for (const { columns, name } of DATASETS) {
      const described = await read(
        name,
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM $)",
      );
      expect(described, name).toEqual(Object.entries(columns));
      expect(
        await read(
          name,
          `SELECT DISTINCT compression FROM parquet_metadata('${join(folder, name)}-*.parquet')`,
        ),
      ).toEqual([["ZSTD"]]);
    }
  });

  it("are counted as many rows as they have", async () => {
    for (const { name, rows } of await new Published(pool, folder).tables())
      expect(await read(name, "SELECT count(*) FROM $"), name).toEqual([[String(rows)]]);
  });

  it("hold each day's rows alone", async () => {
    expect(
      await read(
        "hands",
        "SELECT DISTINCT regexp_extract(filename, 'hands-(\\d{4}-\\d\\d-\\d\\d)', 1) = played_at::date::text FROM (FROM read_parquet('" +
          `${join(folder, "hands")}-*.parquet', filename = true))`,
      ),
    ).toEqual([[true]]);
  });
});

describe("the program that makes them", () => {
  it("says why it cannot, and goes on", async () => {
    const [dataset] = DATASETS;
    if (dataset === undefined) throw new Error("there is no dataset");
    const segment = { segment: "x", source: "hand", day: "2025-03-01", afterSeq: 0, toSeq: 10 };
    const path = join(folder, "missing", "x.parquet");
    await expect(maker.make({ dataset, segment, path }, never)).rejects.toThrow(/ENOENT/);
    const good = join(folder, "good.part");
    expect(await maker.make({ dataset, segment, path: good }, never)).toBeGreaterThan(0);
  });

  it("is ended by who has asked", async () => {
    const [dataset] = DATASETS;
    if (dataset === undefined) throw new Error("there is no dataset");
    const segment = { segment: "x", source: "hand", day: "2025-03-01", afterSeq: 0, toSeq: HANDS };
    const stop = new AbortController();
    const making = maker.make({ dataset, segment, path: join(folder, "y.part") }, stop.signal);
    stop.abort(new Error("enough"));
    await expect(making).rejects.toThrow("enough");
  });
});
