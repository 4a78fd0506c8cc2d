import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "./Bench.ts";
import { openRawSocket } from "./load/RawSocket.ts";
import type { ReservationsRequest, StampedeReport } from "./load/reservations.ts";
import { clientFrame, OPCODE } from "./load/WebSocketFrames.ts";
import { joinMany } from "./support/Players.ts";
import { adminToken, openRaffle } from "./support/Raffle.ts";
import { HOST, startServer } from "./support/Server.ts";
import { median } from "./support/Rounds.ts";
import { startWorker } from "./support/Worker.ts";

const RESERVATIONS = { full: 5_000, quick: 1_000 };
const EACH = 2;
/** Long enough for all of them to be made before the first ends. */
const SELECTION_SECONDS = 8;
const RUSH_MS = 30_000;
const CONNECT_MS = 120_000;
/** After this nobody waits any more. */
const LATE_MS = 15_000;
const PACE_MS = 5;
/** Bar of the raffle's promise. */
const WITHIN_MS = 1_000;

interface Change {
  readonly status: string;
  readonly reservation_id: string;
  readonly expired?: true;
}

/**
 * Watches a raffle over `/ws` and notes when each reservation was told to have run out. The deadline and this clock are one
 * machine's.
 */
const watchExpiries = async (port: number, token: string, raffleId: string) => {
  const freedAt = new Map<string, number>();
  let heard: (text: string) => void = () => undefined;
  const socket = await openRawSocket({
    host: HOST,
    port,
    path: `/ws?token=${token}`,
    onText: (bytes, start, end) => heard(bytes.toString("utf8", start, end)),
    onEnd: (code) => {
      throw new Error(`The watcher was closed with ${code}.`);
    },
  });
  await new Promise<void>((resolve) => {
    heard = (text) => {
      const frame = JSON.parse(text) as {
        readonly type: string;
        readonly changes?: ReadonlyArray<Change>;
      };
      if (frame.type === "RAFFLE_SNAPSHOT") resolve();
      for (const change of frame.changes ?? [])
        if (change.expired === true) freedAt.set(change.reservation_id, Date.now());
    };
    const subscribe = { type: "SUBSCRIBE", topic: `raffle:${raffleId}` };
    socket.send(clientFrame(OPCODE.text, Buffer.from(JSON.stringify(subscribe))));
  });
  return { freedAt, close: () => socket.close() };
};

/** How many journal entries freed them. */
const ENTRIES = `SELECT count(*)::int AS entries FROM journal
WHERE kind = 'raffle' AND entity_id = $1 AND events::text LIKE '%ClaimsExpired%'`;

export const raffleExpiry: Bench = {
  name: "raffle-expiry",
  about: `${RESERVATIONS.full} reservations that run out together: the latest is freed and told so long after its deadline`,
  unit: "ms",
  bar: { oursAtMost: WITHIN_MS },
  run: async (stage) => {
    const count = stage.quick ? RESERVATIONS.quick : RESERVATIONS.full;
    const database = await stage.postgres.createDatabase("ours");
    stage.defer(database.drop);
    const server = await startServer(database, { SELECTION_SECONDS: String(SELECTION_SECONDS) });
    stage.defer(server.stop);
    const players = await joinMany(server.url, count);
    const admin = await adminToken(server.url);
    const worker = await startWorker<ReservationsRequest, StampedeReport | undefined>(
      new URL("load/reservations.ts", import.meta.url),
    );
    stage.defer(worker.stop);
    const tokens = players.map(({ token }) => token);
    await worker.ask({ type: "connect", host: HOST, port: server.port, tokens }, CONNECT_MS);

    const round = async (seed: number) => {
      const totalNumbers = count * EACH * 2;
      const raffleId = await openRaffle(server.url, admin, totalNumbers);
      const watcher = await watchExpiries(server.port, admin, raffleId);
      const rush = {
        type: "stampede",
        crowd: "rush",
        raffleId,
        totalNumbers,
        each: EACH,
        seed,
      } as const;
      const report = await worker.ask({ ...rush, deadlineMs: RUSH_MS }, RUSH_MS + LATE_MS);
      if (report === undefined) throw new Error("The buyers gave no report.");
      const lastDeadline = Math.max(...report.deadlines.map(([, deadline]) => deadline));
      while (watcher.freedAt.size < count) {
        if (Date.now() > lastDeadline + LATE_MS)
          throw new Error(`${watcher.freedAt.size} of ${count} were freed.`);
        await delay(PACE_MS);
      }
      watcher.close();
      const lateness = report.deadlines.map(
        ([id, deadline]) => watcher.freedAt.get(id)! - deadline,
      );
      const firstDeadline = Math.min(...report.deadlines.map(([, deadline]) => deadline));
      const [{ entries } = { entries: 0 }] = await database.query<{ entries: number }>(ENTRIES, [
        raffleId,
      ]);
      return {
        latestMs: Math.max(...lateness),
        earliestMs: Math.min(...lateness),
        medianMs: median(lateness),
        spreadMs: lastDeadline - firstDeadline,
        entries,
      };
    };
    const rounds = [];
    for (let seed = 1; seed <= stage.rounds; seed += 1) rounds.push(await round(seed));
    const last = rounds.at(-1)!;
    return {
      ours: Math.max(...rounds.map(({ latestMs }) => latestMs)),
      notes: [
        `${count} deadlines within ${last.spreadMs} ms; freed by ${last.entries} journal entries (one decision frees all that are due), no query each`,
        `after its deadline: earliest ${last.earliestMs} ms, median ${last.medianMs} ms, latest ${rounds.map(({ latestMs }) => latestMs).join(", ")} ms by round; at ${WITHIN_MS} ms a promise is broken`,
      ],
    };
  },
};
