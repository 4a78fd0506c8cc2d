/** The export: each hand, race and bet in exactly one file that counts, whoever dies, stands still or works elsewhere, at any step. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FileMaker } from "../../src/analytics/FileMaker.ts";
import { DATASETS } from "../../src/analytics/sources.ts";
import {
  ANALYTICS_EXPORT,
  AnalyticsExport,
  type AnalyticsExportOptions,
  type ExportStep,
} from "../../src/jobs/AnalyticsExport.ts";
import { Term, TermEnded } from "../../src/jobs/Term.ts";
import { addHands } from "../analytics/Hands.ts";
import "../support/fixedSeed.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { momentOf, settle } from "./Settled.ts";

const EVERY_MS = 600_000;
const never = new AbortController().signal;

let database: FreshDatabase;
let pool: pg.Pool;
let maker: FileMaker;
let duck: DuckDBInstance;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  maker = await FileMaker.open(database.url);
  duck = await DuckDBInstance.create(":memory:", { threads: "1" });
});
const clear = () =>
  pool.query(
    "TRUNCATE singleton, export_segment, race, race_runner, bet, hand, hand_player RESTART IDENTITY",
  );
beforeEach(async () => {
  await clear();
  folder = mkdtempSync(join(tmpdir(), "croupier-export-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  duck.closeSync();
  await maker.close();
  await pool.end();
  await database.drop();
});

const take = (holder = "p1") => Term.take(pool, { name: ANALYTICS_EXPORT, holder });

const exporter = (within: string, options: Partial<AnalyticsExportOptions> = {}) =>
  new AnalyticsExport({
    folder: join(within, "exports"),
    everyMs: EVERY_MS,
    // In this process, to be quick; its own is tested beside.
    maker: { make: (order) => maker.make(order), close: () => undefined },
    ...options,
  });

const exportAll = async (within = folder, options: Partial<AnalyticsExportOptions> = {}) =>
  exporter(within, options).run(await take(), never);

const filesIn = (within: string): ReadonlyArray<string> => {
  const exports = join(within, "exports");
  return existsSync(exports) ? readdirSync(exports).toSorted() : [];
};

/** The files without what is random in their names. */
const plainFilesIn = (within: string) =>
  filesIn(within).map((name) => name.replace(/-[0-9a-f]{12}\./, "."));

/** The keys of all rows in the files of a dataset that lie in the folder, sorted. */
const keysIn = async (within: string, dataset: string, key: string) => {
  const files = filesIn(within).filter(
    (name) => name.startsWith(`${dataset}-`) && name.endsWith(".parquet"),
  );
  if (files.length === 0) return [];
  const paths = files.map((name) => `'${join(within, "exports", name)}'`);
  const connection = await duck.connect();
  const reader = await connection.runAndReadAll(
    `SELECT ${key} AS key FROM read_parquet([${paths.join(", ")}])`,
  );
  connection.closeSync();
  return reader
    .getRowsJson()
    .map(([value]) => String(value))
    .toSorted();
};

const KEYS = [
  ["hands", "hand_id", "SELECT hand_id AS key FROM hand"],
  ["hand_players", "seq || player", "SELECT seq || player AS key FROM hand_player"],
  [
    "hand_actions",
    "seq || ' ' || number",
    `SELECT seq || ' ' || n AS key FROM (SELECT seq, row_number() OVER (PARTITION BY seq ORDER BY s.o, a.o) AS n
     FROM hand, json_array_elements(detail::json -> 'streets') WITH ORDINALITY s(street, o), json_array_elements(street -> 'actions') WITH ORDINALITY a(action, o)) AS x`,
  ],
  ["races", "race_id", "SELECT race_id AS key FROM race WHERE status = 'settled'"],
  ["race_runners", "race_id || number", "SELECT race_id || number AS key FROM race_runner"],
  ["bets", "bet_id", "SELECT bet_id AS key FROM bet"],
] as const;

/** The folder has each row of the database once, and nothing half made. */
const expectExactlyOnce = async (within: string) => {
  for (const [dataset, key, sql] of KEYS) {
    const { rows } = await pool.query<{ key: string }>(sql);
    const keys = rows.map((row) => row.key).toSorted();
    expect(await keysIn(within, dataset, key), dataset).toEqual(keys);
  }
  expect(filesIn(within).filter((name) => !name.endsWith(".parquet"))).toEqual([]);
};

/** Two races on one day and one on the next; hands on two days. */
const somePlay = async () => {
  await settle(pool, "a-1", momentOf(0, 1000));
  await settle(pool, "a-2", momentOf(0, 86_399_999));
  await settle(pool, "a-3", momentOf(1, 0));
  await addHands(pool, { hands: 20, day: 0, days: 2 });
};

describe("the export", () => {
  it("has a file of each dataset for each day", async () => {
    await somePlay();
    expect(await exportAll()).toBe(EVERY_MS);
    const days = ["2025-03-01", "2025-03-02"];
    expect(plainFilesIn(folder)).toEqual(
      DATASETS.flatMap(({ name }) => days.map((day) => `${name}-${day}.parquet`)).toSorted(),
    );
    await expectExactlyOnce(folder);
  });

  it("takes a small segment's rows into the next one of its day", async () => {
    await somePlay();
    await exportAll();
    await addHands(pool, { hands: 5, day: 0 });
    await settle(pool, "late", momentOf(0, 500));
    const before = filesIn(folder);
    await exportAll();
    // The same number of files: those of the second day stayed, those of the first are new.
    expect(plainFilesIn(folder)).toHaveLength(before.length);
    expect(filesIn(folder).filter((name) => before.includes(name))).toHaveLength(6);
    await expectExactlyOnce(folder);
  });

  it("leaves a segment alone that is large", async () => {
    await somePlay();
    await exportAll(folder, { openRows: 10 });
    const before = filesIn(folder);
    await addHands(pool, { hands: 5, day: 0 });
    await exportAll(folder, { openRows: 10 });
    expect(filesIn(folder)).toEqual(expect.arrayContaining([...before]));
    expect(filesIn(folder)).toHaveLength(before.length + 3);
    await expectExactlyOnce(folder);
  });

  it("writes nothing when nothing is new", async () => {
    await somePlay();
    await exportAll();
    const made: Array<string> = [];
    await exportAll(folder, { onMade: ({ name }) => made.push(name) });
    expect(made).toEqual([]);
  });

  it("leaves alone races that are not settled, and makes no file without a race or hand", async () => {
    await settle(pool, "open", momentOf(0, 0));
    await pool.query("UPDATE race SET status = 'settling', settled_at = NULL");
    await exportAll();
    expect(filesIn(folder)).toEqual([]);
  });

  it("makes files again that were taken away, and all of them in the folder of another machine", async () => {
    await somePlay();
    await exportAll();
    const before = filesIn(folder);
    rmSync(join(folder, "exports", before[3] ?? ""));
    await exportAll();
    expect(filesIn(folder)).toEqual(before);
    const other = join(folder, "other");
    await exportAll(other);
    expect(filesIn(other)).toEqual(before);
    await expectExactlyOnce(other);
  });

  it("does not take the files of another database for its own", async () => {
    await somePlay();
    await exportAll();
    await pool.query("TRUNCATE singleton, export_segment");
    await pool.query("UPDATE race SET exported_in = NULL");
    await exportAll();
    await expectExactlyOnce(folder);
  });

  it("ends when it is told to, between two files", async () => {
    await somePlay();
    const stop = new AbortController();
    const told = exporter(folder, { onMade: () => stop.abort(new Error("told to end")) });
    await expect(told.run(await take(), stop.signal)).rejects.toThrow("told to end");
    await exportAll();
    await expectExactlyOnce(folder);
  });
});

const STEPS: ReadonlyArray<ExportStep> = ["record", "write", "publish", "mark", "remove"];

/** Does `then` when the export comes to `step` for the `count`th time. */
const at = (step: ExportStep, count: number, then: () => Promise<void>) => {
  let left = count;
  return async (now: ExportStep) => {
    if (now === step && --left === 0) await then();
  };
};

const die = () => Promise.reject(new Error("killed"));

/** A first export, and then more of its days: there is something to replace and to remove. */
const somethingToReplace = async () => {
  await somePlay();
  await exportAll();
  await addHands(pool, { hands: 10, day: 0, days: 3 });
  await settle(pool, "late", momentOf(0, 500));
};

describe.each(
  STEPS.flatMap((step) => (step === "remove" ? [1] : [1, 2, 3]).map((count) => ({ step, count }))),
)("at $step no. $count", ({ count, step }) => {
  // A fourth of the steps is not reached: then there is no death, and nothing to fear.
  const isReached = step !== "record" || count <= 2;

  it.each([true, false])("a death loses and doubles nothing; same folder: %s", async (same) => {
    const other = same ? folder : join(folder, "other");
    await somethingToReplace();
    const dying = exporter(folder, { onStep: at(step, count, die) }).run(await take(), never);
    if (isReached) await expect(dying).rejects.toThrow("killed");
    else await dying;
    await exportAll(other);
    await expectExactlyOnce(other);
  });

  it("a zombie that goes on beside its successor loses and doubles nothing", async () => {
    await somethingToReplace();
    // The successor does all its work while the zombie stands still.
    const zombie = exporter(folder, {
      onStep: at(step, count, async () => void (await exportAll())),
    });
    // It is refused, or its successor has removed the file that it wanted to rename, or all its work is done.
    await zombie.run(await take(), never).catch((cause: unknown) => {
      expect(cause).toSatisfy(
        (error) => error instanceof TermEnded || (error as NodeJS.ErrnoException).code === "ENOENT",
      );
    });
    // What it has left, the next run removes.
    await exportAll();
    await expectExactlyOnce(folder);
  });
});

describe("a zombie that has seen a segment before its successor replaced it", () => {
  it("takes nothing away, and what it leaves behind is removed", async () => {
    await somePlay();
    await exportAll();
    rmSync(join(folder, "exports"), { recursive: true });
    const zombie = exporter(folder, {
      onStep: at("write", 2, async () => {
        await addHands(pool, { hands: 5, day: 0, days: 2 });
        await settle(pool, "late", momentOf(0, 1));
        await exportAll();
      }),
    });
    await expect(zombie.run(await take(), never)).rejects.toThrow();
    await exportAll();
    await expectExactlyOnce(folder);
  });
});

describe("a folder that is filled again when more rows are called small than before", () => {
  it("opens no segment again of which the day went on in another", async () => {
    const there = join(folder, "there");
    await addHands(pool, { hands: 1, day: 0, days: 1 });
    await exporter(there, { openRows: 1 }).run(await take(), never);
    await addHands(pool, { hands: 1, day: 0, days: 1 });
    await exporter(there, { openRows: 1 }).run(await take(), never);
    await addHands(pool, { hands: 1, day: 0, days: 1 });
    await exportAll();
    await expectExactlyOnce(folder);
  });
});

describe("any history of play, exports, deaths and moves", () => {
  it("ends with each row in exactly one file", async () => {
    const settlement = fc.record({
      kind: fc.constant("settle" as const),
      day: fc.nat({ max: 2 }),
      ms: fc.nat({ max: 86_399_999 }),
    });
    const play = fc.record({
      kind: fc.constant("play" as const),
      day: fc.nat({ max: 2 }),
      days: fc.integer({ min: 1, max: 2 }),
      hands: fc.integer({ min: 1, max: 6 }),
    });
    const attempt = fc.record({
      kind: fc.constant("export" as const),
      place: fc.constantFrom("here", "there"),
      step: fc.constantFrom(...STEPS),
      count: fc.integer({ min: 1, max: 4 }),
      openRows: fc.constantFrom(1, 12, 1000),
    });
    const history = fc.array(fc.oneof(settlement, play, attempt), { minLength: 3, maxLength: 12 });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(history, async (moves) => {
        await clear();
        const root = join(folder, String(++runs));
        for (const [i, move] of moves.entries()) {
          if (move.kind === "settle") await settle(pool, `r${i}`, momentOf(move.day, move.ms));
          else if (move.kind === "play") await addHands(pool, move);
          else {
            const { count, openRows, place, step } = move;
            const job = exporter(join(root, place), { openRows, onStep: at(step, count, die) });
            // It dies, or ends before it comes to that.
            await job.run(await take(), never).catch((cause: unknown) => {
              expect(cause).toMatchObject({ message: "killed" });
            });
          }
        }
        await exportAll(join(root, "here"));
        await expectExactlyOnce(join(root, "here"));
      }),
      { numRuns: 20 },
    );
    // A second a history where one fails, for fast-check to make it short.
  }, 120_000);
});
