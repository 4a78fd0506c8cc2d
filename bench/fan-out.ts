import type { Bench, Stage } from "./Bench.ts";
import type { SubscribersReport, SubscribersRequest } from "./load/subscribers.ts";
import type { PublishReply, PublishRequest } from "./peers/uws-publish.ts";
import { joinMany } from "./support/Players.ts";
import { processCpuMs } from "./support/ProcessCpu.ts";
import { interleave, median } from "./support/Rounds.ts";
import { HOST, startServer } from "./support/Server.ts";
import { startWorker, type Worker } from "./support/Worker.ts";

const SOCKETS = { full: 5_000, quick: 1_000 };
const FRAMES_PER_SECOND = 20;
/** Who the spectators are; each watches on many sockets, for what counts here is the sockets. */
const PLAYERS = 100;
const CONNECT_MS = 60_000;
const GRACE_MS = 20_000;

/** Races follow each other closely, each longer than a round: positions are sent while one runs. */
const SETTINGS = {
  BETTING_SECONDS: "2",
  RESULTS_SECONDS: "2",
  RACING_SECONDS: "40",
  STATE_SYNC_HZ: String(FRAMES_PER_SECOND),
};
/** A round begins at most this far into a race, so that it ends before the first runner does. */
const LATEST_TICK = 15 * FRAMES_PER_SECOND;
/** Longer than the rest of a race and all phases without positions together. */
const RACE_BEGINS_MS = 50_000;

interface Source {
  readonly port: number;
  readonly pid: number;
  readonly paths: ReadonlyArray<string>;
  readonly latestTick: number;
}

interface Round extends SubscribersReport {
  readonly serverCpuMs: number | undefined;
}

type Spectators = Worker<SubscribersRequest, SubscribersReport | undefined>;

const round = async (stage: Stage, spectators: Spectators, source: Source): Promise<Round> => {
  const { port, pid, paths, latestTick } = source;
  const sockets = stage.quick ? SOCKETS.quick : SOCKETS.full;
  await spectators.ask({ type: "connect", host: HOST, port, paths, sockets }, CONNECT_MS);
  const deadlineMs = RACE_BEGINS_MS;
  await spectators.ask({ type: "await-ticks", latestTick, deadlineMs }, deadlineMs + GRACE_MS);
  const cpuBefore = processCpuMs(pid);
  const measureMs = stage.seconds * 1000;
  const report = await spectators.ask({ type: "measure", measureMs }, measureMs + GRACE_MS);
  const cpuAfter = processCpuMs(pid);
  // Closed, so that nothing is sent while it is the other's turn.
  await spectators.ask({ type: "close" }, CONNECT_MS);
  if (report === undefined) throw new Error("The spectators gave no report.");
  const serverCpuMs =
    cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return { ...report, serverCpuMs };
};

const describe = (rounds: ReadonlyArray<Round>) => {
  const last = rounds.at(-1)!;
  const lost = rounds.reduce((sum, report) => sum + report.lost, 0);
  const closed = rounds.reduce((sum, report) => sum + report.closed, 0);
  const cost =
    last.serverCpuMs === undefined
      ? ""
      : `, ${((last.serverCpuMs * 1000) / last.frames).toFixed(1)} µs of server CPU a frame`;
  return `${lost} frames lost, ${closed} sockets closed${cost}`;
};

export const fanOut: Bench = {
  name: "fan-out",
  about: `one lobby's positions to ${SOCKETS.full} sockets, ${FRAMES_PER_SECOND} frames/s, against bare uWebSockets.js publishing the same bytes`,
  unit: "frames/s",
  bar: { ratioAtLeast: 0.8 },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("ours");
    stage.defer(database.drop);
    const server = await startServer(database, SETTINGS);
    stage.defer(server.stop);
    const players = await joinMany(server.url, PLAYERS);
    const paths = players.map(({ token }) => `/ws?token=${token}`);
    const spectators: Spectators = await startWorker(
      new URL("load/subscribers.ts", import.meta.url),
    );
    stage.defer(spectators.stop);
    const ours = { port: server.port, pid: server.pid, paths, latestTick: LATEST_TICK };

    stage.progress("taking one of our frames for the peer to send");
    const { sample } = await round({ ...stage, quick: true, seconds: 0.2 }, spectators, ours);
    const publisher = await startWorker<PublishRequest, PublishReply>(
      new URL("peers/uws-publish.ts", import.meta.url),
    );
    stage.defer(publisher.stop);
    const publishing = { sample, framesPerSecond: FRAMES_PER_SECOND, field: "tick" } as const;
    const { port } = await publisher.ask(publishing, GRACE_MS);
    const latestTick = Number.POSITIVE_INFINITY;
    const peer = { port, pid: publisher.pid, paths: ["/"], latestTick };

    stage.progress(`frames of ${sample.length} bytes`);
    const { a, b } = await interleave(stage.rounds, {
      a: () => round(stage, spectators, ours),
      b: () => round(stage, spectators, peer),
    });
    const lost = a.reduce((sum, report) => sum + report.lost + report.closed, 0);
    return {
      // A frame lost is a promise broken: no rate makes up for it.
      ours: lost > 0 ? 0 : median(a.map(({ framesPerSecond }) => framesPerSecond)),
      peer: median(b.map(({ framesPerSecond }) => framesPerSecond)),
      notes: [
        `ours: ${describe(a)}`,
        `peer: ${describe(b)}`,
        `the spectators used ${((a.at(-1)!.cpuMs / (stage.seconds * 1000)) * 100).toFixed(0)}% of a core`,
      ],
    };
  },
};
