/**
 * A program that runs beside the server in a process of its own, and answers one order after another. DuckDB is used so
 * alone: loaded into the server it would take 50 MB and threads of the pool that disk and DNS use, a query that swells
 * would take the server with it, and only a process can be ended whatever it is doing.
 */
import { type ChildProcess, fork } from "node:child_process";
import { Schema } from "effect";

/** Built, a program is JavaScript; run from its sources, as in tests, it is compiled on the way. */
const isSource = import.meta.url.endsWith(".ts");
const COMPILER = isSource ? ["--import", "tsx"] : [];

/** The end of what it said is kept: a reason, or the end of a stack trace. */
const MAX_SAID_CHARACTERS = 2000;

/** What it answers to an order; `reason` is of an order that it could not carry out. */
const Reply = Schema.Union(
  Schema.Struct({ ok: Schema.Literal(true), value: Schema.Unknown }),
  Schema.Struct({ ok: Schema.Literal(false), reason: Schema.String }),
);
export type Reply = typeof Reply.Type;
const decodeReply = Schema.decodeUnknownSync(Reply);

/** The order was not carried out, for a reason that the program gives. It goes on. */
export class OrderFailed extends Error {}

/** The program has ended before it answered. */
export class ProgramEnded extends Error {
  /** The signal; null when it ended itself. */
  readonly killedBy: string | null;

  constructor(code: number | null, killedBy: string | null, said: string) {
    super(`the program ended with ${code ?? killedBy}: ${said.trim()}`);
    this.killedBy = killedBy;
  }
}

export interface ApartOptions {
  /** The file without its ending, in the folder of this one. */
  readonly program: string;
  readonly maxHeapMb: number;
  /** 0 is as urgent as the server, 19 is what runs when nothing else wants to. */
  readonly nice: number;
  /** Without an order for so long it is ended and gives its memory back. */
  readonly idleMs: number;
}

export class Apart {
  readonly #options: ApartOptions;
  #child: ChildProcess | undefined;
  #said = "";
  #idle: NodeJS.Timeout | undefined;

  constructor(options: ApartOptions) {
    this.#options = options;
  }

  /** Of the process that runs now; undefined between two. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Starts the program unless it runs, and resolves to its answer. The next order may be given when this one is answered.
   * Rejects with `OrderFailed`; with `ProgramEnded`; and with the signal's reason when it is aborted: then the
   * program has been killed.
   */
  ask(order: object, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    const child = (this.#child ??= this.#start());
    clearTimeout(this.#idle);
    return new Promise((resolve, reject) => {
      const done = () => {
        signal.removeEventListener("abort", onAbort);
        child.off("message", onMessage).off("close", onClose).off("error", onError);
        if (this.#child !== child) return;
        this.#idle = setTimeout(() => this.kill(), this.#options.idleMs).unref();
      };
      const onAbort = () => {
        this.kill();
        done();
        reject(signal.reason);
      };
      const onMessage = (message: unknown) => {
        done();
        const reply = decodeReply(message);
        if (reply.ok) resolve(reply.value);
        else reject(new OrderFailed(reply.reason));
      };
      const onClose = (code: number | null, killedBy: string | null) => {
        done();
        reject(new ProgramEnded(code, killedBy, this.#said));
      };
      const onError = (error: Error) => {
        this.kill();
        done();
        reject(error);
      };
      signal.addEventListener("abort", onAbort);
      child.on("message", onMessage).on("close", onClose).on("error", onError);
      child.send(order);
    });
  }

  /** Ends the program, whatever it is doing; the next order starts it again. */
  kill(): void {
    clearTimeout(this.#idle);
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const { maxHeapMb, nice, program } = this.#options;
    this.#said = "";
    const file = new URL(`./${program}.${isSource ? "ts" : "js"}`, import.meta.url);
    const child = fork(file, [String(nice)], {
      execArgv: [`--max-old-space-size=${maxHeapMb}`, ...COMPILER],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // None of the server's secrets.
      env: Object.fromEntries(
        ["PATH", "TMPDIR"].flatMap((name) => {
          const value = process.env[name];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-MAX_SAID_CHARACTERS);
    });
    child.once("close", () => {
      if (this.#child === child) this.#child = undefined;
    });
    // A warm program must not keep a server that wants to end.
    child.unref();
    child.channel?.unref();
    return child;
  }
}
