/** The export: each settled race in exactly one line, whoever dies, stands still or works elsewhere, at any step. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  ANALYTICS_EXPORT,
  AnalyticsExport,
  type ExportStep,
} from "../../src/jobs/AnalyticsExport.ts";
import { Term, TermEnded } from "../../src/jobs/Term.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { FIRST_DAY, momentOf, settle } from "./Settled.ts";

const EVERY_MS = 600_000;
const never = new AbortController().signal;

let database: FreshDatabase;
let pool: pg.Pool;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
const clear = () => pool.query("TRUNCATE singleton, export_file, race, race_runner, bet");
beforeEach(async () => {
  await clear();
  folder = mkdtempSync(join(tmpdir(), "croupier-export-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const take = (holder = "p1") => Term.take(pool, { name: ANALYTICS_EXPORT, holder });

const exporter = (
  within: string,
  onStep: (step: ExportStep) => Promise<void> = () => Promise.resolve(),
) => new AnalyticsExport({ folder: join(within, "exports"), everyMs: EVERY_MS, onStep });

const exportAll = async (within = folder) => exporter(within).run(await take(), never);

const filesIn = (within: string): ReadonlyArray<string> => {
  const exports = join(within, "exports");
  return existsSync(exports) ? readdirSync(exports).toSorted() : [];
};

const partsIn = (within: string) => filesIn(within).filter((file) => file.endsWith(".part"));

const linesOf = (within: string, file: string) =>
  readFileSync(join(within, "exports", file), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** The lines of all files that an analyst has who copies these folders together: races, each with its file. */
const merged = (...folders: ReadonlyArray<string>) => {
  const files = new Map<string, string>();
  for (const one of folders)
    for (const file of filesIn(one)) {
      if (!/^races-.*\.jsonl$/.test(file)) continue;
      const text = readFileSync(join(one, "exports", file), "utf8");
      // Made twice, it is the same.
      expect(files.get(file) ?? text).toBe(text);
      files.set(file, text);
    }
  return [...files].flatMap(([file, text]) =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => `${JSON.parse(line).race_id} in ${file}`),
  );
};

/** Each race is in one line, and that in the file that its row names. */
const expectExactlyOnce = async (...folders: ReadonlyArray<string>) => {
  const { rows } = await pool.query<{ race_id: string; exported_in: string }>(
    "SELECT race_id, exported_in FROM race",
  );
  const recorded = rows.map(({ exported_in, race_id }) => `${race_id} in ${exported_in}`);
  expect(merged(...folders).toSorted()).toEqual(recorded.toSorted());
};

/** Two on one day, one on the next. */
const threeRaces = async () => {
  await settle(pool, "a-1", momentOf(0, 1000));
  await settle(pool, "a-2", momentOf(0, 86_399_999));
  await settle(pool, "a-3", momentOf(1, 0));
};

describe("the export", () => {
  it("has a file a day, with a line a race in the order of their settlement", async () => {
    await threeRaces();
    expect(await exportAll()).toBe(EVERY_MS);
    expect(filesIn(folder)).toEqual([
      "races-2025-03-01-1.1.jsonl",
      "races-2025-03-02-1.2.jsonl",
      "runners.jsonl",
    ]);
    const [first, second] = linesOf(folder, "races-2025-03-01-1.1.jsonl");
    expect(first).toEqual({
      race_id: "a-1",
      lobby_id: "derby",
      opened_at: "2025-02-28T23:59:52.000Z",
      started_at: "2025-02-28T23:59:59.000Z",
      settled_at: `${FIRST_DAY}T00:00:01.000Z`,
      takeout_per_mille: 100,
      scratched: [],
      order: [[2], [1]],
      photo_finish: false,
      powers: 0,
      runners: [
        { number: 1, name: "Comet", place: 2, odds_per_100: 300, won: false },
        { number: 2, name: "Breeze", place: 1, odds_per_100: 250, won: true },
      ],
      markets: [{ market: "win", bets: 1, players: 1, staked: 500, paid: 447 }],
      takeout: 50,
      breakage: 3,
    });
    expect(second.settled_at).toBe(`${FIRST_DAY}T23:59:59.999Z`);
    expect(linesOf(folder, "runners.jsonl")).toMatchObject([
      { name: "Breeze", starts: 3, wins: 3, placed: 3, average_return_per_100: 250 },
      { name: "Comet", starts: 3, wins: 0, placed: 3, average_return_per_100: 0 },
    ]);
  });

  it("goes on after the last: a race that was settled earlier and committed later is not lost", async () => {
    await threeRaces();
    await exportAll();
    await settle(pool, "late", momentOf(0, 500));
    await exportAll();
    expect(linesOf(folder, "races-2025-03-01-2.1.jsonl")).toMatchObject([{ race_id: "late" }]);
    await expectExactlyOnce(folder);
  });

  it("leaves alone races that are not settled, and makes no file without a line", async () => {
    await settle(pool, "open", momentOf(0, 0));
    await pool.query("UPDATE race SET status = 'settling', settled_at = NULL");
    await exportAll();
    expect(filesIn(folder)).toEqual([]);
  });

  it("does not bring back a file that was taken away", async () => {
    await threeRaces();
    await exportAll();
    rmSync(join(folder, "exports"), { recursive: true });
    await exportAll();
    expect(filesIn(folder)).toEqual([]);
  });
});

const STEPS: ReadonlyArray<ExportStep> = ["write", "record", "publish", "mark"];

/** Does `then` when the export comes to `step` for the `count`th time. */
const at = (step: ExportStep, count: number, then: () => Promise<void>) => {
  let left = count;
  return async (now: ExportStep) => {
    if (now === step && --left === 0) await then();
  };
};

const die = () => Promise.reject(new Error("killed"));

describe.each(STEPS.flatMap((step) => [1, 2].map((count) => ({ step, count }))))(
  "at $step no. $count",
  ({ count, step }) => {
    it.each([true, false])("a death loses and doubles nothing; same folder: %s", async (same) => {
      const other = same ? folder : join(folder, "other");
      await threeRaces();
      await expect(exporter(folder, at(step, count, die)).run(await take(), never)).rejects.toThrow(
        "killed",
      );
      await exportAll(other);
      await expectExactlyOnce(folder, other);
      expect(partsIn(other)).toEqual([]);
    });

    it("a zombie that goes on beside its successor loses and doubles nothing", async () => {
      await threeRaces();
      // The successor does all its work while the zombie stands still.
      const zombie = exporter(
        folder,
        at(step, count, async () => void (await exportAll())),
      );
      // It is refused, or its successor has removed the file that it wanted to rename.
      await expect(zombie.run(await take(), never)).rejects.toSatisfy(
        (cause) => cause instanceof TermEnded || (cause as NodeJS.ErrnoException).code === "ENOENT",
      );
      await expectExactlyOnce(folder);
      expect(partsIn(folder)).toEqual([]);
    });
  },
);

describe("any history of settlements, exports, deaths and moves", () => {
  it("ends with each race in exactly one line", async () => {
    const settlement = fc.record({
      kind: fc.constant("settle" as const),
      day: fc.nat({ max: 2 }),
      ms: fc.nat({ max: 86_399_999 }),
    });
    const attempt = fc.record({
      kind: fc.constant("export" as const),
      place: fc.constantFrom("here", "there"),
      step: fc.constantFrom(...STEPS),
      count: fc.integer({ min: 1, max: 4 }),
    });
    const history = fc.array(fc.oneof(settlement, attempt), { minLength: 3, maxLength: 16 });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(history, async (moves) => {
        await clear();
        const root = join(folder, String(++runs));
        for (const [i, move] of moves.entries()) {
          if (move.kind === "settle") {
            await settle(pool, `r${i}`, momentOf(move.day, move.ms));
            continue;
          }
          const job = exporter(join(root, move.place), at(move.step, move.count, die));
          // It dies, or ends before it comes to that.
          await job.run(await take(), never).catch((cause: unknown) => {
            expect(cause).toMatchObject({ message: "killed" });
          });
        }
        await exportAll(join(root, "here"));
        await expectExactlyOnce(join(root, "here"), join(root, "there"));
      }),
      { numRuns: 25 },
    );
  });
});
