/**
 * `npm run cluster -- 3`: several processes on one database, on this machine, for development. It starts the embedded
 * PostgreSQL (or uses DATABASE_URL), then each process with ports of its own, and prints what they say behind their names. A
 * process may ask it over Node's IPC channel to start, stop, pause or kill one: so the console's cluster page can.
 *
 * A process that ends stays ended until someone adds another: the point is to see what the others do.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Cause, Effect, Layer } from "effect";
import { closing } from "./ops/Closing.ts";
import { Settings, type SettingsValues } from "./ops/Config.ts";
import { EmbeddedPostgres } from "./ops/EmbeddedPostgres.ts";
import { loggingLayer } from "./ops/Logging.ts";
import { migrate, readMigrations } from "./ops/Migrations.ts";
import { runProgram } from "./ops/Program.ts";
import type { Supervise, Supervised } from "./ops/SupervisorClient.ts";

const DEFAULT_PROCESSES = 3;
/** On one machine more would only wait for each other. */
const MAX_PROCESSES = 16;
/** The end of a process that does not end by itself. */
const KILL_GRACE_SECONDS = 10;
const PORT_TRIES = 100;

const MAIN = [
  fileURLToPath(new URL("./main.js", import.meta.url)),
  fileURLToPath(new URL("./main.ts", import.meta.url)),
].find((path) => existsSync(path));

const COLOURS = [36, 33, 35, 32, 34, 31];

interface Child {
  readonly name: string;
  readonly process: ChildProcess;
}

class Supervisor {
  readonly #settings: SettingsValues;
  readonly #databaseUrl: string;
  readonly #children = new Map<number, Child>();
  #started = 0;
  #nextPort: number;
  #nextRpcPort: number;
  #isStopping = false;

  constructor(settings: SettingsValues, databaseUrl: string) {
    this.#settings = settings;
    this.#databaseUrl = databaseUrl;
    this.#nextPort = settings.port;
    this.#nextRpcPort = settings.rpcPort;
  }

  /** Starts one more process. */
  async add(): Promise<void> {
    if (MAIN === undefined) throw new Error("there is no program to start: run npm run build");
    if (this.#children.size >= MAX_PROCESSES)
      throw new Error(`there are ${MAX_PROCESSES} processes already`);
    const name = `p${++this.#started}`;
    const { host, sandboxCardPort } = this.#settings;
    const port = await freePortFrom(host, this.#nextPort, sandboxCardPort);
    this.#nextPort = port + 1;
    if (this.#nextRpcPort <= port) this.#nextRpcPort = port + 1;
    const rpcPort = await freePortFrom(host, this.#nextRpcPort, sandboxCardPort);
    this.#nextRpcPort = rpcPort + 1;
    if (this.#nextPort === rpcPort) this.#nextPort = rpcPort + 1;
    const loader = MAIN.endsWith(".ts") ? ["--import", "tsx"] : [];
    const child = spawn(process.execPath, ["--enable-source-maps", ...loader, MAIN], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        PROCESS_NAME: name,
        PORT: String(port),
        RPC_PORT: String(rpcPort),
        DATABASE_URL: this.#databaseUrl,
      },
    });
    const pid = child.pid;
    if (pid === undefined) throw new Error(`${name} could not be started`);
    this.#children.set(pid, { name, process: child });
    const colour = COLOURS[(this.#started - 1) % COLOURS.length];
    const prefix =
      process.stdout.isTTY === true ? `\u001b[${colour}m${name}\u001b[0m │ ` : `${name} │ `;
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null)
        createInterface({ input: stream }).on("line", (line) => console.log(prefix + line));
    child.on("message", (message) => this.#asked(child, message as Supervise));
    child.once("exit", (code, signal) => {
      this.#children.delete(pid);
      console.log(`${prefix}ended: ${signal ?? `exit code ${code}`}`);
    });
    console.log(
      `${prefix}starts as process ${pid}: http://${host}:${port}, RPC on port ${rpcPort}`,
    );
  }

  /** Resolves when no process is left. */
  async ended(): Promise<void> {
    while (this.#children.size > 0 || !this.#isStopping) {
      const [first] = this.#children.values();
      if (first === undefined) await new Promise((resolve) => setTimeout(resolve, 250));
      else await new Promise((resolve) => first.process.once("exit", resolve));
    }
  }

  /** Stops them all, gracefully, within the time that each gives itself. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const children = [...this.#children.values()];
    for (const { process: child } of children) {
      // One that is paused would not hear it.
      child.kill("SIGCONT");
      child.kill("SIGTERM");
    }
    const late = setTimeout(
      () => {
        for (const { name, process: child } of this.#children.values()) {
          console.error(`${name} does not end and is killed`);
          child.kill("SIGKILL");
        }
      },
      (this.#settings.shutdownSeconds + KILL_GRACE_SECONDS) * 1000,
    );
    await Promise.all(
      children.map(({ process: child }) =>
        child.exitCode === null && child.signalCode === null
          ? new Promise((resolve) => child.once("exit", resolve))
          : undefined,
      ),
    );
    clearTimeout(late);
  }

  #asked(from: ChildProcess, message: Supervise): void {
    if (message.type !== "supervise") return;
    const answer = (outcome: Omit<Supervised, "type" | "id">) => {
      if (from.connected) from.send({ type: "supervised", id: message.id, ...outcome });
    };
    if (message.action === "add") {
      this.add().then(
        () => answer({ ok: true }),
        (cause: Error) => answer({ ok: false, error: cause.message }),
      );
      return;
    }
    const target = this.#children.get(message.pid ?? 0);
    if (target === undefined)
      return answer({ ok: false, error: "That process has ended, or is not of this supervisor." });
    // First the answer: a process may ask for its own end.
    answer({ ok: true });
    if (message.action === "drain") target.process.send({ type: "drain" });
    else target.process.kill(SIGNALS[message.action]);
  }
}

const SIGNALS = { kill: "SIGKILL", stop: "SIGTERM", pause: "SIGSTOP", resume: "SIGCONT" } as const;

/** The first port from `first` on that nothing listens on, and nothing is about to: `kept` is the sandbox card server's. */
const freePortFrom = async (host: string, first: number, kept: number): Promise<number> => {
  for (let port = first; port < first + PORT_TRIES; port++)
    if (port !== kept && (await isFree(host, port))) return port;
  throw new Error(`no free port from ${first} on: PORT sets another first one`);
};

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });

const countOf = (argument: string | undefined): number => {
  const count = argument === undefined ? DEFAULT_PROCESSES : Number(argument);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_PROCESSES) return count;
  throw new Error(
    `npm run cluster -- N: N must be a whole number from 1 to ${MAX_PROCESSES}; it was "${argument}".`,
  );
};

const databaseUrl = Effect.gen(function* () {
  const settings = yield* Settings;
  if (settings.databaseUrl !== undefined) return settings.databaseUrl;
  const context = yield* Layer.build(EmbeddedPostgres.layer(join(settings.dataDir, "postgres")));
  return (yield* EmbeddedPostgres.pipe(Effect.provide(context))).url;
});

const program = Effect.gen(function* () {
  const settings = yield* Settings;
  const count = yield* Effect.try({
    try: () => countOf(process.argv[2]),
    catch: (cause) => new Cause.UnknownException(cause, (cause as Error).message),
  });
  const url = yield* databaseUrl;
  // First, and once: processes that find an old schema each would wait for one another.
  const applied = yield* Effect.tryPromise(async () => migrate(url, await readMigrations()));
  if (applied.length > 0) yield* Effect.logInfo(`migrated: ${applied.join(", ")}`);
  const supervisor = yield* Effect.acquireRelease(
    Effect.sync(() => new Supervisor(settings, url)),
    (running) =>
      closing("the processes", (settings.shutdownSeconds + 2 * KILL_GRACE_SECONDS) * 1000, () =>
        running.stop(),
      ),
  );
  for (let i = 0; i < count; i++) yield* Effect.tryPromise(() => supervisor.add());
  yield* Effect.promise(() => supervisor.ended());
}).pipe(Effect.scoped, Effect.provide(loggingLayer), Effect.provide(Settings.layer));

runProgram(program);
