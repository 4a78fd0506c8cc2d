/** The singletons that run in this process now, by name: for reports and for people. */
import { Effect } from "effect";

export class RunningSingletons {
  readonly #running = new Map<string, number>();

  names(): ReadonlyArray<string> {
    return [...this.#running.keys()].toSorted();
  }

  /** Names `singleton` among them while it runs, however it ends. */
  during<A, E, R>(name: string, singleton: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.acquireUseRelease(
      Effect.sync(() => this.#count(name, 1)),
      () => singleton,
      () => Effect.sync(() => this.#count(name, -1)),
    );
  }

  /** Counted, because the next run may begin before the last has quite ended. */
  #count(name: string, by: number): void {
    const count = (this.#running.get(name) ?? 0) + by;
    if (count === 0) this.#running.delete(name);
    else this.#running.set(name, count);
  }
}
