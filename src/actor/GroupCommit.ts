/**
 * Group commit: while one transaction is in flight, everything that entities decide queues up, and the next transaction
 * takes all of it. One fsync is shared by hundreds of commands; the busier the process, the cheaper each.
 *
 * Batches are written strictly one after another. So when one fails, nothing behind it has been written yet, and
 * entities that decided on top of it can simply drop their state.
 */
import { Array as Arr } from "effect";
import type { Clock } from "./Clock.ts";
import type { Append, Conflict, Journal } from "./Journal.ts";

/** What became of an append. `fence` and `duplicate`: see `Conflict`. `refused`: the store found it malformed. */
export type Settled = "committed" | "away" | "refused" | Conflict["reason"];

export interface Submission {
  readonly append: Append;
  readonly settle: (result: Settled) => void;
  /** Set by the submitter when an earlier append of the entity failed: what was decided on top of it is void. */
  void: boolean;
}

export interface GroupCommitMetrics {
  readonly committed: (appends: number, latencyMs: number) => void;
  readonly fenced: (appends: number) => void;
}

/** Enough to fill a transaction's fixed cost many times over, few enough that it stays in the tens of milliseconds. */
const MAX_BATCH = 1000;
/**
 * Appends that may wait while the store does not answer: some seconds of a busy process's work. Beyond it, commands are
 * told to come back.
 */
const CAPACITY = 50_000;

export class GroupCommit {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #metrics: GroupCommitMetrics;
  readonly #log: (message: string, fields: Record<string, unknown>) => void;
  #queue: Array<Submission> = [];
  #running = false;
  #idle: Array<() => void> = [];

  constructor(
    journal: Journal,
    clock: Clock,
    metrics: GroupCommitMetrics,
    log: (message: string, fields: Record<string, unknown>) => void,
  ) {
    this.#journal = journal;
    this.#clock = clock;
    this.#metrics = metrics;
    this.#log = log;
  }

  /** Appends waiting for a transaction, without those in one. */
  get depth(): number {
    return this.#queue.length;
  }

  /** Whether so much waits already that no more should be decided. */
  get isFull(): boolean {
    return this.#queue.length >= CAPACITY;
  }

  submit(submission: Submission): void {
    this.#queue.push(submission);
    if (this.#running) return;
    this.#running = true;
    // After this turn of the event loop, so that all messages that arrived in it share the transaction.
    this.#clock.soon(() => void this.#run());
  }

  /** Resolves when nothing is queued or in flight. */
  drained(): Promise<void> {
    return this.#running ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#take();
      if (batch.length > 0) await this.#write(batch);
    }
    this.#running = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(): ReadonlyArray<Submission> {
    const taken = this.#queue.length <= MAX_BATCH ? this.#queue : this.#queue.slice(0, MAX_BATCH);
    this.#queue = this.#queue.length <= MAX_BATCH ? [] : this.#queue.slice(MAX_BATCH);
    return taken.filter((submission) => !submission.void);
  }

  async #write(batch: ReadonlyArray<Submission>): Promise<void> {
    let left = batch;
    while (left.length > 0) {
      const started = this.#clock.now();
      const result = await this.#journal.commit(left.map((submission) => submission.append));
      switch (result._tag) {
        case "Committed": {
          this.#metrics.committed(left.length, this.#clock.now() - started);
          this.#settle(left, "committed");
          return;
        }
        case "Away": {
          this.#log("the journal is away, what was not written is void", {
            appends: left.length,
            cause: result.cause,
          });
          this.#settle(left, "away");
          return;
        }
        case "Conflicted": {
          const reasons = new Map(result.conflicts.map((one) => [keyOf(one), one.reason]));
          const hit = left.filter((submission) => reasons.has(keyOf(submission.append.entry)));
          this.#metrics.fenced(hit.length);
          for (const submission of hit) {
            this.#settle([submission], reasons.get(keyOf(submission.append.entry)) ?? "fence");
          }
          left = left.filter((submission) => !reasons.has(keyOf(submission.append.entry)));
          break;
        }
        case "Refused": {
          await this.#isolate(left, result.cause);
          return;
        }
      }
    }
  }

  /**
   * One append cannot be written at all, and the batch fails with it: write each entity's by themselves, then each of
   * the guilty entity's, in order, up to the one.
   */
  async #isolate(batch: ReadonlyArray<Submission>, cause: string): Promise<void> {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      this.#log("the store refuses an append", { entity: keyOf(first.append.entry), cause });
      return this.#settle(batch, "refused");
    }
    const entities = Object.values(
      Arr.groupBy(batch, (submission) => keyOf(submission.append.entry)),
    );
    const parts = entities.length > 1 ? entities : batch.map((submission) => [submission]);
    for (const part of parts) await this.#write(part.filter((submission) => !submission.void));
  }

  /**
   * The first that fails makes its entity void all it has in flight: those have been dealt with then. A defect in what
   * an entity does with the news is its own and must not reach the others of the batch.
   */
  #settle(submissions: ReadonlyArray<Submission>, result: Settled): void {
    for (const submission of submissions) {
      if (submission.void) continue;
      try {
        submission.settle(result);
      } catch (defect) {
        this.#log("an entity died of a settled append", {
          entity: keyOf(submission.append.entry),
          cause: String(defect),
        });
      }
    }
  }
}

const keyOf = (key: { readonly kind: string; readonly entityId: string }) =>
  `${key.kind}\n${key.entityId}`;
