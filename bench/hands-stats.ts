import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { exportApart } from "../src/analytics/ExportApart.ts";
import { ParquetFilteredStats } from "../src/analytics/ParquetFilteredStats.ts";
import type { StatsQuestion } from "../src/hands/stats/FilteredStats.ts";
import { countColumns } from "../src/hands/store/countColumns.ts";
import { ANALYTICS_EXPORT, AnalyticsExport } from "../src/jobs/AnalyticsExport.ts";
import { Term } from "../src/jobs/Term.ts";
import { migrate, readMigrations } from "../src/ops/Migrations.ts";
import type { Bench, Stage } from "./Bench.ts";
import { median } from "./support/Rounds.ts";

const HANDS = { full: 1_000_000, quick: 100_000 };
const DAYS = 365;
const FIRST_DAY_MS = Date.parse("2025-01-01T00:00:00Z");
const HANDS_PER_INSERT = 100_000;
const PLAYER = "Ada";

/** All hands of a year but the last ones, by the two sides. */
const QUESTIONS: ReadonlyArray<StatsQuestion> = [
  { from: "2025-01-01", to: undefined },
  { from: "2025-04-01", to: "2025-06-30" },
].map((days) => ({
  site: "winamax",
  player: PLAYER,
  filter: { currency: null, game: null, stakes: null, players: null, position: null },
  ...days,
}));

const counts = countColumns
  .map(({ name, type }, n) =>
    name === "hands"
      ? "1"
      : type === "bigint"
        ? `n * ${7919 + n} % 2003 - 1000`
        : `(n % ${n + 2} = 0)::int`,
  )
  .join(", ");

const INSERT = `
WITH h AS (
  INSERT INTO hand
  SELECT n, 'bench:' || n, ${FIRST_DAY_MS} + n * ${DAYS * 86_400}000 / $3, 'cash', 'holdem', 'no_limit', 'EUR', '0.02/0.05', 'Wichita', 2, 100, 5,
    'AhTd2c', NULL, '', NULL, NULL, '{"stakes":{"ante":0,"smallBlind":2,"bigBlind":5},"tournament":null,"streets":[]}'
  FROM generate_series($1::bigint, $2::bigint) AS n RETURNING seq AS n, played_at
)
INSERT INTO hand_player (seq, played_at, total_pot, site, at_showdown, format, player, currency, game, limit_kind, stakes, players, position, ${countColumns.map(({ name }) => name).join(", ")})
SELECT n, played_at, 100, 'winamax', n % 4 = 0, 'cash', player, 'EUR', 'holdem', 'no_limit', '0.02/0.05', 2, (ARRAY['BTN', 'SB', 'BB', 'UTG', 'MP', 'CO'])[n % 6 + 1], ${counts}
FROM h, unnest(ARRAY['${PLAYER}', 'Bob ' || n % 1000]) AS player`;

const fill = async (pool: pg.Pool, hands: number, progress: Stage["progress"]) => {
  for (let from = 1; from <= hands; from += HANDS_PER_INSERT) {
    progress(`recording hands ${from} and on`);
    await pool.query(INSERT, [from, Math.min(from + HANDS_PER_INSERT - 1, hands), hands]);
  }
  await pool.query("VACUUM ANALYZE hand, hand_player");
};

const timed = async (task: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
};

export const handsStats: Bench = {
  name: "hands-stats",
  about:
    "statistics of one player's hands of a year, from exported files; peer: the same from PostgreSQL's rows",
  unit: "answers/s",
  bar: { ratioAtLeast: 1.5 },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("hands_stats");
    stage.defer(database.drop);
    await migrate(database.url, await readMigrations());
    const pool = new pg.Pool({ connectionString: database.url, max: 4 });
    stage.defer(() => pool.end());
    const hands = stage.quick ? HANDS.quick : HANDS.full;
    await fill(pool, hands, stage.progress);
    const folder = await mkdtemp(join(tmpdir(), "croupier-bench-exports-"));
    stage.defer(() => rm(folder, { recursive: true, force: true }));
    stage.progress("exporting them");
    const term = await Term.take(pool, { name: ANALYTICS_EXPORT, holder: "bench" });
    const job = new AnalyticsExport({ folder, everyMs: 0, maker: exportApart(database.url) });
    const exportMs = await timed(() => job.run(term, new AbortController().signal));

    const warn = stage.progress;
    const files = new ParquetFilteredStats({ pool, folder, warn, minRows: 0 });
    stage.defer(async () => files.close());
    const rows = new ParquetFilteredStats({ pool, folder, warn, minRows: Infinity });
    const [year, quarter] = QUESTIONS;
    if (year === undefined || quarter === undefined) throw new Error("There is no question.");
    const times = { year: [] as Array<number>, quarter: [] as Array<number> };
    const peers = { year: [] as Array<number>, quarter: [] as Array<number> };
    // Once unmeasured: a process is started, files and tables are read into memory.
    const [answer, right] = [await files.ask(year), await rows.ask(year)];
    if (JSON.stringify(answer.days) !== JSON.stringify(right.days))
      throw new Error("The two sides do not agree.");
    for (let round = 0; round < Math.max(stage.rounds, 3); round += 1) {
      stage.progress(`round ${round + 1}`);
      times.year.push(await timed(() => files.ask(year)));
      peers.year.push(await timed(() => rows.ask(year)));
      times.quarter.push(await timed(() => files.ask(quarter)));
      peers.quarter.push(await timed(() => rows.ask(quarter)));
    }
    const of = (all: ReadonlyArray<number>) => median([...all]);
    return {
      ours: 1000 / of(times.year),
      peer: 1000 / of(peers.year),
      notes: [
        `${hands} hands, 2 players each, all of one of them: ${of(times.year).toFixed(0)} ms, PostgreSQL ${of(peers.year).toFixed(0)} ms`,
        `a quarter of the year: ${of(times.quarter).toFixed(0)} ms, PostgreSQL ${of(peers.quarter).toFixed(0)} ms`,
        `the export of all hands: ${Math.round((hands / exportMs) * 1000)} hands/s`,
      ],
    };
  },
};
