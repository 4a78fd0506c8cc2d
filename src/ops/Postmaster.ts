/**
 * The postmaster is PostgreSQL's first process; its file `postmaster.pid` in the data directory says who it is. The
 * file outlives a crash, and its process id may by then be another program's, so a process counts as the postmaster
 * of a data directory only when its own command line names that directory.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts";

/** PostgreSQL's fast shutdown rolls back what is open and writes a checkpoint: up to `shared_buffers` of pages. */
const FAST_SHUTDOWN_MS = 30_000;
/** An immediate shutdown writes nothing; the next start replays the log. */
const IMMEDIATE_SHUTDOWN_MS = 5_000;
/** How often a process that is not our child is looked at while it ends. */
const POLL_MS = 20;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const pidFile = (dataDir: string) => join(dataDir, "postmaster.pid");

const commandLine = (pid: number): string => {
  if (process.platform !== "linux")
    return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" })
      .stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return "";
    throw error;
  }
};

/** True while process `pid` is a postmaster of `dataDir`. A zombie has no command line and so does not count. */
const isPostmasterOf = (pid: number, dataDir: string) => commandLine(pid).includes(dataDir);

const pidFileLines = (dataDir: string) => {
  try {
    return readFileSync(pidFile(dataDir), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/** The postmaster that runs on `dataDir` now, whoever started it. */
export const runningPostmaster = (dataDir: string): Postmaster | undefined => {
  const lines = pidFileLines(dataDir);
  const pid = Number(lines?.[0]);
  const port = Number(lines?.[3]);
  if (!(pid > 0) || !isPostmasterOf(pid, dataDir)) return undefined;
  return { pid, port };
};

/**
 * Makes a `postmaster.pid` left behind by a crash harmless when its process id has become another program's. PostgreSQL
 * would refuse to start; it does not when the file names the process that starts it. The file's other lines stay, for
 * by them PostgreSQL finds out whether children of the dead postmaster are still at work.
 */
export const disarmStalePidFile = (dataDir: string) => {
  const lines = pidFileLines(dataDir);
  if (lines === undefined || runningPostmaster(dataDir) !== undefined) return;
  writeFileSync(pidFile(dataDir), [String(process.pid), ...lines.slice(1)].join("\n"));
};

const gone = async (pid: number, dataDir: string, withinMs: number) => {
  const deadline = performance.now() + withinMs;
  while (isPostmasterOf(pid, dataDir)) {
    if (performance.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
};

/**
 * Stops the postmaster `pid` of `dataDir` and resolves when it has gone: fast, or when that takes too long immediately,
 * which loses nothing committed. Rejects with `EmbeddedPostgresError` when it may not be signalled or will not end.
 */
export const stopPostmaster = async (pid: number, dataDir: string): Promise<void> => {
  for (const [signal, withinMs] of [
    ["SIGINT", FAST_SHUTDOWN_MS],
    ["SIGQUIT", IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    if (!isPostmasterOf(pid, dataDir)) return;
    try {
      process.kill(pid, signal);
      // A stopped process takes no signal but this one.
      process.kill(pid, "SIGCONT");
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ESRCH") return;
      throw new EmbeddedPostgresError({
        message: `PostgreSQL (process ${pid}) still runs on ${dataDir} and belongs to another user; stop it, or start as that user.`,
        cause,
      });
    }
    if (await gone(pid, dataDir, withinMs)) return;
  }
  throw new EmbeddedPostgresError({
    message: `PostgreSQL (process ${pid}) on ${dataDir} does not stop; end it by hand.`,
  });
};
