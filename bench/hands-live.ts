import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { generateHand } from "../src/hands/generator/HandGenerator.ts";
import type { Bench } from "./Bench.ts";
import { openRawSocket } from "./load/RawSocket.ts";
import { HOST, startServer } from "./support/Server.ts";

const HANDS = { full: 1000, quick: 200 };
const SOCKETS = 50;
const TABLES = 4;
const SEED = 7;
/** Twenty hands a second: a hall of players, not one. */
const PACE_MS = 50;
const WITHIN_MS = 500;
const SETTLE_MS = 10_000;

interface NewHand {
  readonly type: string;
  readonly data?: { readonly hand_id?: string };
}

const percentile = (sorted: ReadonlyArray<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const handsLive: Bench = {
  name: "hands-live",
  about: `a hand is written to a watched file: until the last of ${SOCKETS} sockets has it, 99th percentile`,
  unit: "ms",
  bar: { oursAtMost: WITHIN_MS },
  run: async (stage) => {
    const count = stage.quick ? HANDS.quick : HANDS.full;
    const folder = await mkdtemp(join(tmpdir(), "croupier-live-"));
    stage.defer(() => rm(folder, { recursive: true, force: true }));
    const database = await stage.postgres.createDatabase("live");
    stage.defer(database.drop);
    const server = await startServer(database, { HANDS_DIR: folder });
    stage.defer(server.stop);
    /** By hand, when each socket had it. */
    const heard = new Map<string, Array<number>>();
    const listen = () =>
      openRawSocket({
        host: HOST,
        port: server.port,
        path: "/ws?client_name=bench",
        onText: (bytes, start, end) => {
          const { data, type } = JSON.parse(bytes.toString("utf8", start, end)) as NewHand;
          if (type === "new_hand" && data?.hand_id !== undefined)
            heard.get(data.hand_id)?.push(performance.now());
        },
        onEnd: (code) => {
          throw new Error(`A socket was closed with ${code}.`);
        },
      });
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, listen));
    stage.defer(async () => sockets.forEach((socket) => socket.close()));

    const writtenAt = new Map<string, number>();
    for (let n = 0; n < count; n += 1) {
      const { hand, text } = generateHand(SEED, n);
      heard.set(hand.handId, []);
      const path = join(folder, `20240501_Table ${n % TABLES}_real_holdem_no-limit.txt`);
      await appendFile(path, text);
      writtenAt.set(hand.handId, performance.now());
      await delay(PACE_MS);
    }
    const isComplete = () => [...heard.values()].every((times) => times.length >= SOCKETS);
    for (let waited = 0; waited < SETTLE_MS && !isComplete(); waited += PACE_MS)
      await delay(PACE_MS);
    const wrong = [...heard.values()].filter((times) => times.length !== SOCKETS).length;
    if (wrong > 0) throw new Error(`${wrong} of ${count} hands did not come once to each socket.`);

    const latencies = [...heard]
      .map(([id, times]) => Math.max(...times) - (writtenAt.get(id) ?? Number.NaN))
      .toSorted((a, b) => a - b);
    const [p50, p99, max] = [0.5, 0.99, 1].map((share) => percentile(latencies, share));
    return {
      ours: p99 ?? Number.NaN,
      notes: [
        `${count} hands, one each ${PACE_MS} ms over ${TABLES} files, each to ${SOCKETS} sockets once: median ${p50?.toFixed(0)} ms, p99 ${p99?.toFixed(0)} ms, longest ${max?.toFixed(0)} ms`,
        "on the way: the system's notice, the read, the commit of the hand, the commit of its announcement",
      ],
    };
  },
};
