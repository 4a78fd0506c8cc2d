/** The calls that a server is carrying out: so many and no more, and none when it is about to stop. */
import { Effect, type Scope } from "effect";
import { Unavailable } from "../../rpc/failure.ts";

const RETRY_BUSY_MS = 250;
/** Another process, or the next start of this one, takes the call then. */
const RETRY_STOPPING_MS = 1000;

export class CallsInFlight {
  readonly #limit: number;
  readonly #refused: (why: "busy" | "stopping") => void;
  #inFlight = 0;
  #stopping = false;
  #idle: Array<() => void> = [];

  /** `refused` hears of each call that is told to come back. */
  constructor(limit: number, refused: (why: "busy" | "stopping") => void) {
    this.#limit = limit;
    this.#refused = refused;
  }

  get count(): number {
    return this.#inFlight;
  }

  /**
   * Counts a call until its scope ends, or tells it to come back, so that nothing waits in a queue that nobody counts. For
   * calls that end with their caller.
   */
  readonly enter: Effect.Effect<void, Unavailable, Scope.Scope> = Effect.acquireRelease(
    Effect.suspend(() => this.#join()),
    () => Effect.sync(() => this.#leave()),
  );

  /** Carries a call out. A caller that goes away does not end it: what was asked counts until it has been done. */
  run<A, E>(call: Effect.Effect<A, E>): Effect.Effect<A, E | Unavailable> {
    const done = Effect.sync(() => this.#leave());
    return Effect.uninterruptible(
      Effect.suspend(() => Effect.zipRight(this.#join(), Effect.ensuring(call, done))),
    );
  }

  /** Takes no more calls; resolves when those under way have ended. */
  drain(): Promise<void> {
    this.#stopping = true;
    return this.#inFlight === 0
      ? Promise.resolve()
      : new Promise((resolve) => void this.#idle.push(resolve));
  }

  #join(): Effect.Effect<void, Unavailable> {
    if (this.#stopping || this.#inFlight >= this.#limit) {
      this.#refused(this.#stopping ? "stopping" : "busy");
      return this.#stopping ? STOPPING : BUSY;
    }
    this.#inFlight++;
    return Effect.void;
  }

  #leave(): void {
    this.#inFlight--;
    if (this.#inFlight === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}

const BUSY = Effect.fail(
  new Unavailable({ reason: "too many calls in flight", retryAfterMs: RETRY_BUSY_MS }),
);
const STOPPING = Effect.fail(
  new Unavailable({ reason: "the server is stopping", retryAfterMs: RETRY_STOPPING_MS }),
);
