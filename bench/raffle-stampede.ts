import type { Bench, Stage } from "./Bench.ts";
import type { Crowd } from "./load/Chooser.ts";
import type { ReservationsRequest, StampedeReport } from "./load/reservations.ts";
import {
  CLASSIC_SCHEMA,
  type ClassicReserveReport,
  type ClassicReserveRequest,
} from "./peers/classic-reserve.ts";
import { joinMany } from "./support/Players.ts";
import { processCpuMs } from "./support/ProcessCpu.ts";
import { adminToken, openRaffle } from "./support/Raffle.ts";
import { bestOf, interleave, median } from "./support/Rounds.ts";
import { HOST, startServer } from "./support/Server.ts";
import { startWorker } from "./support/Worker.ts";

const BUYERS = { full: 2_000, quick: 500 };
const EACH = 5;
const POOL_SIZES = { full: [8, 16, 32], quick: [16] } as const;
/** A crowd that has not been served after this long has not been served. */
const DEADLINE_MS = 20_000;
const CONNECT_MS = 60_000;
/** What a raffle's rush may last. */
const WITHIN_MS = 2_000;
/** Rushes of one round: one alone is a fraction of a second. */
const RUSHES = 3;
/** Rounds in which the numbers are fought for: they are told of, and not what the bar is about. */
const FIGHTS = 3;

const rateOf = (reports: ReadonlyArray<{ readonly granted: number; readonly elapsedMs: number }>) =>
  reports.reduce((sum, { granted }) => sum + granted, 0) /
  (reports.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / 1000);

const openClassic = async (stage: Stage, buyers: number) => {
  const database = await stage.postgres.createDatabase("classic");
  stage.defer(database.drop);
  await database.query(CLASSIC_SCHEMA);
  const worker = await startWorker<ClassicReserveRequest, ClassicReserveReport | undefined>(
    new URL("peers/classic-reserve.ts", import.meta.url),
  );
  stage.defer(worker.stop);
  const totalNumbers = buyers * EACH;
  let raffleId = 0;
  const rush = async (crowd: Crowd, seed: number) => {
    raffleId += 1;
    await database.query(
      "INSERT INTO raffle_number (raffle_id, number) SELECT $1, n FROM generate_series(0, $2 - 1) AS n",
      [raffleId, totalNumbers],
    );
    await database.query("ANALYZE raffle_number");
    const request = {
      type: "stampede",
      crowd,
      raffleId,
      buyers,
      totalNumbers,
      each: EACH,
      seed,
    } as const;
    const report = await worker.ask(request, DEADLINE_MS);
    if (report === undefined) throw new Error("The classic side gave no report.");
    return report;
  };
  const open = (poolSize: number) =>
    worker.ask({ type: "open", url: database.url, poolSize }, CONNECT_MS);
  return { open, rush };
};

const openOurs = async (stage: Stage, buyers: number) => {
  const database = await stage.postgres.createDatabase("ours");
  stage.defer(database.drop);
  const server = await startServer(database);
  stage.defer(server.stop);
  const players = await joinMany(server.url, buyers);
  const admin = await adminToken(server.url);
  const worker = await startWorker<ReservationsRequest, StampedeReport | undefined>(
    new URL("load/reservations.ts", import.meta.url),
  );
  stage.defer(worker.stop);
  const tokens = players.map(({ token }) => token);
  await worker.ask({ type: "connect", host: HOST, port: server.port, tokens }, CONNECT_MS);
  const totalNumbers = buyers * EACH;
  return {
    rush: async (crowd: Crowd, seed: number) => {
      const raffleId = await openRaffle(server.url, admin, totalNumbers);
      const rush = { type: "stampede", crowd, raffleId, totalNumbers, each: EACH, seed } as const;
      const cpuBefore = processCpuMs(server.pid) ?? 0;
      const report = await worker.ask(
        { ...rush, deadlineMs: DEADLINE_MS },
        DEADLINE_MS + CONNECT_MS,
      );
      const cpuMs = (processCpuMs(server.pid) ?? 0) - cpuBefore;
      if (report === undefined) throw new Error("The buyers gave no report.");
      return { ...report, serverCpuUs: (cpuMs * 1000) / report.attempts };
    },
  };
};

type Rush<Report> = (crowd: Crowd, seed: number) => Promise<Report>;

const several = async <Report>(rush: Rush<Report>, crowd: Crowd, round: number) => {
  const reports: Array<Report> = [];
  for (let n = 0; n < RUSHES; n += 1) reports.push(await rush(crowd, round * RUSHES + n));
  return reports;
};

export const raffleStampede: Bench = {
  name: "raffle-stampede",
  about: `${BUYERS.full} sockets rush for ${EACH} of ${BUYERS.full * EACH} numbers each, until all have theirs, against row locks from a Node pool`,
  unit: "reservations/s",
  bar: { ratioAtLeast: 3 },
  run: async (stage) => {
    const buyers = stage.quick ? BUYERS.quick : BUYERS.full;
    const classic = await openClassic(stage, buyers);
    const ours = await openOurs(stage, buyers);
    stage.progress("finding the best pool size, warming up");
    const pool = await bestOf<number>(
      stage.quick ? POOL_SIZES.quick : POOL_SIZES.full,
      async (size) => {
        await classic.open(size);
        await classic.rush("rush", 1);
        return rateOf([await classic.rush("rush", 2)]);
      },
    );
    await classic.open(pool.candidate);
    await several(ours.rush, "rush", 1);
    let round = 1;
    const { a, b } = await interleave(stage.rounds, {
      a: () => several(ours.rush, "rush", (round += 1)),
      b: () => several(classic.rush, "rush", round),
    });
    stage.progress("a fight: everyone picks at random, and again after a refusal");
    const fight = await interleave(Math.min(stage.rounds, FIGHTS), {
      a: () => several(ours.rush, "fight", (round += 1)),
      b: () => several(classic.rush, "fight", round),
    });
    const rushed = a.flat();
    const fought = fight.a.flat();
    const all = [...rushed, ...fought];
    const twice = all.reduce((sum, report) => sum + report.twice, 0);
    const slowest = Math.max(...all.map(({ elapsedMs }) => elapsedMs));
    const isBroken = twice > 0 || slowest > WITHIN_MS;
    const p99 = (reports: ReadonlyArray<{ readonly p99Ms: number }>) =>
      `p99 ${median(reports.map(({ p99Ms }) => p99Ms)).toFixed(0)} ms`;
    const cpu = (reports: ReadonlyArray<{ readonly serverCpuUs: number }>) =>
      `${median(reports.map(({ serverCpuUs }) => serverCpuUs)).toFixed(0)} µs of server CPU`;
    const rates = (rounds: ReadonlyArray<Parameters<typeof rateOf>[0]>) =>
      rounds.map((each) => Math.round(rateOf(each))).join(", ");
    const perBuyer = (reports: ReadonlyArray<{ readonly attempts: number }>) =>
      (reports.reduce((sum, { attempts }) => sum + attempts, 0) / reports.length / buyers).toFixed(
        1,
      );
    const ratio = median(fight.a.map(rateOf)) / median(fight.b.map(rateOf));
    return {
      // A number given twice, or a crowd that waits too long: no rate makes up for it.
      ours: isBroken ? 0 : median(a.map(rateOf)),
      peer: median(b.map(rateOf)),
      notes: [
        `ours: ${twice} numbers given twice; the slowest crowd took ${slowest.toFixed(0)} ms (bar ${WITHIN_MS}); all asking at once, ${p99(rushed)}; ${cpu(rushed)} a reservation`,
        `peer: pool of ${pool.candidate} (${pool.trials.map(([size, score]) => `${size}: ${Math.round(score)}`).join(", ")}), no server in front; ${p99(b.flat())}`,
        `rounds: ours ${rates(a)}; peer ${rates(b)}`,
        `a fight, ${perBuyer(fought)} requests a buyer: ours ${rates(fight.a)} buyers served/s, ${p99(fought)}, ${cpu(fought)} a request; peer ${rates(fight.b)}, ${perBuyer(fight.b.flat())} requests; ratio ${ratio.toFixed(2)}. A refusal is written down like any answer; the peer's writes nothing`,
      ],
    };
  },
};
