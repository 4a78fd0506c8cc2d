/**
 * A process that was stopped for a while (SIGSTOP, a suspended machine, a collection of garbage that took seconds) wakes up
 * believing that all it held is still its own. Its writes are fenced by the journal, but what it answers from memory would
 * be old. So it watches its own clock: after a gap it answers nothing until it has made sure of its locks.
 */
import type { Clock } from "../actor/Clock.ts";

export interface VigilOptions {
  readonly clock: Clock;
  /** Whether this process still holds the locks of all shards that it believes to hold. Rejects when that cannot be known. */
  readonly holdsItsLocks: () => Promise<boolean>;
  /** Whether the entities here may answer has changed. */
  readonly changed: (mayAnswer: boolean) => void;
  readonly log: (message: string, fields: Record<string, unknown>) => void;
}

const TICK_MS = 100;
/** Well below the second of silence after which others take over. */
const GAP_MS = 700;
const VERIFY_AGAIN_MS = 100;

export class Vigil {
  readonly #options: VigilOptions;
  #tickedAt: number;
  #mayAnswer = true;
  /** By what the list of runners says: others have been told to take over. */
  #isDisowned = false;
  #verifying = false;
  #cancel: () => void = () => {};
  #isClosed = false;

  constructor(options: VigilOptions) {
    this.#options = options;
    this.#tickedAt = options.clock.now();
    this.#tick();
  }

  /** Asked before every answer. */
  get mayAnswer(): boolean {
    if (this.#mayAnswer && this.#options.clock.now() - this.#tickedAt > GAP_MS) this.#doubt();
    return this.#mayAnswer;
  }

  /** The list of runners says that this one is dead, or that it is not. */
  listed(healthy: boolean): void {
    this.#isDisowned = !healthy;
    if (!healthy && this.#mayAnswer) this.#doubt();
  }

  /** Something else says that its locks may not be its own any more. */
  alarm(): void {
    if (this.#mayAnswer) this.#doubt();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #tick(): void {
    const { clock } = this.#options;
    const now = clock.now();
    if (now - this.#tickedAt > GAP_MS && this.#mayAnswer) this.#doubt();
    this.#tickedAt = now;
    this.#cancel = clock.after(TICK_MS, () => this.#tick());
  }

  #doubt(): void {
    const { changed, clock, log } = this.#options;
    log("this process was paused or taken for dead: it makes sure of its locks", {
      gapMs: clock.now() - this.#tickedAt,
      disowned: this.#isDisowned,
    });
    this.#mayAnswer = false;
    // The gap has been seen: it must not be doubted again before the next tick, which may be a long way behind.
    this.#tickedAt = clock.now();
    changed(false);
    void this.#verify();
  }

  async #verify(): Promise<void> {
    if (this.#verifying) return;
    this.#verifying = true;
    const { changed, clock, holdsItsLocks, log } = this.#options;
    let complained = false;
    while (!this.#isClosed && !this.#mayAnswer) {
      const startedAt = clock.now();
      try {
        const isSure = !this.#isDisowned && (await holdsItsLocks());
        // Paused again, or disowned, meanwhile: what was seen is old, too.
        if (isSure && !this.#isDisowned && clock.now() - startedAt <= GAP_MS) {
          this.#mayAnswer = true;
          break;
        }
      } catch (cause) {
        // Once: while the database is away it would be ten lines a second.
        if (!complained) log("the locks cannot be looked at yet", { cause: String(cause) });
        complained = true;
      }
      await new Promise<void>((resolve) => void clock.after(VERIFY_AGAIN_MS, resolve));
    }
    this.#verifying = false;
    if (this.#mayAnswer) changed(true);
  }
}
