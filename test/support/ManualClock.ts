/** Time that stands still until a test moves it. Timers fire in order, each with all that follows from it. */
import type { Clock } from "../../src/actor/Clock.ts";

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** Turns of the event loop without any work after which nothing more is coming: promises take none, `soon` takes one. */
const QUIET_TURNS = 3;

export class ManualClock implements Clock {
  /** Wall clock at elapsed time zero. */
  #wall: number;
  #elapsedMs = 0;
  #timers: Array<Timer> = [];
  #soon = 0;

  constructor(startsAt = 1_700_000_000_000) {
    this.#wall = startsAt;
  }

  readonly now = () => this.#wall + this.#elapsedMs;

  readonly after = (delayMs: number, work: () => void) => {
    const timer = { at: this.#elapsedMs + Math.max(0, delayMs), work };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  readonly soon = (work: () => void) => {
    this.#soon++;
    setImmediate(() => {
      this.#soon--;
      work();
    });
  };

  /** Timers that are set. */
  get timers(): number {
    return this.#timers.length;
  }

  /** Resolves when all that could happen without time passing has happened. */
  async settled(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet = this.#soon === 0 ? quiet + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  }

  async advance(ms: number): Promise<void> {
    await this.settled();
    const until = this.#elapsedMs + ms;
    for (;;) {
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > until) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#elapsedMs = Math.max(this.#elapsedMs, next.at);
      next.work();
      await this.settled();
    }
    this.#elapsedMs = until;
  }

  /** Someone sets the wall clock: timers do not notice. */
  jump(ms: number): void {
    this.#wall += ms;
  }
}
