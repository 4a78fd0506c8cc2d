/** Statistics out of files and PostgreSQL together: whatever was exported, the sums are those of all hands. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CellFilter } from "../../rpc/handPlayer.ts";
import { COUNTS } from "../../rpc/handStats.ts";
import { FileMaker } from "../../src/analytics/FileMaker.ts";
import { ParquetFilteredStats } from "../../src/analytics/ParquetFilteredStats.ts";
import type { StatsQuestion, StatsSums } from "../../src/hands/stats/FilteredStats.ts";
import { countColumns } from "../../src/hands/store/countColumns.ts";
import {
  ANALYTICS_EXPORT,
  AnalyticsExport,
  type ExportStep,
} from "../../src/jobs/AnalyticsExport.ts";
import { Term } from "../../src/jobs/Term.ts";
import "../support/fixedSeed.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { addHands, PLAYERS } from "./Hands.ts";

let database: FreshDatabase;
let pool: pg.Pool;
let maker: FileMaker;
let root: string;
let folder: string;
let stats: ParquetFilteredStats;
let warnings: Array<string>;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  maker = await FileMaker.open(database.url);
});
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "croupier-stats-"));
  folder = join(root, "exports");
  warnings = [];
  const warn = (sentence: string) => warnings.push(sentence);
  stats = new ParquetFilteredStats({ pool, folder, minRows: 1, warn });
  await begin();
});
afterEach(() => {
  stats.close();
  rmSync(root, { recursive: true, force: true });
});
afterAll(async () => {
  await maker.close();
  await pool.end();
  await database.drop();
});

/** An empty database and an empty folder. */
const begin = async () => {
  await pool.query("TRUNCATE singleton, export_segment, hand, hand_player");
  rmSync(folder, { recursive: true, force: true });
};

const exportAll = async (
  onStep: (step: ExportStep) => Promise<void> = () => Promise.resolve(),
  openRows = 30,
) => {
  const term = await Term.take(pool, { name: ANALYTICS_EXPORT, holder: "p1" });
  const inHere = { make: maker.make.bind(maker), close: () => undefined };
  const job = new AnalyticsExport({ folder, everyMs: 1000, maker: inHere, onStep, openRows });
  await job.run(term, new AbortController().signal);
};

const ALL: CellFilter = {
  currency: null,
  game: null,
  stakes: null,
  players: null,
  position: null,
};

/** The same, counted row by row. */
const counted = async ({ filter, from, player, to }: StatsQuestion): Promise<StatsSums> => {
  const { rows } = await pool.query("SELECT * FROM hand_player WHERE player = $1", [player]);
  const cells = new Map<string, { counts: Array<number> }>();
  const days = new Map<string, { hands: number; net: number; evNet: number }>();
  for (const row of rows) {
    const day = new Date(Number(row.played_at)).toISOString().slice(0, 10);
    if (day < (from ?? "0") || day > (to ?? "9")) continue;
    const { currency, game, limit_kind: limit, players, position, stakes } = row;
    const key = { currency, game, limit, stakes, players, position };
    if (Object.entries(filter).some(([name, value]) => value !== null && row[name] !== value))
      continue;
    const counts = countColumns.map(({ name }) => Number(row[name]));
    const cell = cells.get(JSON.stringify(key)) ?? { ...key, counts: counts.map(() => 0) };
    cell.counts = cell.counts.map((sum, n) => sum + (counts[n] ?? 0));
    cells.set(JSON.stringify(key), cell);
    const of = (name: (typeof COUNTS)[number]) => counts[COUNTS.indexOf(name)] ?? 0;
    const before = days.get(`${day} ${currency}`) ?? { day, currency, hands: 0, net: 0, evNet: 0 };
    days.set(`${day} ${currency}`, {
      ...before,
      hands: before.hands + of("hands"),
      net: before.net + of("net"),
      evNet: before.evNet + of("evNet"),
    });
  }
  return {
    cells: [...cells.values()] as unknown as StatsSums["cells"],
    days: [...days]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, day]) => day) as unknown as StatsSums["days"],
  };
};

const expectRight = async (question: StatsQuestion) => {
  const [answer, right] = [await stats.ask(question), await counted(question)];
  expect(answer.days).toEqual(right.days);
  const sorted = ({ cells }: StatsSums) =>
    cells.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const inOneOrder = (sums: StatsSums) =>
    sorted(sums).map(({ counts, currency, game, limit, players, position, stakes }) => ({
      currency,
      game,
      limit,
      stakes,
      players,
      position,
      counts,
    }));
  const byKey = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  expect(inOneOrder(answer).toSorted(byKey)).toEqual(inOneOrder(right).toSorted(byKey));
};

const about = (player: string, more: Partial<StatsQuestion> = {}): StatsQuestion => ({
  site: "winamax",
  player,
  filter: ALL,
  from: undefined,
  to: undefined,
  ...more,
});

const filesHere = () => (existsSync(folder) ? readdirSync(folder) : []);

describe("filtered statistics", () => {
  it("are those of PostgreSQL when nothing was exported, and of nobody's hands none", async () => {
    await addHands(pool, { hands: 30, day: 0, days: 2 });
    await expectRight(about("Ada"));
    expect(await stats.ask(about("nobody"))).toEqual({ cells: [], days: [] });
  });

  it("come from the files, as far as there are files", async () => {
    await addHands(pool, { hands: 50, day: 0, days: 3 });
    await exportAll();
    await expectRight(about("Ada"));
    // PostgreSQL's rows of what was exported are not read.
    const right = await counted(about("Ada"));
    await pool.query("UPDATE hand_player SET net = net + 1");
    expect((await stats.ask(about("Ada"))).days).toEqual(right.days);
    expect(warnings).toEqual([]);
  });

  it("come from both when there are newer hands", async () => {
    await addHands(pool, { hands: 50, day: 0, days: 3 });
    await exportAll();
    await addHands(pool, { hands: 20, day: 1, days: 3 });
    await expectRight(about("Kai  Greene"));
    await expectRight(about("Kai  Greene", { from: "2025-03-02", to: "2025-03-02" }));
  });

  it("take names for what they are", async () => {
    await addHands(pool, { hands: 50, day: 0 });
    await exportAll();
    for (const player of [...PLAYERS, "' OR 1=1 --", "'); COPY hands TO 'x"])
      await expectRight(about(player));
  });

  it("come from PostgreSQL when files are gone or broken, and say so", async () => {
    await addHands(pool, { hands: 50, day: 0, days: 2 });
    await exportAll();
    const file = filesHere().find((name) => name.startsWith("hand_players-")) ?? "";
    rmSync(join(folder, file));
    await expectRight(about("Ada"));
    expect(warnings).toEqual([]);
    writeFileSync(join(folder, file), "no Parquet at all");
    await expectRight(about("Ada"));
    expect(warnings).toHaveLength(1);
  });

  it("come from PostgreSQL when a file is gone that had taken over an older one's rows", async () => {
    await addHands(pool, { hands: 20, day: 0 });
    await exportAll(undefined, 1000);
    await addHands(pool, { hands: 20, day: 0 });
    await exportAll(undefined, 1000);
    const [file = "", ...others] = filesHere().filter((name) => name.startsWith("hand_players-"));
    expect(others).toEqual([]);
    rmSync(join(folder, file));
    await addHands(pool, { hands: 20, day: 1 });
    await expectRight(about("Ada"));
  });

  it("are right for many who ask at once", async () => {
    await addHands(pool, { hands: 50, day: 0, days: 2 });
    await exportAll();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => expectRight(about(PLAYERS[n % PLAYERS.length] ?? ""))),
    );
  });
});

const die = () => Promise.reject(new Error("killed"));

describe("whatever was exported, in whatever order, and whatever has become of it", () => {
  it("filtered statistics are those of all hands", async () => {
    const play = fc.record({
      kind: fc.constant("play" as const),
      day: fc.nat({ max: 2 }),
      days: fc.integer({ min: 1, max: 3 }),
      hands: fc.integer({ min: 1, max: 12 }),
    });
    const attempt = fc.record({
      kind: fc.constant("export" as const),
      step: fc.constantFrom<ExportStep>("record", "write", "publish", "mark", "remove"),
      count: fc.integer({ min: 1, max: 9 }),
      openRows: fc.constantFrom(1, 12, 1000),
    });
    const loss = fc.record({ kind: fc.constant("loss" as const), file: fc.nat() });
    const or = <A>(...values: ReadonlyArray<A>) =>
      fc.option(fc.constantFrom(...values), { nil: null });
    const question = fc.record({
      kind: fc.constant("ask" as const),
      site: fc.constant("winamax"),
      player: fc.constantFrom(...PLAYERS),
      from: fc.constantFrom(undefined, "2025-03-01", "2025-03-02", "2025-03-03"),
      to: fc.constantFrom(undefined, "2025-03-02", "2025-03-03", "2025-03-04"),
      filter: fc.record({
        currency: or("EUR" as const, "play" as const),
        game: or("holdem" as const, "omaha" as const),
        stakes: or("0.02/0.05"),
        players: or(2, 3),
        position: or("BTN" as const, "SB" as const),
      }),
    });
    const history = fc.array(
      fc.oneof(play, attempt, { weight: 1, arbitrary: loss }, { weight: 3, arbitrary: question }),
      { minLength: 4, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(history, async (moves) => {
        await begin();
        for (const move of moves) {
          if (move.kind === "play") await addHands(pool, move);
          else if (move.kind === "ask") await expectRight(move);
          else if (move.kind === "loss") {
            const files = filesHere();
            const file = files[move.file % Math.max(files.length, 1)];
            if (file !== undefined) rmSync(join(folder, file));
          } else {
            let left = move.count;
            const dying = async (step: ExportStep) => {
              if (step === move.step && --left === 0) await die();
            };
            await exportAll(dying, move.openRows).catch((cause: unknown) => {
              expect(cause).toMatchObject({ message: "killed" });
            });
          }
        }
        await expectRight(about("Ada"));
        expect(warnings).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
