import type { Bench, Stage } from "./Bench.ts";
import type { HttpReport, HttpRequest } from "./load/http.ts";
import { NUMBER_SLOT } from "./load/NumberedMessage.ts";
import { createClassicTables, playerName, PLAYERS } from "./peers/classic-bet.ts";
import type { ServiceReply, ServiceRequest } from "./peers/classic-service.ts";
import { describeRound, openBetLoad } from "./support/BetLoad.ts";
import { betOf } from "./support/Players.ts";
import { bestOf, interleave, median } from "./support/Rounds.ts";
import { HOST } from "./support/Server.ts";
import { startWorker } from "./support/Worker.ts";

const CONNECTIONS = 100;
const STAKE_MINOR = 100;
/** Ours keeps as many bets in flight as a fast client; the search for the best is in `bets-pgbench`. */
const DEPTH = 8;
const POOL_SIZES = { full: [4, 8, 16, 32], quick: [8] } as const;
const TRIAL_SECONDS = 2;
const WARM_UP_MS = { full: 1_000, quick: 300 };
const GRACE_MS = 20_000;

/** A bet on the classic service; the player is in the body, for it has no tokens. */
const requestOf = (index: number) => {
  const bet = { player_id: playerName(index), race_id: "race-1", ...betOf(index, STAKE_MINOR) };
  const body = JSON.stringify(bet);
  return (
    `POST /bets HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/json\r\n` +
    `X-Idempotency-Key: bench-${NUMBER_SLOT}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
};

const openService = async (stage: Stage) => {
  const database = await stage.postgres.createDatabase("service");
  stage.defer(database.drop);
  await createClassicTables(database);
  const client = await startWorker<HttpRequest, HttpReport>(
    new URL("load/http.ts", import.meta.url),
  );
  stage.defer(client.stop);
  const requests = Array.from({ length: PLAYERS }, (_, index) => requestOf(index));
  let firstNumber = 0;

  const start = async (poolSize: number) => {
    const service = await startWorker<ServiceRequest, ServiceReply>(
      new URL("peers/classic-service.ts", import.meta.url),
    );
    stage.defer(service.stop);
    const { port } = await service.ask({ url: database.url, poolSize }, GRACE_MS);
    return { port, stop: service.stop };
  };
  const run = async (port: number, seconds: number) => {
    const warmUpMs = stage.quick ? WARM_UP_MS.quick : WARM_UP_MS.full;
    const measureMs = seconds * 1000;
    const target = { host: HOST, port, connections: CONNECTIONS, requests, expectedStatus: 201 };
    const report = await client.ask(
      { ...target, firstNumber, warmUpMs, measureMs },
      warmUpMs + measureMs + GRACE_MS,
    );
    firstNumber = report.nextNumber;
    if (Object.keys(report.unexpected).length > 0)
      throw new Error(`The service refused: ${JSON.stringify(report.unexpected)}`);
    return report;
  };
  return { start, run };
};

export const betsService: Bench = {
  name: "bets-service",
  about:
    "the same bets against a plain Node service (node:http, pg pool) with the classic transaction a request",
  unit: "bets/s",
  bar: { ratioAtLeast: 4 },
  run: async (stage) => {
    const service = await openService(stage);
    stage.progress("finding the service's best pool size");
    const pool = await bestOf<number>(
      stage.quick ? POOL_SIZES.quick : POOL_SIZES.full,
      async (size) => {
        const trial = await service.start(size);
        const { perSecond } = await service.run(trial.port, stage.quick ? 1 : TRIAL_SECONDS);
        await trial.stop();
        return perSecond;
      },
    );
    const { port } = await service.start(pool.candidate);
    const ours = await openBetLoad(stage);
    stage.progress(`ours at depth ${DEPTH}, the service with a pool of ${pool.candidate}`);
    const { a, b } = await interleave(stage.rounds, {
      a: () => ours.closedLoop(DEPTH, stage.seconds),
      b: () => service.run(port, stage.seconds),
    });
    const last = b.at(-1)!;
    return {
      ours: median(a.map(({ perSecond }) => perSecond)),
      peer: median(b.map(({ perSecond }) => perSecond)),
      notes: [
        `ours: ${DEPTH} bets in flight on each of 100 sockets; ${describeRound(a.at(-1)!)}`,
        `peer: ${CONNECTIONS} keep-alive connections, pool of ${pool.candidate} (${pool.trials.map(([size, score]) => `${size}: ${Math.round(score)}`).join(", ")}); p50 ${last.p50Ms.toFixed(1)} ms, p99 ${last.p99Ms.toFixed(1)} ms`,
      ],
    };
  },
};
