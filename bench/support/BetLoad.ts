/** Ours under betting load: a server with players on their sockets, and the process that plays them. */
import { randomBytes } from "node:crypto";
import type { Stage } from "../Bench.ts";
import type { BetsReport, BetsRequest, Bettor } from "../load/bets.ts";
import { bettingLobby } from "./Lobby.ts";
import { betOf, joinMany } from "./Players.ts";
import { processCpuMs } from "./ProcessCpu.ts";
import { HOST, startServer, type Server } from "./Server.ts";
import { startWorker, type Worker } from "./Worker.ts";

const SOCKETS = 100;
const STAKE_MINOR = 100;
const CONNECT_MS = 20_000;
/** What a round may take longer than its own time. */
const GRACE_MS = 15_000;
const WARM_UP_MS = { full: 1_000, quick: 300 };

/** How many bets each socket keeps in flight: one as a patient player, more as a fast client does. */
export const DEPTHS = [1, 4, 8, 16] as const;

export interface BetRound extends BetsReport {
  /** CPU time of the server while the round was measured and warmed up. */
  readonly serverCpuMs: number | undefined;
}

export interface BetLoad {
  readonly server: Server;
  /** New players each time, since a wallet with every bet of the rounds before it is nobody's. */
  readonly closedLoop: (depth: number, seconds: number) => Promise<BetRound>;
  readonly openLoop: (perSecond: number, seconds: number) => Promise<BetRound>;
}

const assertWhole = (report: BetsReport) => {
  const refused = Object.entries(report.refused);
  if (report.lost > 0) throw new Error(`${report.lost} bets were never answered.`);
  if (report.accepted === 0 || refused.length > 0)
    throw new Error(
      `Bets were refused: ${JSON.stringify(report.refused)} beside ${report.accepted}.`,
    );
};

export type BetWorker = Worker<BetsRequest, BetsReport | undefined>;

export const startBetWorker = async (stage: Stage): Promise<BetWorker> => {
  const worker: BetWorker = await startWorker(new URL("../load/bets.ts", import.meta.url));
  stage.defer(worker.stop);
  return worker;
};

export const warmUpMsOf = ({ quick }: Pick<Stage, "quick">) =>
  quick ? WARM_UP_MS.quick : WARM_UP_MS.full;

/** One round of bets on `server`, each bettor on a socket of its own. Fails when a bet is refused or lost. */
export const playRound = async (
  {
    bettors,
    server,
    worker,
  }: {
    readonly server: Server;
    readonly worker: BetWorker;
    readonly bettors: ReadonlyArray<Bettor>;
  },
  request: BetsRequest & { readonly warmUpMs: number; readonly measureMs: number },
): Promise<BetRound> => {
  const run = randomBytes(4).toString("hex");
  await worker.ask({ type: "connect", host: HOST, port: server.port, run, bettors }, CONNECT_MS);
  const cpuBefore = processCpuMs(server.pid);
  const report = await worker.ask(request, request.warmUpMs + request.measureMs + GRACE_MS);
  const cpuAfter = processCpuMs(server.pid);
  // Closed, so that no frames are sent while it is the peer's turn.
  await worker.ask({ type: "close" }, CONNECT_MS);
  if (report === undefined) throw new Error("The load gave no report.");
  assertWhole(report);
  const serverCpuMs =
    cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return { ...report, serverCpuMs };
};

export const openBetLoad = async (stage: Stage): Promise<BetLoad> => {
  const database = await stage.postgres.createDatabase("ours");
  stage.defer(database.drop);
  const server = await startServer(database);
  stage.defer(server.stop);
  const worker = await startBetWorker(stage);
  const warmUpMs = warmUpMsOf(stage);

  const round = async (
    request: BetsRequest & { readonly warmUpMs: number; readonly measureMs: number },
  ): Promise<BetRound> => {
    const players = await joinMany(server.url, SOCKETS);
    await bettingLobby(server.url, players[0]!.lobbyId);
    const bettors = players.map(({ token }, index) => ({ token, bet: betOf(index, STAKE_MINOR) }));
    return playRound({ server, worker, bettors }, request);
  };

  return {
    server,
    closedLoop: (depth, seconds) =>
      round({ type: "closed-loop", depth, warmUpMs, measureMs: seconds * 1000 }),
    openLoop: (perSecond, seconds) =>
      round({ type: "open-loop", perSecond, warmUpMs, measureMs: seconds * 1000 }),
  };
};

/** What a bet cost in CPU time, in microseconds, on the client's side; and how the latency was. */
export const describeRound = (round: BetRound): string =>
  `p50 ${round.p50Ms.toFixed(1)} ms, p99 ${round.p99Ms.toFixed(1)} ms; the load client used ${((round.cpuMs * 1000) / round.accepted).toFixed(0)} µs of CPU a bet`;
