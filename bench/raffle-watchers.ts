import type { Bench, Stage } from "./Bench.ts";
import type { WatchersReport, WatchersRequest } from "./load/watchers.ts";
import type { PublishReply, PublishRequest } from "./peers/uws-publish.ts";
import { post } from "./support/Api.ts";
import { join } from "./support/Players.ts";
import { adminToken, openRaffle } from "./support/Raffle.ts";
import { processCpuMs } from "./support/ProcessCpu.ts";
import { interleave, median } from "./support/Rounds.ts";
import { HOST, startServer } from "./support/Server.ts";
import { startWorker } from "./support/Worker.ts";

const WATCHERS = { full: 2_000, quick: 500 };
/** Each is a number added to or removed from a reservation: a request, a commit and a frame to everyone. */
const CHANGES_PER_SECOND = 50;
const NUMBERS = 10_000;
const CONNECT_MS = 60_000;
const GRACE_MS = 20_000;

interface Source {
  readonly port: number;
  readonly pid: number;
  readonly path: string;
}

/** A player that adds and removes a number in turns, at a rate, until stopped. */
const changeOften = async (url: string, admin: string) => {
  const raffleId = await openRaffle(url, admin, NUMBERS);
  const { token } = await join(url, "Changer");
  const { reservation } = await post<{ readonly reservation: { readonly id: string } }>(
    `${url}/api/v1/reservations`,
    { raffle_id: raffleId, number_ids: ["1"] },
    token,
  );
  const act = (name: string) =>
    post(`${url}/api/v1/reservations/${reservation.id}/${name}`, { number_id: "2" }, token);
  let running = true;
  let changes = 0;
  let stopped: Promise<void> | undefined;
  const start = () => {
    running = true;
    stopped = (async () => {
      const intervalMs = 1000 / CHANGES_PER_SECOND;
      let dueAt = performance.now();
      while (running) {
        await act(changes % 2 === 0 ? "add-number" : "remove-number");
        changes += 1;
        dueAt = Math.max(dueAt + intervalMs, performance.now());
        await new Promise((resolve) => {
          setTimeout(resolve, dueAt - performance.now());
        });
      }
    })();
  };
  const stop = async () => {
    running = false;
    await stopped;
  };
  return { raffleId, start, stop };
};

export const raffleWatchers: Bench = {
  name: "raffle-watchers",
  about: `each change of a raffle to ${WATCHERS.full} watchers, ${CHANGES_PER_SECOND}/s, against bare uWebSockets.js publishing the same bytes`,
  unit: "frames/s",
  bar: { ratioAtLeast: 0.8 },
  run: async (stage: Stage) => {
    const sockets = stage.quick ? WATCHERS.quick : WATCHERS.full;
    const database = await stage.postgres.createDatabase("ours");
    stage.defer(database.drop);
    const server = await startServer(database);
    stage.defer(server.stop);
    const changer = await changeOften(server.url, await adminToken(server.url));
    stage.defer(changer.stop);
    const watchers = await startWorker<WatchersRequest, WatchersReport | undefined>(
      new URL("load/watchers.ts", import.meta.url),
    );
    stage.defer(watchers.stop);

    const round = async ({ path, pid, port }: Source, seconds: number) => {
      await watchers.ask({ type: "connect", host: HOST, port, path, sockets }, CONNECT_MS);
      const cpuBefore = processCpuMs(pid) ?? 0;
      const report = await watchers.ask(
        { type: "measure", measureMs: seconds * 1000 },
        seconds * 1000 + GRACE_MS,
      );
      const cpuMs = (processCpuMs(pid) ?? 0) - cpuBefore;
      await watchers.ask({ type: "close" }, CONNECT_MS);
      if (report === undefined) throw new Error("The watchers gave no report.");
      return { ...report, serverCpuMs: cpuMs };
    };
    const ours = {
      port: server.port,
      pid: server.pid,
      path: `/api/v1/raffles/${changer.raffleId}/ws`,
    };
    const oursRound = async (seconds: number) => {
      changer.start();
      const report = await round(ours, seconds);
      await changer.stop();
      return report;
    };

    stage.progress("taking one of our frames for the peer to send");
    const { sample } = await oursRound(0.5);
    const publisher = await startWorker<PublishRequest, PublishReply>(
      new URL("peers/uws-publish.ts", import.meta.url),
    );
    stage.defer(publisher.stop);
    const { port } = await publisher.ask(
      { sample, framesPerSecond: CHANGES_PER_SECOND, field: "state_version" },
      GRACE_MS,
    );
    const peer = { port, pid: publisher.pid, path: "/" };
    const { a, b } = await interleave(stage.rounds, {
      a: () => oursRound(stage.seconds),
      b: () => round(peer, stage.seconds),
    });
    const faults = a.reduce((sum, { closed, outOfOrder }) => sum + closed + outOfOrder, 0);
    const last = a.at(-1)!;
    const peerLast = b.at(-1)!;
    const costUs = ({ frames, serverCpuMs }: { frames: number; serverCpuMs: number }) =>
      ((serverCpuMs * 1000) / frames).toFixed(1);
    return {
      // A version missed or out of its turn is a promise broken: no rate makes up for it.
      ours: faults > 0 ? 0 : median(a.map(({ framesPerSecond }) => framesPerSecond)),
      peer: median(b.map(({ framesPerSecond }) => framesPerSecond)),
      notes: [
        `ours: ${faults} versions missed or out of their turn, over ${sockets} sockets; ${costUs(last)} µs of server CPU a frame, the changes themselves (REST, commit) included`,
        `peer: ${costUs(peerLast)} µs a frame; frames of ${sample.length} bytes`,
        `a socket got ${last.fewest} to ${last.most} versions in the last round`,
      ],
    };
  },
};
