import { migrate, readMigrations } from "../src/ops/Migrations.ts";
import { inNewProcess } from "./activation.ts";
import type { Bench, Stage } from "./Bench.ts";
import { planOf, type Plan, spreadBettors, type Template, templateOf } from "./growth/Copies.ts";
import { fill } from "./growth/Fill.ts";
import { playWorld } from "./growth/World.ts";
import type { WalletsReport } from "./load/wallets.ts";
import { type BetRound, type BetWorker, playRound, startBetWorker } from "./support/BetLoad.ts";
import { bettingLobby } from "./support/Lobby.ts";
import { betOf } from "./support/Players.ts";
import type { Database } from "./support/Postgres.ts";
import { median } from "./support/Rounds.ts";
import { type Server, startServer } from "./support/Server.ts";
import { SECRET, tokens } from "./support/Tokens.ts";

/** Journal sizes. Ten million take minutes and fifteen gigabytes: only when asked for, with `--rows 1e7`. */
const ROWS = { full: [1e5, 1e6], quick: [1e4, 1e5] } as const;
/** Up to here a wallet has a hundred entries, above it ten: 10³, 10⁵ and 10⁶ wallets at 10⁵, 10⁶ and 10⁷ rows. */
const FEW_WALLETS_TO = 1e5;
const ROWS_PER_WALLET = { few: 100, many: 10 };

/** Wallets that bet in a round, all over the database, one bet in flight each. */
const BETTORS = { full: 900, quick: 60 };
/** Wallets woken in a round. */
const WOKEN = { full: 900, quick: 80 };
/** The first bet of each wakes its wallet. */
const WARM_UP_MS = { full: 4_000, quick: 2_000 };
const STAKE_MINOR = 100;
const DEMO_LOBBY = "demo";
const ACTIVATE_MS = 120_000;

const BETS_KEPT = 0.8;
const ACTIVATION_AT_MOST = 1.5;

const MEGABYTE = 1e6;

interface Size {
  readonly rows: number;
  readonly plan: Plan;
  readonly template: Template;
  readonly database: Database;
}

interface Measured {
  readonly size: Size;
  readonly wakes: Array<WalletsReport>;
  readonly bets: Array<BetRound & { readonly walBytesPerBet: number }>;
}

const sizesOf = ({ quick, rows }: Pick<Stage, "quick" | "rows">): ReadonlyArray<number> => {
  const own = quick ? ROWS.quick : ROWS.full;
  if (rows === undefined) return own;
  if (rows.length > 1) return rows;
  if (rows[0]! <= own[0]) throw new Error(`--rows takes a size above ${own[0]}, or several.`);
  return [own[0], ...rows];
};

const walletsOf = (rows: number) =>
  rows / (rows <= FEW_WALLETS_TO ? ROWS_PER_WALLET.few : ROWS_PER_WALLET.many);

const power = (value: number) => value.toExponential(1).replace("e+", "e");

const openSize = async (stage: Stage, template: Template, rows: number): Promise<Size> => {
  const wanted = { rows, wallets: walletsOf(rows) };
  const plan = planOf(wanted, {
    rows: template.tables.journal.rows.length,
    bettors: template.bettors.length,
  });
  const database = await stage.postgres.createDatabase("growth");
  stage.defer(database.drop);
  await migrate(database.url, await readMigrations());
  stage.progress(`filling ${plan.rows} rows of ${plan.wallets} wallets`);
  const { bytes, seconds } = await fill(database, template, plan);
  const megabytes = (of: keyof typeof bytes) => `${Math.round(bytes[of] / MEGABYTE)} MB`;
  stage.progress(
    `${megabytes("total")} on disk (journal ${megabytes("journal")}, ledger ${megabytes("ledger")}, bets ${megabytes("bet")}, indexes included), filled in ${seconds.toFixed(0)} s`,
  );
  return { rows, plan, template, database };
};

const wake = async (stage: Stage, { database, plan, template }: Size, turn: number) => {
  const count = stage.quick ? WOKEN.quick : WOKEN.full;
  const players = spreadBettors(template, { count, turn, worlds: plan.worlds });
  const request = { type: "activate", url: database.url, wallets: count, players } as const;
  const report = await inNewProcess(stage, request, ACTIVATE_MS);
  if (report === undefined) throw new Error("The wallets gave no report.");
  return report;
};

/** What has been written to the log so far, and how many bets of a race are in the table. */
const written = async (database: Database, raceId: string) => {
  const [row] = await database.query<{ bytes: string; bets: string }>(
    `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes,
       (SELECT count(*) FROM bet WHERE race_id = $1) AS bets`,
    [raceId],
  );
  return { bytes: Number(row!.bytes), bets: Number(row!.bets) };
};

/** In each turn others, where there are more: wallets that are cold, on pages that no bet has touched yet. */
const bettorsOf = async ({ quick }: Stage, { plan, template }: Size, turn: number) => {
  const count = quick ? BETTORS.quick : BETTORS.full;
  const players = spreadBettors(template, { count, turn, worlds: plan.worlds });
  return Promise.all(
    players.map(async (playerId, index) => {
      const claims = { playerId, lobbyId: DEMO_LOBBY, roles: ["player"] as const };
      return { token: (await tokens.issue(claims)).token, bet: betOf(index, STAKE_MINOR) };
    }),
  );
};

const openBets = async (stage: Stage, worker: BetWorker, size: Size) => {
  const { database } = size;
  const server: Server = await startServer(database, { JWT_SECRET: SECRET });
  stage.defer(server.stop);
  const { race_id: raceId } = await bettingLobby(server.url, DEMO_LOBBY);
  const warmUpMs = stage.quick ? WARM_UP_MS.quick : WARM_UP_MS.full;
  const measureMs = stage.seconds * 1000;
  return async (turn: number) => {
    const bettors = await bettorsOf(stage, size, turn);
    const before = await written(database, raceId);
    const round = await playRound(
      { server, worker, bettors },
      { type: "closed-loop", depth: 1, warmUpMs, measureMs },
    );
    const after = await written(database, raceId);
    return { ...round, walBytesPerBet: (after.bytes - before.bytes) / (after.bets - before.bets) };
  };
};

const medianOf = <A>(rounds: ReadonlyArray<A>, read: (round: A) => number) =>
  median(rounds.map(read));

const betsPerSecond = ({ bets }: Measured) => medianOf(bets, ({ perSecond }) => perSecond);
const wakeP50Ms = ({ wakes }: Measured) => medianOf(wakes, ({ p50Ms }) => p50Ms);

const describe = (measured: Measured, first: Measured): string => {
  const { bets, size, wakes } = measured;
  const perSecond = betsPerSecond(measured);
  const p50Ms = wakeP50Ms(measured);
  return (
    `${power(size.rows)} rows: ${Math.round(perSecond)} bets/s (${(perSecond / betsPerSecond(first)).toFixed(2)}×), ` +
    `bet p99 ${medianOf(bets, ({ p99Ms }) => p99Ms).toFixed(0)} ms, ${Math.round(medianOf(bets, ({ walBytesPerBet }) => walBytesPerBet))} bytes of WAL a bet; ` +
    `activation p50 ${p50Ms.toFixed(2)} ms (${(p50Ms / wakeP50Ms(first)).toFixed(2)}×), p99 ${medianOf(wakes, ({ p99Ms }) => p99Ms).toFixed(2)} ms, ` +
    `${Math.round(medianOf(wakes, ({ perSecondAtOnce }) => perSecondAtOnce))} a second at once`
  );
};

export const growth: Bench = {
  name: "growth",
  about:
    "bets on a large database (10⁶ journal rows, 10⁵ wallets; --rows 1e7) against the same on a small one (10⁵, 10³); activation at most 1.5 times as long",
  unit: "bets/s",
  bar: { ratioAtLeast: BETS_KEPT },
  run: async (stage) => {
    stage.progress("playing the world that is copied");
    const origin = await stage.postgres.createDatabase("world");
    stage.defer(origin.drop);
    const template = templateOf(await playWorld(origin));
    const all: Array<Measured> = [];
    for (const rows of sizesOf(stage))
      all.push({ size: await openSize(stage, template, rows), wakes: [], bets: [] });

    stage.progress("waking cold wallets");
    for (let round = 0; round < stage.rounds; round += 1)
      for (const { size, wakes } of all) wakes.push(await wake(stage, size, round));

    stage.progress("betting");
    const worker = await startBetWorker(stage);
    const rounds = [];
    for (const { size } of all) rounds.push(await openBets(stage, worker, size));
    for (let round = 0; round < stage.rounds; round += 1)
      for (const [i, bet] of rounds.entries()) all[i]!.bets.push(await bet(round));

    const [first, ...larger] = all;
    const slowest = Math.min(...larger.map(betsPerSecond));
    const activation = Math.max(...larger.map(wakeP50Ms)) / wakeP50Ms(first!);
    const isSlow = activation > ACTIVATION_AT_MOST;
    return {
      // An entity that takes longer and longer to wake has not grown well: no rate makes up for it.
      ours: isSlow ? 0 : slowest,
      peer: betsPerSecond(first!),
      notes: [
        ...all.map((measured) => describe(measured, first!)),
        `activation: ${activation.toFixed(2)}× the first size's, bar ≤ ${ACTIVATION_AT_MOST}×: ${isSlow ? "MISSED" : "pass"}`,
      ],
    };
  },
};
