/**
 * The steps of a stop. What a process has opened it closes in reverse, one after another, and each step is waited for only so
 * long: what hangs is named in the log and left behind, so that the steps after it are still taken. Nothing that was
 * acknowledged is lost by that: it is on disk, and the fence and command ids answer for the rest.
 *
 * The bound is a plain timer. A finalizer cannot be interrupted, and so neither can what runs in it: `Effect.timeout` there
 * waits, when its time has come, for the very thing that hangs.
 */
import { Effect, Layer, Runtime, Scope } from "effect";

/** Steps take milliseconds. One that takes longer is named while it does: if the process is ended then, its log says why. */
const LONG_MS = 1000;
const LATE = Symbol("late");

/** Closes what is called `what`. Waits for `withinMs` at most, then goes on and logs a warning; dies when `close` rejects. */
export const closing = (
  what: string,
  withinMs: number,
  close: () => Promise<unknown>,
): Effect.Effect<void> =>
  Effect.flatMap(Effect.runtime<never>(), (runtime) => {
    const fork = Runtime.runFork(runtime);
    return Effect.promise(async () => {
      const long = setTimeout(() => fork(Effect.logInfo(`the stop waits for ${what}`)), LONG_MS);
      let late: NodeJS.Timeout | undefined;
      const isLate = new Promise<typeof LATE>((resolve) => {
        late = setTimeout(() => resolve(LATE), withinMs);
      });
      try {
        if ((await Promise.race([close(), isLate])) === LATE)
          fork(Effect.logWarning(`the stop goes on without ${what}: not closed in ${withinMs} ms`));
      } finally {
        clearTimeout(long);
        clearTimeout(late);
      }
    });
  });

/** A scope for what a library opens, closed with the scope around it and within `withinMs`. */
export const closingScope = (what: string, withinMs: number) =>
  Effect.flatMap(Effect.runtime<never>(), (runtime) =>
    Effect.acquireRelease(Scope.make(), (scope, exit) =>
      closing(what, withinMs, () => Runtime.runPromise(runtime)(Scope.close(scope, exit))),
    ),
  );

/** The same layer, released within `withinMs`. */
export const closingLayer = <A, E, R>(
  what: string,
  withinMs: number,
  layer: Layer.Layer<A, E, R>,
): Layer.Layer<A, E, R> =>
  Layer.scopedContext(
    Effect.flatMap(closingScope(what, withinMs), (scope) => Layer.buildWithScope(layer, scope)),
  );
