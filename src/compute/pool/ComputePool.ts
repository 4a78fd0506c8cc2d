/**
 * The compute threads of this process, and what waits for them. A chunk takes at most some tens of milliseconds, so that
 * nothing has to be interrupted: fairness and cancelling come down to what is taken next. What is given up leaves the queue
 * at once; what is under way ends with its chunk, is not tried again, and nothing follows it.
 *
 * - **Bounded**: so many chunks may wait; beyond it the asker is told to come back.
 * - **Fair**: questions take turns, chunk by chunk (`Turns`).
 * - **A thread that dies** is replaced, and its chunk is done again, before all others. A chunk that three threads have died
 *   of is poison: it is refused, with all of its question, for a while.
 * - **Out of the way**: threads have the lowest priority there is (`lowPriority.ts`), and start when first wanted.
 */
import type { ChunkTally, EquityQuestion, EquityRefused } from "../../../rpc/equity.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import type { Outcome } from "../../actor/Ask.ts";
import type { Clock } from "../../actor/Clock.ts";
import type { KernelModule } from "../kernel/Kernel.ts";
import type { ChunkReport } from "./ChunkOrder.ts";
import { COMPUTE_PROGRAM, ComputeThread } from "./ComputeThread.ts";
import { refusalOf } from "./refusalOf.ts";
import { Turns } from "./Turns.ts";

/** A chunk is made for some tens of milliseconds; on a machine that has no time for it, for seconds. */
const STUCK_AFTER_MS = 30_000;
const MAX_DEATHS = 3;
/** For so long a question that ended threads is not tried again. */
const POISON_MS = 60_000;
/** Poisonous questions that are remembered. */
const MAX_POISON = 64;
/** A chunk's time for each thread, at least: by then there is room again. */
const RETRY_FULL_MS = 250;
/** The pause before a thread that did nothing before it died is replaced doubles from the one to the other. */
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 10_000;
/** What a stop waits for the chunks under way. */
const DRAIN_MS = 1000;

/** `undefined`: not carried out and not going to be, for the pool is closing. */
export type ChunkOutcome = Outcome<typeof ChunkTally.Type, EquityRefused | Unavailable> | undefined;

export interface Chunk {
  /** Of this request alone: by it, it is given up. */
  readonly id: string;
  /** Whose turn it takes: the same for all chunks of a question. */
  readonly owner: string;
  readonly question: EquityQuestion;
  readonly chunk: number;
  /** Nobody waits for it after this, epoch milliseconds. */
  readonly deadline: number;
}

interface Job extends Chunk {
  readonly resolve: (outcome: ChunkOutcome) => void;
  deaths: number;
  isGivenUp: boolean;
}

interface Thread {
  readonly thread: ComputeThread;
  isReady: boolean;
  /** What it does now. */
  job: Job | undefined;
  callOffStuck: () => void;
}

export interface ComputePoolOptions {
  /** Threads, at least 1. */
  readonly workers: number;
  /** Chunks that may wait. */
  readonly queue: number;
  readonly wasm: KernelModule;
  readonly clock: Clock;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** Default: `ComputeWorker`. */
  readonly program?: URL;
}

export class ComputePool {
  readonly #options: ComputePoolOptions;
  readonly #turns = new Turns<Job>();
  readonly #threads = new Set<Thread>();
  /** Until when a question is refused, by its owner. */
  readonly #poison = new Map<string, number>();
  /** Threads in a row that died of nothing that they were given. */
  #failedStarts = 0;
  #isPausing = false;
  #callOffPause = () => {};
  #isClosed = false;
  #onIdle: Array<() => void> = [];

  constructor(options: ComputePoolOptions) {
    this.#options = options;
  }

  /** Threads that it has, or starts when they are wanted. */
  get workers(): number {
    return this.#options.workers;
  }

  /** Chunks waiting or under way. */
  get depth(): number {
    return this.#turns.length + this.#busy;
  }

  /** Resolves when the chunk has been carried out, refused or given back; never rejects. */
  run(chunk: Chunk): Promise<ChunkOutcome> {
    if (this.#isClosed) return Promise.resolve(undefined);
    if (this.#isPoison(chunk.owner)) return Promise.resolve(POISON);
    if (this.#turns.length >= this.#options.queue) return Promise.resolve(FULL);
    return new Promise((resolve) => {
      this.#turns.add(chunk.owner, { ...chunk, resolve, deaths: 0, isGivenUp: false });
      this.#goOn();
    });
  }

  /** Nobody waits for this request any more. Says how much of it had not begun and never will. */
  giveUp(id: string): number {
    const dropped = this.#turns.takeOut((job) => job.id === id);
    for (const { resolve } of dropped) resolve(GIVEN_UP);
    for (const { job } of this.#threads)
      if (job?.id === id) {
        job.isGivenUp = true;
        job.resolve(GIVEN_UP);
      }
    return dropped.length;
  }

  /** Gives back what waits, waits for what is under way, and ends the threads. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#callOffPause();
    for (const { resolve } of this.#turns.takeAll()) resolve(undefined);
    await this.#idle();
    for (const { job } of this.#threads) job?.resolve(undefined);
    await Promise.all([...this.#threads].map(({ thread }) => thread.end()));
  }

  get #busy(): number {
    let busy = 0;
    for (const { job } of this.#threads) if (job !== undefined) busy++;
    return busy;
  }

  /** Gives every thread that is free something to do, and starts one if there is more. */
  #goOn(): void {
    for (const thread of this.#threads) {
      if (!thread.isReady || thread.job !== undefined) continue;
      const job = this.#next();
      if (job === undefined) return;
      this.#give(thread, job);
    }
    if (this.#isPausing || this.#isClosed) return;
    let starting = [...this.#threads].filter(({ isReady }) => !isReady).length;
    for (; starting < this.#turns.length; starting++) {
      if (this.#threads.size >= this.#options.workers) return;
      this.#start();
    }
  }

  /** The next that someone still waits for. */
  #next(): Job | undefined {
    const now = this.#options.clock.now();
    for (;;) {
      const job = this.#turns.take();
      if (job === undefined || job.deadline > now) return job;
      // Its asker has been answered by its own clock.
      job.resolve(FULL);
    }
  }

  #give(thread: Thread, job: Job): void {
    thread.job = job;
    thread.callOffStuck = this.#options.clock.after(STUCK_AFTER_MS, () => void thread.thread.end());
    thread.thread.order({ question: job.question, chunk: job.chunk });
  }

  #start(): void {
    const { program = COMPUTE_PROGRAM, wasm } = this.#options;
    const thread: Thread = {
      thread: new ComputeThread(
        program,
        { wasm },
        {
          ready: () => {
            thread.isReady = true;
            this.#goOn();
          },
          reported: (report) => this.#reported(thread, report),
          ended: (cause) => this.#ended(thread, cause),
        },
      ),
      isReady: false,
      job: undefined,
      callOffStuck: () => {},
    };
    this.#threads.add(thread);
  }

  #reported(thread: Thread, report: ChunkReport): void {
    this.#failedStarts = 0;
    const job = thread.job;
    thread.callOffStuck();
    thread.job = undefined;
    job?.resolve(
      report.ok
        ? { ok: true, value: report.tally, replayed: false }
        : { ok: false, error: refusalOf(report.refusal), replayed: false },
    );
    this.#goOn();
    if (this.#busy === 0) for (const tell of this.#onIdle.splice(0)) tell();
  }

  #ended(thread: Thread, cause: string): void {
    this.#threads.delete(thread);
    thread.callOffStuck();
    const { job } = thread;
    if (this.#isClosed) {
      job?.resolve(undefined);
      if (this.#busy === 0) for (const tell of this.#onIdle.splice(0)) tell();
      return;
    }
    this.#options.log("a compute thread has died and is replaced", { cause, chunk: job?.chunk });
    if (job === undefined) this.#pause();
    else this.#again(job, cause);
    this.#goOn();
  }

  #again(job: Job, cause: string): void {
    if (job.isGivenUp) return;
    job.deaths++;
    if (job.deaths < MAX_DEATHS) return this.#turns.addFirst(job.owner, job);
    this.#options.log("a question ends every thread that computes it: it is refused", {
      cause,
      chunk: job.chunk,
      question: job.question,
    });
    if (this.#poison.size >= MAX_POISON) this.#poison.delete(this.#poison.keys().next().value!);
    this.#poison.set(job.owner, this.#options.clock.now() + POISON_MS);
    for (const { resolve } of [job, ...this.#turns.takeAllOf(job.owner)]) resolve(POISON);
  }

  /** It died of nothing that it was given: another would at once, too. */
  #pause(): void {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#failedStarts++, MAX_PAUSE_MS);
    if (this.#failedStarts >= MAX_DEATHS)
      for (const { resolve } of this.#turns.takeAll()) resolve(NO_THREAD);
    this.#isPausing = true;
    this.#callOffPause = this.#options.clock.after(pauseMs, () => {
      this.#isPausing = false;
      this.#goOn();
    });
  }

  #isPoison(owner: string): boolean {
    const until = this.#poison.get(owner);
    if (until === undefined) return false;
    if (until > this.#options.clock.now()) return true;
    this.#poison.delete(owner);
    return false;
  }

  /** Resolves when nothing is under way, or when it has been waited for long enough. */
  #idle(): Promise<void> {
    if (this.#busy === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const callOff = this.#options.clock.after(DRAIN_MS, resolve);
      this.#onIdle.push(() => {
        callOff();
        resolve();
      });
    });
  }
}

const refuse = (reason: string, retryAfterMs: number): ChunkOutcome => ({
  ok: false,
  error: new Unavailable({ reason, retryAfterMs }),
  replayed: false,
});

const GIVEN_UP = refuse("nobody waits for it any more", 0);
const FULL = refuse("too much waits to be computed", RETRY_FULL_MS);
const POISON = refuse("to compute this ended the process's threads", POISON_MS);
const NO_THREAD = refuse("no thread can be started", MAX_PAUSE_MS);
