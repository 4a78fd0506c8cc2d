/**
 * The product as a child process, on a port of its own: what a user starts, so that tests may kill it. It runs what was
 * built, if that is newer than the sources, and else the sources themselves, which takes some seconds more to start.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { NODE_FLAGS } from "../../scripts/server-process.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = ["rpc", "entities", "src", "migrations"];
/** Compiling on the way, on a busy machine, a first start with an embedded database takes some seconds. */
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 25;
const PORT_TAKEN = /is the port taken\? (\w+) sets another/;
/** Below those that systems give to outgoing connections, which would take a port between two starts of a server. */
const PORTS = { from: 20_000, to: 32_000 };
/** By then a process has ended itself, whatever holds on (`LAST_RESORT_AFTER_SECONDS` after `SHUTDOWN_SECONDS`). */
const END_TIMEOUT_MS = 35_000;

/** How a process ended: its exit code, or the signal that ended it. */
export type Ending = number | NodeJS.Signals | null;

export interface Server {
  readonly url: string;
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: () => string;
  /** SIGTERM; resolves to its exit code when it has gone, rejects when it does not go. */
  readonly stop: () => Promise<Ending>;
  /** SIGKILL; resolves when it has gone. */
  readonly kill: () => Promise<void>;
  /** Resolves when it has gone, whenever that is and by whatever cause. */
  readonly exited: Promise<Ending>;
  /** The same within a deadline: rejects, and kills it, when it does not go. */
  readonly ended: () => Promise<Ending>;
}

export interface ServerOptions {
  /** Settings beside those of a quiet test server. `PORT` and `RPC_PORT` are free ones unless given. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it and resolves when `/health/ready` says so; rejects with what it printed when it ends before. */
export const startServer = async (options: ServerOptions = {}): Promise<Server> => {
  for (;;) {
    const server = await launchServer(options);
    try {
      await ready(server);
      return server;
    } catch (cause) {
      // A port that was free a moment ago may be taken by another test; one that was asked for is the asker's affair.
      const [, setting] = PORT_TAKEN.exec(server.output()) ?? [];
      if (setting === undefined || options.env?.[setting] !== undefined) throw cause;
    }
  }
};

/** Starts it without waiting for anything. */
export const launchServer = async ({ env = {} }: ServerOptions = {}): Promise<Server> => {
  const port = env["PORT"] ?? String(await freePort());
  const rpcPort = env["RPC_PORT"] ?? String(await freePort());
  const child = spawn(process.execPath, [...NODE_FLAGS, ...program()], {
    env: {
      PATH: process.env["PATH"],
      RATE_LIMIT_PER_SECOND: "0",
      // A test that pays by card says so; the others need no second process.
      SANDBOX_CARD: "off",
      ...env,
      PORT: port,
      RPC_PORT: rpcPort,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const keep = (chunk: Buffer) => (printed += chunk.toString());
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  // "close" comes after the last that it printed, "exit" might come before.
  const exited = once(child, "close").then(
    ([code, signal]: ReadonlyArray<Ending>) => code ?? signal ?? null,
  );
  const ended = () => inTime(exited, child, () => printed);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output: () => printed,
    exited,
    stop: () => {
      child.kill("SIGTERM");
      return ended();
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended();
    },
    ended,
  };
};

/** The newest change below a path, in ms since the epoch; a folder's own time tells of files removed from it. */
const changedAt = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
};

const program = (): ReadonlyArray<string> => {
  const built = join(ROOT, "dist/server/.built");
  const isCurrent = SOURCES.every((folder) => changedAt(join(ROOT, folder)) < changedAt(built));
  return isCurrent
    ? [join(ROOT, "dist/server/src/main.js")]
    : ["--import", "tsx", join(ROOT, "src/main.ts")];
};

const ready = async (server: Server): Promise<void> => {
  let isGone = false;
  const gone = server.exited.then(() => {
    isGone = true;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (isGone) throw new Error(`the server ended at its start:\n${server.output()}`);
    const answered = await fetch(`${server.url}/health/ready`).catch(() => undefined);
    await answered?.arrayBuffer();
    if (answered?.ok === true) return;
    await Promise.race([gone, delay(POLL_MS)]);
  }
  await server.kill();
  throw new Error(`the server was not ready within ${READY_TIMEOUT_MS} ms:\n${server.output()}`);
};

const inTime = async (exited: Promise<Ending>, child: ChildProcess, output: () => string) => {
  const timeout = new AbortController();
  const late = delay(END_TIMEOUT_MS, "late" as const, { signal: timeout.signal, ref: false });
  // Aborted when it is no longer needed, which rejects it.
  late.catch(() => undefined);
  const ending = await Promise.race([exited, late]);
  timeout.abort();
  if (ending !== "late") return ending;
  child.kill("SIGKILL");
  throw new Error(`the server did not end within ${END_TIMEOUT_MS} ms:\n${output()}`);
};

/** A port that nothing listens on at this moment. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
