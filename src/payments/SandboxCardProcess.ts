/**
 * Runs the sandbox card server beside this one, in a process of its own as the company outside that it plays, and starts it
 * again when it dies. Of the processes on one machine one has it: the others find its port taken, make sure that it is theirs
 * by the secret, use it, and take its place when it goes.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Either, Schema } from "effect";
import type { Clock } from "../actor/Clock.ts";

/** It starts within a second; on a machine that compiles it on the way and does ten other things, later. */
const START_TIMEOUT_MS = 30_000;
const HEALTH_TIMEOUT_MS = 2_000;
/** How soon the end of another process's server is noticed. */
const WATCH_EVERY_MS = 2_000;
/** The pause before a new start doubles from the one to the other, and begins anew once it is ready. */
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 30_000;
/** It writes what it has and goes; one that does not is killed. */
const STOP_TIMEOUT_MS = 5_000;

/** What `src/sandbox-card/main.ts` exits with when its port is taken. */
const PORT_TAKEN_EXIT = 3;

/** Built, the program is JavaScript; run from its sources, as in tests, it is compiled on the way. */
const isSource = import.meta.url.endsWith(".ts");
const PROGRAM = fileURLToPath(
  new URL(isSource ? "../sandbox-card/main.ts" : "../sandbox-card/main.js", import.meta.url),
);
const COMPILER = isSource ? ["--import", "tsx"] : [];

const Ready = Schema.Struct({ type: Schema.Literal("ready"), url: Schema.String });
const decodeReady = Schema.decodeUnknownEither(Ready);

export interface SandboxCardProcessOptions {
  /** 0: any that is free, and nobody else's. */
  readonly port: number;
  /** The first is the one in use. */
  readonly secrets: ReadonlyArray<string>;
  /** Where it keeps its payments. */
  readonly file: string;
  /** Where it may send webhooks, beside this machine. */
  readonly webhookOrigins: ReadonlyArray<string>;
  readonly clock: Clock;
  readonly log: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  /** Further variables of its environment, such as SANDBOX_CARD_LATE_MS. Default: those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export class SandboxCardProcess {
  readonly #options: SandboxCardProcessOptions;
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #isStopping = false;
  #callOff = () => {};
  #awaiting: Array<(url: string) => void> = [];

  constructor(options: SandboxCardProcessOptions) {
    this.#options = options;
  }

  /** Where it is, without a slash at the end; undefined while there is none. */
  get url(): string | undefined {
    return this.#url;
  }

  /** Of the child, if it is ours and runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves to its address when there is one. */
  ready(): Promise<string> {
    return this.#url === undefined
      ? new Promise((resolve) => this.#awaiting.push(resolve))
      : Promise.resolve(this.#url);
  }

  start(): void {
    const { file, port, secrets, webhookOrigins } = this.#options;
    const child = fork(PROGRAM, {
      execArgv: [...COMPILER],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: {
        ...passedOn(this.#options.env ?? process.env),
        SANDBOX_CARD_PORT: String(port),
        SANDBOX_CARD_SECRET: secrets.join(","),
        SANDBOX_CARD_FILE: file,
        SANDBOX_CARD_WEBHOOK_ORIGINS: webhookOrigins.join(","),
      },
    });
    this.#child = child;
    this.#callOff = this.#options.clock.after(START_TIMEOUT_MS, () => child.kill("SIGKILL"));
    child.on("message", (message) => {
      const ready = decodeReady(message);
      if (Either.isRight(ready)) this.#found(ready.right.url);
    });
    // A program that cannot be started says so here, and does not exit.
    child.once("error", (cause) => this.#ended(String(cause)));
    child.once("exit", (code, signal) => {
      if (code === PORT_TAKEN_EXIT && !this.#isStopping) void this.#share();
      else this.#ended(String(signal ?? code));
    });
  }

  /** Resolves when it has ended, if it was ours. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#callOff();
    this.#url = undefined;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    const callOff = this.#options.clock.after(STOP_TIMEOUT_MS, () => child.kill("SIGKILL"));
    child.kill("SIGTERM");
    await exited;
    callOff();
  }

  #found(url: string): void {
    this.#callOff();
    this.#url = url;
    this.#pauseMs = FIRST_PAUSE_MS;
    for (const tell of this.#awaiting.splice(0)) tell(url);
  }

  #ended(how: string): void {
    this.#callOff();
    this.#child = undefined;
    this.#url = undefined;
    if (this.#isStopping) return;
    this.#options.log("the sandbox card server has ended and is started again", {
      how,
      inMs: this.#pauseMs,
    });
    this.#startLater();
  }

  #startLater(): void {
    this.#callOff = this.#options.clock.after(this.#pauseMs, () => this.start());
    this.#pauseMs = Math.min(this.#pauseMs * 2, MAX_PAUSE_MS);
  }

  /** The port is taken: by another process's, which then is ours too, or by a stranger. */
  async #share(): Promise<void> {
    this.#callOff();
    this.#child = undefined;
    const url = `http://127.0.0.1:${this.#options.port}`;
    const isOurs = await isHealthy(url, this.#options.secrets[0] ?? "");
    if (this.#isStopping) return;
    if (isOurs) {
      this.#found(url);
      this.#callOff = this.#options.clock.after(WATCH_EVERY_MS, () => void this.#share());
    } else if (this.#url !== undefined) {
      // Whoever had it has gone: who is first has it now.
      this.#url = undefined;
      this.start();
    } else {
      this.#options.log("the sandbox card server's port is taken by something else", {
        port: this.#options.port,
        setting: "SANDBOX_CARD_PORT",
      });
      this.#startLater();
    }
  }
}

/** Nothing of ours that it need not know. */
const passedOn = (env: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => name === "PATH" || name.startsWith("SANDBOX_CARD_")),
  );

const isHealthy = (url: string, secret: string): Promise<boolean> =>
  fetch(`${url}/v1/health`, {
    headers: { authorization: `Bearer ${secret}` },
    signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
  }).then(
    async (answered) => {
      await answered.body?.cancel();
      return answered.ok;
    },
    () => false,
  );
