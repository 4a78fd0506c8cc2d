/**
 * Ours, as it is deployed: the built server in a process of its own, on a database of the run's PostgreSQL. Only limits
 * that would refuse the load itself are lifted.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Database } from "./Postgres.ts";
import { endProcess } from "./Worker.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = join(ROOT, "dist/server/src/main.js");
export const HOST = "127.0.0.1";

/** A start migrates the database and opens the demo lobby. */
const START_MS = 30_000;
const POLL_MS = 50;
/** A stop drains what is in flight; then it is killed. */
const STOP_MS = 10_000;
/** How many of the last lines of its log an error about a failed start quotes. */
const QUOTED_LINES = 20;
/** More than any run stakes, and a sum that is exact. */
export const AMPLE_MINOR = 1_000_000_000_000;

/** Lifted limits, and one betting phase that lasts for the whole run. */
const SETTINGS: Readonly<Record<string, string>> = {
  ENVIRONMENT: "development",
  LOG_LEVEL: "warning",
  RATE_LIMIT_PER_SECOND: "0",
  DEMO: "1",
  SANDBOX_CARD: "off",
  JOIN_GRANT: String(AMPLE_MINOR),
  MAX_BET: String(AMPLE_MINOR),
  BETTING_SECONDS: "3600",
  RESULTS_SECONDS: "2",
};

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
  /** SIGKILL; resolves when it has gone. */
  readonly kill: () => Promise<void>;
}

/** A port that is free now. Another process could take it before the server does; then the start fails and says so. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, HOST, () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("No port is free."));
      });
    });
  });

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    // Nothing listens yet.
    return false;
  }
};

const untilReady = async (child: ChildProcess, url: string, said: ReadonlyArray<string>) => {
  const deadline = performance.now() + START_MS;
  while (!(await isReady(url))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() > deadline) {
      const what = ended ? "ended" : `was not ready after ${START_MS} ms`;
      throw new Error(`The server ${what}:\n${said.join("\n")}`);
    }
    await delay(POLL_MS);
  }
};

/** Starts the built server on `database` and resolves when it is ready. `settings` are its environment. */
export const startServer = async (
  database: Database,
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  if (!existsSync(MAIN)) throw new Error("The server is not built: run npm run build first.");
  const dataDir = await mkdtemp(join(tmpdir(), "croupier-bench-"));
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const said: Array<string> = [];
  const child = spawn(process.execPath, [MAIN], {
    cwd: dataDir,
    env: {
      PATH: process.env["PATH"],
      ...SETTINGS,
      ...settings,
      HOST,
      PORT: String(port),
      RPC_PORT: String(await freePort()),
      RUNNER_PORT: String(await freePort()),
      LINK_PORT: String(await freePort()),
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const listen = (text: string) => {
    said.push(...text.trimEnd().split("\n"));
    said.splice(0, said.length - QUOTED_LINES);
  };
  child.stdout.setEncoding("utf8").on("data", listen);
  child.stderr.setEncoding("utf8").on("data", listen);
  let stopping = false;
  child.once("exit", (code, signal) => {
    if (!stopping) console.error(`The server ended (${signal ?? code}):\n${said.join("\n")}`);
  });
  const stop = async () => {
    stopping = true;
    await endProcess(child, STOP_MS);
    await rm(dataDir, { recursive: true, force: true });
  };
  const kill = async () => {
    stopping = true;
    child.kill("SIGKILL");
    await stop();
  };
  try {
    await untilReady(child, url, said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, port, pid: child.pid!, stop, kill };
};
