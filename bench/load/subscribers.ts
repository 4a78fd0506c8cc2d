/**
 * Spectators: many sockets that only listen, in a process of their own. Counts the sampled frames (`STATE_SYNC`) that
 * each socket gets, by the race's tick, so that a missing one is seen on the very socket that missed it.
 */
import { setTimeout as delay } from "node:timers/promises";
import { serveWorker } from "../support/Worker.ts";
import { openRawSocket, type RawSocket } from "./RawSocket.ts";

export type SubscribersRequest =
  | {
      readonly type: "connect";
      readonly host: string;
      readonly port: number;
      /** Socket `i` opens path `i` modulo their count. */
      readonly paths: ReadonlyArray<string>;
      readonly sockets: number;
    }
  /** Resolves when every socket got a frame with a tick, none later in its race than `latestTick`. */
  | { readonly type: "await-ticks"; readonly latestTick: number; readonly deadlineMs: number }
  | { readonly type: "measure"; readonly measureMs: number }
  | { readonly type: "close" };

export interface SubscribersReport {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Frames that were sent between the first and the last that a socket got, and that it did not get. */
  readonly lost: number;
  /** Sockets that the server closed. */
  readonly closed: number;
  /** Ticks seen by the socket that saw the fewest. */
  readonly fewestOnASocket: number;
  readonly cpuMs: number;
  /** One frame as it came, for a peer that is to send the same bytes. */
  readonly sample: string;
}

/** Connections opened at once: a server's listening backlog holds a few hundred. */
const CONNECTING = 100;
const PACE_MS = 20;

const SYNC_TYPE = Buffer.from('"type":"STATE_SYNC"');
const TICK_FIELD = Buffer.from('"tick":');
const NO_TICK = -1;

/** Where the tick stood in the last frame; all frames of one race are alike, so it is there again. */
let tickAt = 0;

const tickOf = (bytes: Buffer, start: number, end: number): number => {
  let at = start + tickAt;
  const field = TICK_FIELD.length;
  const here =
    at + field < end &&
    bytes[at] === TICK_FIELD[0] &&
    bytes[at + 1] === TICK_FIELD[1] &&
    bytes[at + 2] === TICK_FIELD[2] &&
    bytes[at + field - 1] === TICK_FIELD[field - 1];
  if (!here) {
    const frame = bytes.subarray(start, end);
    const found = frame.includes(SYNC_TYPE) ? frame.indexOf(TICK_FIELD) : -1;
    if (found < 0) return NO_TICK;
    tickAt = found;
    at = start + found;
  }
  let tick = 0;
  for (at += field; at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39; at += 1)
    tick = tick * 10 + bytes[at]! - 0x30;
  return tick;
};

let sockets: Array<RawSocket> = [];
let closed = 0;
let measuring = false;
let frames = 0;
let sample = "";
let raceEnded = false;
/** By socket: its last tick; and of the measured time the first one and how many. */
let lastTick = new Int32Array(0);
let firstTick = new Int32Array(0);
let ticksSeen = new Int32Array(0);
/** Ticks of the measured time that came to any socket: those were sent, and are due to every one. */
const ticksSent = new Set<number>();

const onFrame = (index: number, tick: number) => {
  if (measuring) {
    if (tick < lastTick[index]!) raceEnded = true;
    if (ticksSeen[index] === 0) firstTick[index] = tick;
    ticksSeen[index]! += 1;
    ticksSent.add(tick);
    frames += 1;
  }
  lastTick[index] = tick;
};

/** Frames that were sent between a socket's first and last, and that it did not get; over all sockets. */
const countLost = () => {
  const sent = [...ticksSent].toSorted((a, b) => a - b);
  const place = new Map(sent.map((tick, at) => [tick, at]));
  let lost = 0;
  for (const [index, seen] of ticksSeen.entries())
    if (seen > 0) lost += place.get(lastTick[index]!)! - place.get(firstTick[index]!)! + 1 - seen;
  return lost;
};

const connect = async (request: SubscribersRequest & { readonly type: "connect" }) => {
  lastTick = new Int32Array(request.sockets).fill(NO_TICK);
  firstTick = new Int32Array(request.sockets);
  ticksSeen = new Int32Array(request.sockets);
  closed = 0;
  sockets = [];
  for (let from = 0; from < request.sockets; from += CONNECTING) {
    const count = Math.min(CONNECTING, request.sockets - from);
    const opened = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        openRawSocket({
          host: request.host,
          port: request.port,
          path: request.paths[(from + i) % request.paths.length]!,
          onText: (bytes, start, end) => {
            const tick = tickOf(bytes, start, end);
            if (tick === NO_TICK) return;
            if (sample === "") sample = bytes.toString("utf8", start, end);
            onFrame(from + i, tick);
          },
          onEnd: () => {
            closed += 1;
          },
        }),
      ),
    );
    sockets.push(...opened);
  }
};

const awaitTicks = async (latestTick: number, deadlineMs: number) => {
  lastTick.fill(NO_TICK);
  const deadline = performance.now() + deadlineMs;
  while (lastTick.some((tick) => tick === NO_TICK || tick > latestTick)) {
    if (performance.now() > deadline) {
      const silent = lastTick.filter((tick) => tick === NO_TICK || tick > latestTick).length;
      throw new Error(
        `${silent} of ${lastTick.length} sockets got no frame of an early tick in ${deadlineMs} ms; the server closed ${closed}.`,
      );
    }
    await delay(PACE_MS);
  }
};

const measure = async (measureMs: number): Promise<SubscribersReport> => {
  frames = 0;
  raceEnded = false;
  ticksSeen.fill(0);
  ticksSent.clear();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  measuring = true;
  await delay(measureMs);
  measuring = false;
  const elapsedMs = performance.now() - startedAt;
  const used = process.cpuUsage(cpu);
  if (raceEnded) throw new Error("The race ended in the middle of the round: use shorter rounds.");
  return {
    frames,
    framesPerSecond: frames / (elapsedMs / 1000),
    lost: countLost(),
    closed,
    fewestOnASocket: ticksSeen.reduce((fewest, seen) => Math.min(fewest, seen)),
    cpuMs: (used.user + used.system) / 1000,
    sample,
  };
};

serveWorker<SubscribersRequest, SubscribersReport | undefined>(async (request) => {
  switch (request.type) {
    case "connect":
      await connect(request);
      return undefined;
    case "await-ticks":
      await awaitTicks(request.latestTick, request.deadlineMs);
      return undefined;
    case "measure":
      return measure(request.measureMs);
    case "close":
      for (const socket of sockets) socket.close();
      sockets = [];
      return undefined;
  }
});
