/**
 * A PostgreSQL of our own, for a start that needs nothing but Node. It is a child of this process and a whole,
 * durable server: what was committed survives `kill -9` of either.
 *
 * - **One owner.** A session of this process holds an advisory lock on the server. A start that finds a server on its
 *   data directory asks for that lock: if it is held, another Croupier is alive and the start is refused; if not, the
 *   server is the orphan of a killed process and is stopped, then started anew as our child.
 * - **Supervised.** When the server ends without being told to, it is started again, for ever: without it this process
 *   can only answer `unavailable`, and restarting this process would not help.
 * - **Stopped last.** Ctrl-C reaches a terminal's whole process group; the server is in its own, so that it is there
 *   until the last commit.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { Context, Effect, Layer, Runtime } from "effect";
import pg from "pg";
import { closing } from "./Closing.ts";
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts";
import {
  openCluster,
  POSTGRES_HOST,
  POSTGRES_USER,
  programEnvironment,
  type PostgresCluster,
} from "./PostgresCluster.ts";
import { POSTGRES_SETTINGS } from "./PostgresSettings.ts";
import { disarmStalePidFile, runningPostmaster, stopPostmaster } from "./Postmaster.ts";

/** The advisory lock that the owner holds, in database `postgres`: "croupier" in ASCII, as a bigint. */
const OWNER_LOCK = "7165912507287692658";
/** A start may have to replay `max_wal_size` of log, or wait for another server to do so. */
const START_MS = 60_000;
/** A server that runs answers a connection within this, be it with "starting up"; a stopped one never does. */
const ANSWER_MS = 5_000;
/** Its own deadlines (`Postmaster.ts`) are over by then. */
const STOP_MS = 45_000;
const RETRY_MS = 100;
/** Between the first restarts almost nothing, later as long as this: a full disk does not empty in a second. */
const MAX_RESTART_DELAY_MS = 5_000;
/** How many of the last lines of its log an error about a failed start quotes. */
const QUOTED_LINES = 10;

/** PostgreSQL's refusals that pass by themselves: a predecessor, or children of one, are still ending. */
const PASSING = /postmaster\.pid" already exists|is still in use|could not bind/;

export interface PostgresLog {
  readonly level: "debug" | "info" | "warning";
  readonly message: string;
}

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its password and its port; made when missing. */
  readonly folder: string;
  readonly log: (entry: PostgresLog) => void;
  /** Added to `POSTGRES_SETTINGS`, or instead of them. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningPostgres {
  /** Of database `croupier`, password included. It stays the same over a supervised restart. */
  readonly url: string;
  /** The server's process now; undefined between its death and its restart. */
  readonly pid: () => number | undefined;
  /** Resolves when the server has written everything and gone. */
  readonly stop: () => Promise<void>;
}

/** The cluster library looks for a table of its older releases at every start, and there is none. */
const EXPECTED = /relation "cluster_shards" does not exist/;

const urlOf = (cluster: PostgresCluster, { port, database }: { port: number; database: string }) =>
  `postgres://${POSTGRES_USER}:${cluster.password}@${POSTGRES_HOST}:${port}/${database}`;

const connect = async (url: string) => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_MS,
    application_name: "croupier owner",
  });
  // Without a listener a lost connection would end the process; whoever holds the client watches "end".
  client.on("error", () => undefined);
  await client.connect();
  return client;
};

/** Resolves to the session that owns the server, or to undefined when another has it. */
const claim = async (url: string) => {
  const client = await connect(url);
  const { rows } = await client.query<{ owned: boolean }>(
    "SELECT pg_try_advisory_lock($1) AS owned",
    [OWNER_LOCK],
  );
  if (rows[0]?.owned === true) return client;
  await client.end();
  return undefined;
};

const inUse = (cluster: PostgresCluster, pid: number | undefined) =>
  new EmbeddedPostgresError({
    message: `Another Croupier is running on ${cluster.dataDir} (PostgreSQL is process ${pid}); stop it, or give this one its own DATA_DIR.`,
  });

/** Stops a server that a killed process left behind. Rejects when its owner is alive. */
const stopOrphan = async (cluster: PostgresCluster, log: EmbeddedPostgresOptions["log"]) => {
  const deadline = performance.now() + START_MS;
  for (;;) {
    const found = runningPostmaster(cluster.dataDir);
    if (found === undefined) return disarmStalePidFile(cluster.dataDir);
    const asked = performance.now();
    try {
      const session = await claim(urlOf(cluster, { port: found.port, database: "postgres" }));
      if (session === undefined) throw inUse(cluster, found.pid);
    } catch (error) {
      if (error instanceof EmbeddedPostgresError) throw error;
      const silent = performance.now() - asked >= ANSWER_MS;
      if (!silent && performance.now() < deadline) {
        await delay(RETRY_MS);
        continue;
      }
    }
    log({
      level: "warning",
      message: `stopping PostgreSQL (process ${found.pid}), left behind by a process that was killed`,
    });
    await stopPostmaster(found.pid, cluster.dataDir);
  }
};

/** One run of the server. Rejects with what it said when it ends before it is ready. */
const launch = async (
  cluster: PostgresCluster,
  { port, settings, log }: { port: number } & Required<Omit<EmbeddedPostgresOptions, "folder">>,
): Promise<ChildProcess> => {
  const { file, args, options } = cluster.programs.command("postgres", [
    "-D",
    cluster.dataDir,
    ...Object.entries({ ...POSTGRES_SETTINGS, port: String(port), ...settings }).flatMap(
      ([name, value]) => ["-c", `${name}=${value}`],
    ),
  ]);
  const child = spawn(file, args, {
    ...options,
    env: programEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
    // In its own process group: see the top of this file.
    detached: true,
  });
  const said: Array<string> = [];
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // "close" comes after the last line, "exit" might come before it.
    child.once("close", () =>
      reject(
        new EmbeddedPostgresError({
          message: `PostgreSQL did not start on ${cluster.dataDir}:\n${said.join("\n")}`,
        }),
      ),
    );
    createInterface({ input: child.stderr }).on("line", (line) => {
      // The time and process id that PostgreSQL puts first are in our own log lines.
      const message = line.replace(/^\S+ \S+ \S+ \[\d+\] /, "");
      said.push(message);
      if (said.length > QUOTED_LINES) said.shift();
      const isTrouble = /^(ERROR|FATAL|PANIC):/.test(message) && !EXPECTED.test(message);
      log({ level: isTrouble ? "warning" : "debug", message });
      if (message.includes("database system is ready to accept connections")) resolve(child);
    });
  });
};

const createDatabase = async (session: pg.Client, name: string) => {
  const { rowCount } = await session.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (rowCount === 0) await session.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
};

/**
 * Starts PostgreSQL on `folder` and resolves when it takes connections: within a second and a half when the cluster
 * exists and was stopped cleanly. Rejects with `EmbeddedPostgresError` when another Croupier owns it or it will not start.
 */
export const startPostgres = async (options: EmbeddedPostgresOptions): Promise<RunningPostgres> => {
  const { log, settings = {} } = options;
  const cluster = await openCluster(options.folder);
  await stopOrphan(cluster, log);
  const port = await cluster.port();
  const adminUrl = urlOf(cluster, { port, database: "postgres" });
  let child: ChildProcess | undefined;
  let owner: pg.Client | undefined;
  let stopping = false;

  const start = async () => {
    const deadline = performance.now() + START_MS;
    for (;;) {
      try {
        return await launch(cluster, { port, settings, log });
      } catch (error) {
        const passing = error instanceof EmbeddedPostgresError && PASSING.test(error.message);
        if (!passing || performance.now() > deadline) throw error;
        await stopOrphan(cluster, log);
        await delay(RETRY_MS);
      }
    }
  };

  const own = async () => {
    owner = await claim(adminUrl);
    if (owner === undefined) throw inUse(cluster, child?.pid);
    const session = owner;
    session.once("end", () => {
      // The session was cut but the server is alive: take the lock again before anyone else asks for it.
      if (!stopping && child !== undefined && owner === session) void keepOwning();
    });
  };

  const keepOwning = async () => {
    while (!stopping && child !== undefined) {
      try {
        return await own();
      } catch (error) {
        log({ level: "warning", message: `the owner's session is lost: ${String(error)}` });
        await delay(RETRY_MS);
      }
    }
  };

  const restart = async () => {
    for (let delayMs = RETRY_MS; !stopping; delayMs = Math.min(delayMs * 2, MAX_RESTART_DELAY_MS)) {
      try {
        watch(await start());
        log({ level: "info", message: `PostgreSQL runs again (process ${child?.pid})` });
        return await keepOwning();
      } catch (error) {
        log({ level: "warning", message: `PostgreSQL was not restarted: ${String(error)}` });
        await delay(delayMs);
      }
    }
  };

  const watch = (started: ChildProcess) => {
    child = started;
    started.once("exit", (code, signal) => {
      child = undefined;
      if (stopping) return;
      log({ level: "warning", message: `PostgreSQL ended (${signal ?? code}); restarting it` });
      restarting = restart();
    });
  };

  // The last resort when this process exits without having stopped the server: ask it to, and do not wait.
  const onExit = () => child?.kill("SIGINT");
  const stop = async () => {
    stopping = true;
    await restarting;
    // So that the server has no session to cut; a server that does not answer is not waited for.
    await Promise.race([owner?.end(), delay(ANSWER_MS, undefined, { ref: false })]);
    if (child?.pid !== undefined) {
      const exited = once(child, "exit");
      await stopPostmaster(child.pid, cluster.dataDir);
      await exited;
    }
    process.off("exit", onExit);
  };

  let restarting: Promise<void> = Promise.resolve();
  watch(await start());
  process.once("exit", onExit);
  try {
    await own();
    if (owner !== undefined) await createDatabase(owner, POSTGRES_USER);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(cluster, { port, database: POSTGRES_USER }), pid: () => child?.pid, stop };
};

/** The embedded server of this process, as a service. */
export class EmbeddedPostgres extends Context.Tag("croupier/ops/EmbeddedPostgres")<
  EmbeddedPostgres,
  RunningPostgres
>() {
  /** Starts it, logs what it says, and stops it when the scope closes. */
  static readonly layer = (folder: string): Layer.Layer<EmbeddedPostgres, EmbeddedPostgresError> =>
    Layer.scoped(
      EmbeddedPostgres,
      Effect.gen(function* () {
        const fork = Runtime.runFork(yield* Effect.runtime<never>());
        const write = { debug: Effect.logDebug, info: Effect.logInfo, warning: Effect.logWarning };
        return yield* Effect.acquireRelease(
          Effect.tryPromise({
            try: () =>
              startPostgres({
                folder,
                log: ({ level, message }) =>
                  fork(write[level](message).pipe(Effect.annotateLogs("part", "postgres"))),
              }),
            catch: (cause) =>
              cause instanceof EmbeddedPostgresError
                ? cause
                : new EmbeddedPostgresError({ message: String(cause), cause }),
          }),
          (running) => closing("PostgreSQL", STOP_MS, running.stop),
        );
      }),
    );
}
