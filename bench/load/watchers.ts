/**
 * Watchers of one raffle: many sockets that only listen, in a process of their own. Each must get every version, one after
 * another; what comes twice, late or not at all is counted on the very socket that it happened to.
 */
import { setTimeout as delay } from "node:timers/promises";
import { serveWorker } from "../support/Worker.ts";
import { openRawSocket, type RawSocket } from "./RawSocket.ts";

export type WatchersRequest =
  | {
      readonly type: "connect";
      readonly host: string;
      readonly port: number;
      readonly path: string;
      readonly sockets: number;
    }
  /** Counts frames until `measureMs` are over. */
  | { readonly type: "measure"; readonly measureMs: number }
  | { readonly type: "close" };

export interface WatchersReport {
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Frames whose version was not one more than that of the frame before, over all sockets. */
  readonly outOfOrder: number;
  /** Versions that the socket with the fewest got, and the one with the most. */
  readonly fewest: number;
  readonly most: number;
  readonly closed: number;
  readonly cpuMs: number;
  /** One frame as it came, for a peer that is to send the same bytes. */
  readonly sample: string;
}

const CONNECTING = 100;
const PACE_MS = 20;
const VERSION_FIELD = Buffer.from('"state_version":');
const UPDATE = Buffer.from('"type":"number_update"');
const UNSEEN = -1;

let sockets: Array<RawSocket> = [];
let closed = 0;
let frames = 0;
let outOfOrder = 0;
let sample = "";
let measuring = false;
let lastVersion = new Float64Array(0);
let seen = new Int32Array(0);

/** The version stands near the end of a frame. */
const versionOf = (bytes: Buffer, start: number, end: number): number => {
  const found = bytes.lastIndexOf(VERSION_FIELD, end - 1);
  if (found < start) return UNSEEN;
  let version = 0;
  for (
    let at = found + VERSION_FIELD.length;
    at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39;
    at += 1
  )
    version = version * 10 + bytes[at]! - 0x30;
  return version;
};

const onText = (index: number, bytes: Buffer, start: number, end: number): void => {
  const version = versionOf(bytes, start, end);
  if (version === UNSEEN) return;
  if (sample === "") {
    // The first frame of a socket may be the whole raffle.
    const at = bytes.indexOf(UPDATE, start);
    if (at < 0 || at >= end) return;
    sample = bytes.toString("utf8", start, end);
  }
  const last = lastVersion[index]!;
  if (last !== UNSEEN && version !== last + 1) outOfOrder += 1;
  lastVersion[index] = version;
  if (!measuring) return;
  frames += 1;
  seen[index]! += 1;
};

const connect = async (request: WatchersRequest & { readonly type: "connect" }) => {
  lastVersion = new Float64Array(request.sockets).fill(UNSEEN);
  seen = new Int32Array(request.sockets);
  closed = 0;
  outOfOrder = 0;
  sample = "";
  sockets = [];
  for (let from = 0; from < request.sockets; from += CONNECTING) {
    const count = Math.min(CONNECTING, request.sockets - from);
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: count }, (_, i) =>
          openRawSocket({
            host: request.host,
            port: request.port,
            path: request.path,
            onText: (bytes, start, end) => onText(from + i, bytes, start, end),
            onEnd: () => {
              closed += 1;
            },
          }),
        ),
      )),
    );
  }
};

const measure = async (measureMs: number): Promise<WatchersReport> => {
  // Every socket has begun to hear before the clock runs.
  const deadline = performance.now() + measureMs + 5_000;
  while (lastVersion.some((version) => version === UNSEEN) || sample === "") {
    if (performance.now() > deadline) throw new Error("Some watchers heard nothing.");
    await delay(PACE_MS);
  }
  frames = 0;
  seen.fill(0);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  measuring = true;
  await delay(measureMs);
  measuring = false;
  const elapsedMs = performance.now() - startedAt;
  const used = process.cpuUsage(cpu);
  return {
    frames,
    framesPerSecond: frames / (elapsedMs / 1000),
    outOfOrder,
    fewest: seen.reduce((fewest, count) => Math.min(fewest, count)),
    most: seen.reduce((most, count) => Math.max(most, count)),
    closed,
    cpuMs: (used.user + used.system) / 1000,
    sample,
  };
};

serveWorker<WatchersRequest, WatchersReport | undefined>(async (request) => {
  switch (request.type) {
    case "connect":
      await connect(request);
      return undefined;
    case "measure":
      return measure(request.measureMs);
    case "close":
      for (const socket of sockets) socket.close();
      sockets = [];
      return undefined;
  }
});
