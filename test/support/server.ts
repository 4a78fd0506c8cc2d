/**
 * The product as a child process, on a port of its own: what a user starts, so that tests may kill it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** Compiling on the way, on a busy machine, a first start with an embedded database takes some seconds. */
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const STOP_TIMEOUT_MS = 15_000;

export interface Server {
  readonly url: string;
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: () => string;
  /** SIGTERM; resolves to its exit code when it has gone, rejects when it does not go. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL; resolves when it has gone. */
  readonly kill: () => Promise<void>;
}

export interface ServerOptions {
  /** Settings beside those of a quiet test server. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it and resolves when `/health/ready` says so. */
export const startServer = async ({ env = {} }: ServerOptions = {}): Promise<Server> => {
  const port = env.PORT ?? String(await freePort());
  const rpcPort = env.RPC_PORT ?? String(await freePort());
  const child = spawn(process.execPath, ["--import", "tsx", "--max-semi-space-size=64", MAIN], {
    env: {
      PATH: process.env.PATH,
      RATE_LIMIT_PER_SECOND: "0",
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
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child, () => printed);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => printed,
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      child.kill("SIGTERM");
      return ended(child, STOP_TIMEOUT_MS, () => printed);
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await ended(child, STOP_TIMEOUT_MS, () => printed);
    },
  };
};

const ready = async (url: string, child: ChildProcess, output: () => string): Promise<void> => {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended at its start:\n${output()}`);
    const answered = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answered?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  child.kill("SIGKILL");
  throw new Error(`the server was not ready within ${READY_TIMEOUT_MS} ms:\n${output()}`);
};

const ended = async (child: ChildProcess, withinMs: number, output: () => string) => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const timer = AbortSignal.timeout(withinMs);
  try {
    await once(child, "exit", { signal: timer });
  } catch {
    child.kill("SIGKILL");
    throw new Error(`the server did not end within ${withinMs} ms:\n${output()}`);
  }
  return child.exitCode;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === "object" && address !== null ? address.port : 0),
      );
    });
  });
