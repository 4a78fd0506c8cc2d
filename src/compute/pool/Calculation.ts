/**
 * One question under way: some chunks at a time are asked for, wherever they are computed, and added up in their order, so
 * that the answer is the same for any number of threads and processes. It ends with the first chunk after which no other
 * would change the answer. However it ends, what is under way then is given up, so that its threads are free for others.
 */
import {
  type ChunkTally,
  type EquityAnswer,
  type EquityProgress,
  type EquityRefused,
  NoCombination,
} from "../../../rpc/equity.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import type { Outcome } from "../../actor/Ask.ts";
import type { Clock } from "../../actor/Clock.ts";
import type { Plan } from "../equity/plan.ts";
import { type Merge, startMerge } from "../equity/Merge.ts";

type Tally = typeof ChunkTally.Type;
export type Answered = Outcome<EquityAnswer, EquityRefused | Unavailable>;

export interface CalculationOptions {
  readonly plan: Plan;
  /** Chunks under way at a time. */
  readonly window: number;
  /** Has a chunk computed; further attempts go elsewhere. */
  readonly compute: (
    chunk: number,
    attempt: number,
  ) => Promise<Outcome<Tally, EquityRefused | Unavailable>>;
  /** Nobody waits any more for what `compute` was asked. */
  readonly giveUp: (chunk: number, attempt: number) => void;
  readonly clock: Clock;
  readonly onProgress?: ((progress: EquityProgress) => void) | undefined;
}

/** Chunks may be so many windows ahead of the one that is added next, so that a slow one does not keep all others waiting. */
const MAX_AHEAD_WINDOWS = 4;
const PROGRESS_EVERY_MS = 100;
/** A chunk that has been refused for so long is not going to be computed. */
const MAX_REFUSED_MS = 60_000;
/** Whoever says to come back later than this has no room soon. */
const MAX_PATIENCE_MS = 2000;

export class Calculation {
  readonly #options: CalculationOptions;
  readonly #merge: Merge;
  /** Computed, and waiting for those before them. */
  readonly #tallies = new Map<number, Tally>();
  /** Asked for and not answered: chunks, and the attempt that each is at. */
  readonly #asked = new Map<number, number>();
  readonly #settle: (answered: Answered | undefined) => void;
  /** Undefined when it was cancelled. */
  readonly answered: Promise<Answered | undefined>;
  /** The first chunk that has not been asked for. */
  #next = 0;
  /** The first that has not been added. */
  #added = 0;
  #underWay = 0;
  /** Of those under way, the ones that were refused and are going to be asked for again. */
  #refused = 0;
  #isOver = false;
  #toldAt: number;

  constructor(options: CalculationOptions) {
    this.#options = options;
    this.#merge = startMerge(options.plan);
    this.#toldAt = options.clock.now();
    let settle: (answered: Answered | undefined) => void = () => {};
    this.answered = new Promise((resolve) => (settle = resolve));
    this.#settle = settle;
    this.#askForMore();
  }

  /** No further chunk is asked for, and those that are under way are given up. */
  cancel(): void {
    this.#end(undefined);
  }

  #askForMore(): void {
    const { plan, window } = this.#options;
    const limit = Math.min(plan.chunks, this.#added + MAX_AHEAD_WINDOWS * window);
    while (!this.#isOver && this.#underWay < window && this.#next < limit)
      void this.#compute(this.#next++);
  }

  async #compute(chunk: number): Promise<void> {
    const { clock, compute } = this.#options;
    const askedAt = clock.now();
    this.#underWay++;
    for (let attempt = 0; !this.#isOver; attempt++) {
      this.#asked.set(chunk, attempt);
      const outcome = await compute(chunk, attempt);
      this.#asked.delete(chunk);
      if (outcome.ok) {
        this.#tallies.set(chunk, outcome.value);
        break;
      }
      const isTooLate = clock.now() - askedAt > MAX_REFUSED_MS;
      if (isTooLate || !this.#isWorthAnother(outcome.error)) return this.#end(outcome);
      this.#refused++;
      await this.#pause(outcome.error.retryAfterMs);
      this.#refused--;
    }
    this.#underWay--;
    this.#addUp();
    this.#askForMore();
  }

  /** A question of which nothing was taken is refused when there is no room; one that has begun waits for some. */
  #isWorthAnother(error: EquityRefused | Unavailable): error is Unavailable {
    const others = this.#underWay - this.#refused - 1;
    const hasBegun = this.#added > 0 || this.#tallies.size > 0 || others > 0;
    return error instanceof Unavailable && hasBegun && error.retryAfterMs <= MAX_PATIENCE_MS;
  }

  #addUp(): void {
    for (;;) {
      if (this.#isOver) return;
      if (this.#merge.done) return this.#conclude();
      const tally = this.#tallies.get(this.#added);
      if (tally === undefined) return this.#tell();
      this.#tallies.delete(this.#added++);
      this.#merge.add(tally);
    }
  }

  #conclude(): void {
    const answer = this.#merge.answer();
    this.#end(
      answer === undefined
        ? { ok: false, error: NOTHING_DEALT, replayed: false }
        : { ok: true, value: answer, replayed: false },
    );
  }

  #tell(): void {
    const { clock, onProgress, plan } = this.#options;
    const now = clock.now();
    if (onProgress === undefined || now - this.#toldAt < PROGRESS_EVERY_MS) return;
    const answer = this.#merge.answer();
    if (answer === undefined) return;
    this.#toldAt = now;
    onProgress({ ...answer, done: this.#added, of: plan.chunks });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#options.clock.after(ms, resolve));
  }

  #end(answered: Answered | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#tallies.clear();
    for (const [chunk, attempt] of this.#asked) this.#options.giveUp(chunk, attempt);
    this.#settle(answered);
  }
}

export const NOTHING_DEALT = new NoCombination({
  reason: "no deal was found in which all players have cards of their range",
});
