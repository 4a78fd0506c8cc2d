import type { Bench, Stage } from "./Bench.ts";
import type { ReservationsRequest, StampedeReport } from "./load/reservations.ts";
import {
  CLASSIC_SCHEMA,
  type ClassicReserveReport,
  type ClassicReserveRequest,
} from "./peers/classic-reserve.ts";
import { joinMany } from "./support/Players.ts";
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
  const rush = async (seed: number) => {
    raffleId += 1;
    await database.query(
      "INSERT INTO raffle_number (raffle_id, number) SELECT $1, n FROM generate_series(0, $2 - 1) AS n",
      [raffleId, totalNumbers],
    );
    await database.query("ANALYZE raffle_number");
    const request = { type: "stampede", raffleId, buyers, totalNumbers, each: EACH, seed } as const;
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
    rush: async (seed: number) => {
      const raffleId = await openRaffle(server.url, admin, totalNumbers);
      const report = await worker.ask(
        {
          type: "stampede",
          raffleId,
          totalNumbers,
          each: EACH,
          seed,
          deadlineMs: DEADLINE_MS,
        },
        DEADLINE_MS + CONNECT_MS,
      );
      if (report === undefined) throw new Error("The buyers gave no report.");
      return report;
    },
  };
};

const several = async <Report>(rush: (seed: number) => Promise<Report>, round: number) => {
  const reports: Array<Report> = [];
  for (let n = 0; n < RUSHES; n += 1) reports.push(await rush(round * RUSHES + n));
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
        await classic.rush(1);
        return rateOf([await classic.rush(2)]);
      },
    );
    await classic.open(pool.candidate);
    await several(ours.rush, 1);
    let round = 1;
    const { a, b } = await interleave(stage.rounds, {
      a: () => several(ours.rush, (round += 1)),
      b: () => several(classic.rush, round),
    });
    const mine = a.flat();
    const theirs = b.flat();
    const twice = mine.reduce((sum, report) => sum + report.twice, 0);
    const slowest = Math.max(...mine.map(({ elapsedMs }) => elapsedMs));
    const last = mine.at(-1)!;
    const peerLast = theirs.at(-1)!;
    const isBroken = twice > 0 || slowest > WITHIN_MS;
    return {
      // A number given twice, or a crowd that waits too long: no rate makes up for it.
      ours: isBroken ? 0 : median(a.map(rateOf)),
      peer: median(b.map(rateOf)),
      notes: [
        `ours: ${twice} numbers given twice; the slowest rush took ${slowest.toFixed(0)} ms (bar ${WITHIN_MS}); p50 ${last.p50Ms.toFixed(0)} ms, p99 ${median(mine.map(({ p99Ms }) => p99Ms)).toFixed(0)} ms from all asking at once; ${(last.attempts / last.granted).toFixed(2)} requests a buyer`,
        `peer: pool of ${pool.candidate} (${pool.trials.map(([size, score]) => `${size}: ${Math.round(score)}`).join(", ")}), no server in front; p99 ${median(theirs.map(({ p99Ms }) => p99Ms)).toFixed(0)} ms; ${(peerLast.attempts / peerLast.granted).toFixed(2)} requests a buyer`,
        `rounds: ours ${a.map((each) => Math.round(rateOf(each))).join(", ")}; peer ${b.map((each) => Math.round(rateOf(each))).join(", ")}`,
      ],
    };
  },
};
