/**
 * The processes under test on a PostgreSQL of their own, with proxies on every line that a fault may touch: before
 * PostgreSQL for each process, and before the ports by which its peers reach it. Ports stay the same over a restart.
 */
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type RunningPostgres, startPostgres } from "../../src/ops/EmbeddedPostgres.ts";
import { PostgresProxy } from "../support/PostgresProxy.ts";
import { launchServer, type Server } from "../support/server.ts";
import { Disk } from "./Disk.ts";
import { LinkProxy } from "./LinkProxy.ts";
import { lastingPort } from "./ports.ts";

/** Settings that fit on the small disk; durable all the same. */
const POSTGRES = {
  shared_buffers: "64MB",
  wal_buffers: "4MB",
  min_wal_size: "32MB",
  max_wal_size: "64MB",
};
/** A process that was asked to stop is killed after this; its own deadline is `SHUTDOWN_SECONDS`. */
const STOP_MS = 10_000;
const READY_MS = 30_000;
const POLL_MS = 50;
const PROBE_MS = 500;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Member {
  readonly index: number;
  readonly name: string;
  readonly url: string;
  readonly database: PostgresProxy;
  readonly links: ReadonlyArray<LinkProxy>;
  readonly env: Readonly<Record<string, string>>;
  /** Undefined while it is dead. */
  server: Server | undefined;
  /** How often it was started. */
  starts: number;
  /** It takes no part in the run of things: SIGSTOP. */
  isPaused: boolean;
}

export class ChaosCluster {
  readonly members: ReadonlyArray<Member>;
  readonly disk: Disk;
  readonly postgres: RunningPostgres;
  /** What its processes have printed, those that are gone included. */
  readonly outputs: Array<readonly [name: string, output: () => string]> = [];
  readonly #onExit: () => void;
  /** Ends as one that is told to end does, so that nothing stays behind. */
  readonly #onSignal = () => process.exit(1);

  private constructor(disk: Disk, postgres: RunningPostgres, members: ReadonlyArray<Member>) {
    this.disk = disk;
    this.postgres = postgres;
    this.members = members;
    // The last resort, should this process end without having closed it.
    this.#onExit = () => {
      for (const { server } of members) if (server !== undefined) signal(server.pid, "SIGKILL");
      disk.close();
    };
    process.once("exit", this.#onExit);
    for (const name of SIGNALS) process.once(name, this.#onSignal);
  }

  static async open(
    processes: number,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<ChaosCluster> {
    const disk = Disk.open();
    try {
      const postgres = await startPostgres({
        folder: disk.folder,
        log: () => undefined,
        settings: POSTGRES,
      });
      const members = await Promise.all(
        Array.from({ length: processes }, (_, index) => memberOf(index, postgres.url, settings)),
      );
      return new ChaosCluster(disk, postgres, members);
    } catch (error) {
      disk.close();
      throw error;
    }
  }

  member(index: number): Member {
    const member = this.members[index % this.members.length];
    if (member === undefined) throw new Error("the cluster has no processes");
    return member;
  }

  /** Starts a dead process; `env` is for this start alone. Resolves when it runs, which is before it is ready. */
  async start(member: Member, env: Readonly<Record<string, string>> = {}): Promise<void> {
    if (member.server !== undefined) return;
    const server = await launchServer({ env: { ...member.env, ...env } });
    member.server = server;
    member.starts++;
    member.isPaused = false;
    this.outputs.push([`${member.name}.${member.starts}`, server.output]);
    void server.exited.then(() => {
      if (member.server === server) member.server = undefined;
    });
  }

  async ready(member: Member): Promise<void> {
    const deadline = performance.now() + READY_MS;
    while (performance.now() < deadline) {
      const isUp = await fetch(`${member.url}/health/ready`, {
        signal: AbortSignal.timeout(PROBE_MS),
      }).then(
        async (answered) => {
          await answered.arrayBuffer();
          return answered.ok;
        },
        () => false,
      );
      if (isUp) return;
      // One that could not start, the database being away, is started again, as a supervisor would.
      if (member.server === undefined) await this.start(member);
      await delay(POLL_MS);
    }
    throw new Error(
      `${member.name} was not ready within ${READY_MS} ms:\n${this.outputs.at(-1)?.[1]() ?? ""}`,
    );
  }

  async kill(member: Member): Promise<void> {
    const { server } = member;
    if (server === undefined) return;
    member.server = undefined;
    signal(server.pid, "SIGKILL");
    await server.exited;
  }

  /** SIGTERM; resolves to whether it ended by itself in time. */
  async stop(member: Member): Promise<boolean> {
    const { server } = member;
    if (server === undefined) return true;
    signal(server.pid, "SIGTERM");
    signal(server.pid, "SIGCONT");
    member.isPaused = false;
    const timeout = new AbortController();
    const late = delay(STOP_MS, "late" as const, { signal: timeout.signal });
    // Aborted when it is no longer needed, which rejects it.
    late.catch(() => undefined);
    const ending = await Promise.race([server.exited, late]);
    timeout.abort();
    if (member.server === server) member.server = undefined;
    if (ending !== "late") return true;
    signal(server.pid, "SIGKILL");
    await server.exited;
    return false;
  }

  pause(member: Member): void {
    if (member.server === undefined) return;
    member.isPaused = true;
    signal(member.server.pid, "SIGSTOP");
  }

  resume(member: Member): void {
    member.isPaused = false;
    if (member.server !== undefined) signal(member.server.pid, "SIGCONT");
  }

  /** Past the proxies, to PostgreSQL itself. */
  async withDatabase<A>(use: (client: pg.Client) => Promise<A>): Promise<A> {
    const client = new pg.Client({
      connectionString: this.postgres.url,
      application_name: "chaos",
      connectionTimeoutMillis: 2000,
    });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }

  /** Undoes every fault that lasts, and resolves when all processes serve. */
  async heal(): Promise<void> {
    this.disk.empty();
    for (const member of this.members) {
      for (const link of member.links) link.heal();
      if (member.isPaused) this.resume(member);
    }
    await Promise.all(
      this.members.map(async (member) => {
        await this.start(member);
        await this.ready(member);
      }),
    );
  }

  async close(): Promise<void> {
    process.off("exit", this.#onExit);
    for (const name of SIGNALS) process.off(name, this.#onSignal);
    this.disk.empty();
    await Promise.all(this.members.map((member) => this.kill(member)));
    for (const { database, links } of this.members) {
      await database.close();
      for (const link of links) await link.close();
    }
    await this.postgres.stop();
    this.disk.close();
  }
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has gone by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
};

const memberOf = async (
  index: number,
  postgresUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<Member> => {
  const database = await PostgresProxy.to(postgresUrl);
  const ports = [];
  for (let n = 0; n < 4; n++) ports.push(await lastingPort());
  const [port, rpcPort, runnerPort, linkPort] = ports.map(String) as [
    string,
    string,
    string,
    string,
  ];
  const runner = await LinkProxy.before(Number(runnerPort));
  const link = await LinkProxy.before(Number(linkPort));
  const url = `http://127.0.0.1:${port}`;
  return {
    index,
    name: `p${index + 1}`,
    url,
    database,
    links: [runner, link],
    env: {
      DEMO: "0",
      SHUTDOWN_SECONDS: "5",
      STATE_SYNC_HZ: "5",
      // Some reservations run out of time.
      SELECTION_SECONDS: "3",
      CHECKOUT_SECONDS: "2",
      ...settings,
      PORT: port,
      RPC_PORT: rpcPort,
      RUNNER_PORT: runnerPort,
      LINK_PORT: linkPort,
      RUNNER_ADVERTISED: `127.0.0.1:${runner.port}`,
      LINK_ADVERTISED: `127.0.0.1:${link.port}`,
      PUBLIC_URL: url,
      PROCESS_NAME: `p${index + 1}`,
      DATABASE_URL: database.url,
    },
    server: undefined,
    starts: 0,
    isPaused: false,
  };
};
