import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Effect } from "effect";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  EmbeddedPostgres,
  startPostgres,
  type PostgresLog,
  type RunningPostgres,
} from "../../src/ops/EmbeddedPostgres.ts";

let folder: string;
let running: Array<RunningPostgres>;
let owners: Array<ChildProcess>;
/** A cluster that was started and stopped once: to make one takes longer than all the rest of a test. */
let made: string;

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "croupier-embedded-made-"));
  await (await startPostgres({ folder: made, log: () => undefined })).stop();
});

afterAll(() => rm(made, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-embedded-"));
  running = [];
  owners = [];
});

/** What follows begins with a cluster that is there. */
const withCluster = () => {
  beforeEach(() => {
    const { status } = spawnSync("cp", ["-a", `${made}/.`, folder]);
    expect(status).toBe(0);
  });
};

afterEach(async () => {
  for (const owner of owners) owner.kill("SIGKILL");
  await Promise.all(running.map((server) => server.stop()));
  // Takes over and stops what a killed owner left behind.
  if (existsSync(join(folder, "cluster", "postmaster.pid"))) await (await start()).stop();
  await rm(folder, { recursive: true, force: true });
});

const start = async (log: (entry: PostgresLog) => void = () => undefined) => {
  const server = await startPostgres({ folder, log });
  running.push(server);
  return server;
};

/** Starts a log reader and gives a promise for the first line that matches. */
const lineReader = () => {
  const waiting: Array<{ readonly pattern: RegExp; readonly found: () => void }> = [];
  return {
    log: ({ message }: PostgresLog) => {
      for (const { pattern, found } of waiting) if (pattern.test(message)) found();
    },
    line: (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        waiting.push({ pattern, found: resolve });
      }),
  };
};

/** Another process with its own embedded server; resolves when that takes connections. */
const startOwner = async () => {
  const script = fileURLToPath(new URL("EmbeddedPostgresOwner.ts", import.meta.url));
  const owner = spawn(process.execPath, ["--import", "tsx", script, folder], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  owners.push(owner);
  const [line] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
  const { url, pid } = JSON.parse(line) as { readonly url: string; readonly pid: number };
  return { owner, url, pid };
};

const query = async (url: string, sql: string): Promise<ReadonlyArray<Record<string, unknown>>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

/** False for a zombie too: an orphan stays in the process table until the system's first process takes note of its end. */
const isAlive = (pid: number) => {
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, "utf8") !== "";
};

describe("a first start", () => {
  it("makes a durable server that only this machine and this user can reach", async () => {
    const server = await start();
    const [settings] = await query(
      server.url,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('listen_addresses') AS listen, current_database() AS database`,
    );
    expect(settings).toEqual({
      fsync: "on",
      commit: "on",
      listen: "127.0.0.1",
      database: "croupier",
    });
    const wrong = new URL(server.url);
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    expect((await stat(join(folder, "password"))).mode & 0o777).toBe(0o600);
  });

  it("keeps data, password and port for the next start, which is quicker", async () => {
    const began = performance.now();
    const first = await start();
    const firstMs = performance.now() - began;
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    const pid = first.pid();
    await first.stop();
    expect(pid !== undefined && isAlive(pid)).toBe(false);
    const started = performance.now();
    const second = await start();
    expect(performance.now() - started).toBeLessThan(firstMs);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("runs in a folder that only this user may enter, also when that is root", async () => {
    // PostgreSQL itself refuses to be root, and the user it then runs as cannot enter the folder by right.
    await chmod(folder, 0o700);
    const below = join(folder, "below");
    const server = await startPostgres({ folder: below, log: () => undefined });
    running.push(server);
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    const runsAsRoot = process.getuid?.() === 0;
    expect((await stat(join(below, "cluster"))).uid === process.getuid?.()).toBe(!runsAsRoot);
  });

  it("starts once when two start at once", async () => {
    const starts = await Promise.allSettled([start(), start()]);
    const [won] = starts.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    expect(starts.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(won).toBeDefined();
  });
});

describe("a start on what is there", () => {
  withCluster();

  it("takes another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const blocker = spawn(process.execPath, [
      "-e",
      `require("net").createServer().listen(${new URL(first.url).port}, "127.0.0.1", () => console.log("listening"))`,
    ]);
    owners.push(blocker);
    await once(blocker.stdout, "data");
    const second = await start();
    expect(second.url).not.toBe(first.url);
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("takes over from an owner that was killed, with everything committed", async () => {
    const killed = await startOwner();
    await query(killed.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    killed.owner.kill("SIGKILL");
    await once(killed.owner, "exit");
    expect(isAlive(killed.pid)).toBe(true);
    const server = await start();
    expect(server.pid()).not.toBe(killed.pid);
    expect(isAlive(killed.pid)).toBe(false);
    expect(await query(server.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("takes over when owner and server were killed together", async () => {
    const killed = await startOwner();
    await query(killed.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    killed.owner.kill("SIGKILL");
    process.kill(killed.pid, "SIGKILL");
    const server = await start();
    expect(await query(server.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("refuses a folder whose owner is alive, and leaves that one alone", async () => {
    const { owner, url, pid } = await startOwner();
    await expect(start()).rejects.toThrow(
      `(PostgreSQL is process ${pid}); stop it, or give this one its own DATA_DIR.`,
    );
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    owner.kill("SIGTERM");
    await once(owner, "exit");
    expect(isAlive(pid)).toBe(false);
  });

  it("is not misled by a stale pid file that names another program", async () => {
    const first = await start();
    await first.stop();
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
    owners.push(stranger);
    const lines = [stranger.pid, join(folder, "cluster"), 1, 5432, "", "127.0.0.1", "1 1", "ready"];
    await writeFile(join(folder, "cluster", "postmaster.pid"), `${lines.join("\n")}\n`);
    const second = await start();
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  });

  it.each(["SIGKILL", "SIGINT"] as const)(
    "starts the server again when it ends by %s, at the same address",
    async (signal) => {
      const { log, line } = lineReader();
      const server = await start(log);
      await query(server.url, "CREATE TABLE kept AS SELECT 42 AS answer");
      const runsAgain = line(/^PostgreSQL runs again/);
      const killed = server.pid();
      if (killed !== undefined) process.kill(killed, signal);
      await runsAgain;
      expect(server.pid()).not.toBe(killed);
      expect(await query(server.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
    },
  );

  it("names the cluster and the versions when it was made by another major version", async () => {
    await (await start()).stop();
    await writeFile(join(folder, "cluster", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toThrow(
      /cluster was made by PostgreSQL 17, and this release brings PostgreSQL 18/,
    );
    await writeFile(join(folder, "cluster", "PG_VERSION"), "18\n");
  });

  it("reports what PostgreSQL said when it will not start", async () => {
    await expect(
      startPostgres({ folder, log: () => undefined, settings: { shared_buffers: "many" } }),
    ).rejects.toThrow('invalid value for parameter "shared_buffers": "many"');
  });
});

describe("EmbeddedPostgres.layer", () => {
  withCluster();

  it("stops the server when its scope closes", async () => {
    const pid = await Effect.gen(function* () {
      const server = yield* EmbeddedPostgres;
      const rows = yield* Effect.promise(() => query(server.url, "SELECT 1 AS one"));
      expect(rows).toEqual([{ one: 1 }]);
      return server.pid();
    }).pipe(Effect.provide(EmbeddedPostgres.layer(folder)), Effect.runPromise);
    expect(pid).toBeDefined();
    expect(pid !== undefined && isAlive(pid)).toBe(false);
    await expect(readFile(join(folder, "cluster", "postmaster.pid"))).rejects.toThrow("ENOENT");
  });
});
