import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Stage } from "./Bench.ts";
import type { Arrivals, IdleRequest } from "./load/idle.ts";
import { joinMany, type Player } from "./support/Players.ts";
import { processCpuMs } from "./support/ProcessCpu.ts";
import { openFilesLimit, residentBytes } from "./support/ProcessMemory.ts";
import { median } from "./support/Rounds.ts";
import { HOST, type Server, startServer } from "./support/Server.ts";
import { openShortLobby } from "./support/ShortLobby.ts";
import { SECRET, tokens } from "./support/Tokens.ts";
import { startWorker, type Worker } from "./support/Worker.ts";

/** As many as a process takes: `MAX_SOCKETS` of the gateway. */
const SOCKETS = { full: 50_000, quick: 2_000 };
/** An address has 28,000 ports to connect from by Linux's default. */
const SOCKETS_PER_CLIENT = 12_500;
/** What the server opens beside sockets: its database, its log, its libraries. */
const OTHER_FILES = 200;
/** Who they are; each watches on many sockets, for what counts here is the sockets. */
const PLAYERS = 100;
const TOKEN_LIFETIME_MS = 24 * 3_600_000;
/** Sockets opened before the memory is read first: what is made once is not the next ones' cost. */
const FIRST_SOCKETS = 500;
/** Memory is read when answers have left and the garbage of connecting has had time to be collected. */
const SETTLE_MS = 3_000;
const IDLE_MS = 5_000;

const CONNECT_MS = 120_000;
const BROADCAST_MS = 20_000;
const GRACE_MS = 10_000;

const BROADCAST_AT_MOST_MS = 1_000;
const KILOBYTE = 1000;

type Client = Worker<IdleRequest, Arrivals | undefined>;

/** Source addresses beside 127.0.0.1 exist on Linux without being set up. */
const sourceOf = (client: number) =>
  process.platform === "linux" ? { localAddress: `127.0.0.${client + 2}` } : {};

const pathsOf = (players: ReadonlyArray<Player>, lobbyId: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const { playerId } = players[i % players.length]!;
      // Another token for each, by its lifetime: the server verifies and remembers every one.
      const claims = { playerId, lobbyId: undefined, roles: ["player"] as const };
      const { token } = await tokens.issue(claims, { lifetimeMs: TOKEN_LIFETIME_MS + i * 1000 });
      return `/ws?lobby_id=${lobbyId}&token=${token}`;
    }),
  );

/** Splits `paths` among processes, and opens them all. */
const openAll = async (
  stage: Stage,
  server: Server,
  paths: ReadonlyArray<string>,
  firstSource: number,
): Promise<ReadonlyArray<Client>> => {
  const parts = Array.from({ length: Math.ceil(paths.length / SOCKETS_PER_CLIENT) }, (_, i) =>
    paths.slice(i * SOCKETS_PER_CLIENT, (i + 1) * SOCKETS_PER_CLIENT),
  );
  const clients = await Promise.all(
    parts.map(async () => {
      const client: Client = await startWorker(new URL("load/idle.ts", import.meta.url));
      stage.defer(client.stop);
      return client;
    }),
  );
  await Promise.all(
    clients.map((client, i) =>
      client.ask(
        {
          type: "connect",
          host: HOST,
          port: server.port,
          ...sourceOf(firstSource + i),
          paths: parts[i]!,
        },
        CONNECT_MS,
      ),
    ),
  );
  return clients;
};

const askAll = (clients: ReadonlyArray<Client>, request: IdleRequest, deadlineMs: number) =>
  Promise.all(clients.map((client) => client.ask(request, deadlineMs + GRACE_MS)));

interface Broadcast {
  /** From the command's request to the last socket. */
  readonly totalMs: number;
  /** From the first socket to the last. */
  readonly spreadMs: number;
  readonly closed: number;
}

/** Stops a lobby that all watch: a command, a commit, and one frame to every socket. */
const broadcast = async (
  clients: ReadonlyArray<Client>,
  lobby: { readonly lobbyId: string; readonly stop: () => Promise<unknown> },
): Promise<Broadcast> => {
  const text = `"type":"RACE_STATE_CHANGED","lobby_id":"${lobby.lobbyId}"`;
  await askAll(clients, { type: "expect", text }, GRACE_MS);
  const arrived = askAll(clients, { type: "collect", deadlineMs: BROADCAST_MS }, BROADCAST_MS);
  const startedAtMs = Number(process.hrtime.bigint()) / 1e6;
  await lobby.stop();
  const arrivals = (await arrived).flatMap((one) => (one === undefined ? [] : [one]));
  const firstAtMs = Math.min(...arrivals.map((one) => one.firstAtMs));
  const lastAtMs = Math.max(...arrivals.map((one) => one.lastAtMs));
  return {
    totalMs: lastAtMs - startedAtMs,
    spreadMs: lastAtMs - firstAtMs,
    closed: arrivals.reduce((sum, one) => sum + one.closed, 0),
  };
};

/** CPU that the server uses while nobody says anything, in per cent of a core. */
const idleCpu = async ({ pid }: Server): Promise<string> => {
  const before = processCpuMs(pid);
  await delay(IDLE_MS);
  const after = processCpuMs(pid);
  return before === undefined || after === undefined
    ? "unknown"
    : `${(((after - before) / IDLE_MS) * 100).toFixed(0)}% of a core`;
};

export const idleSockets: Bench = {
  name: "idle-sockets",
  about: `${SOCKETS.full} silent WebSockets on one process, then one frame of their lobby to all: from the command to the last socket`,
  unit: "ms",
  bar: { oursAtMost: BROADCAST_AT_MOST_MS },
  run: async (stage) => {
    const wanted = stage.quick ? SOCKETS.quick : SOCKETS.full;
    const possible = (openFilesLimit() ?? Number.POSITIVE_INFINITY) - OTHER_FILES;
    const held = Math.min(wanted, possible);
    const database = await stage.postgres.createDatabase("idle");
    stage.defer(database.drop);
    const server = await startServer(database, { DEMO: "0", JWT_SECRET: SECRET });
    stage.defer(server.stop);

    stage.progress("lobbies whose race is over, so that nothing moves in them");
    const lobbies = await Promise.all(
      Array.from({ length: stage.rounds }, () => openShortLobby(server)),
    );
    const players = await joinMany(server.url, PLAYERS);
    await Promise.all(lobbies.map((lobby) => lobby.untilPaid()));
    const [home, ...others] = lobbies;
    const paths = await pathsOf(players, home!.lobbyId, held);

    const first = await openAll(stage, server, paths.slice(0, FIRST_SOCKETS), 0);
    await delay(SETTLE_MS);
    const memoryBefore = residentBytes(server.pid);
    stage.progress(`opening ${held} sockets`);
    const startedAt = performance.now();
    const clients = [
      ...first,
      ...(await openAll(stage, server, paths.slice(FIRST_SOCKETS), first.length)),
    ];
    const connectSeconds = (performance.now() - startedAt) / 1000;
    await delay(SETTLE_MS);
    const memoryAfter = residentBytes(server.pid);
    const cpu = await idleCpu(server);

    stage.progress("each watches the other lobbies too, one for each broadcast");
    for (const { lobbyId } of others) {
      const topic = `lobby:${lobbyId}`;
      const text = JSON.stringify({ type: "SUBSCRIBE", id: "1", topic });
      const answer = `"type":"SUBSCRIBED","id":"1","topic":"${topic}"`;
      await askAll(clients, { type: "say", text, answer, deadlineMs: CONNECT_MS }, CONNECT_MS);
    }
    const rounds: Array<Broadcast> = [];
    for (const lobby of lobbies) rounds.push(await broadcast(clients, lobby));

    const closed = rounds.at(-1)!.closed;
    const totalMs = median(rounds.map((round) => round.totalMs));
    const spreadMs = median(rounds.map((round) => round.spreadMs));
    const bytesEach =
      memoryBefore === undefined || memoryAfter === undefined
        ? Number.NaN
        : (memoryAfter - memoryBefore) / (held - FIRST_SOCKETS);
    return {
      // Sockets that were to be held and were not: no speed makes up for them.
      ours: closed > 0 ? Number.POSITIVE_INFINITY : totalMs * (wanted / held),
      notes: [
        `held: ${held - closed} of ${held} sockets; ${((held - FIRST_SOCKETS) / connectSeconds).toFixed(0)} connections a second, each with a token of its own`,
        `${(bytesEach / KILOBYTE).toFixed(1)} KB of the process's memory a socket, two topics each; without the kernel's buffers, and without wallets of their own`,
        `idle: ${cpu}`,
        `one frame to all: ${totalMs.toFixed(0)} ms from the command to the last socket, commit included; ${spreadMs.toFixed(0)} ms from the first socket to the last (rounds: ${rounds.map((round) => round.totalMs.toFixed(0)).join(", ")})`,
        ...(held < wanted
          ? [
              `NOT ${wanted}: this machine lets a process open ${possible + OTHER_FILES} files (ulimit -Hn). The figure is the measured one times ${(wanted / held).toFixed(2)}`,
            ]
          : []),
      ],
    };
  },
};
