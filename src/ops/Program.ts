/** How a program of ours runs from start to end, and what its user reads when it cannot start. */
import { NodeRuntime } from "@effect/platform-node";
import { Cause, Effect } from "effect";

/** A start that fails says why in a sentence; a defect shows its cause. */
const explain = <A, E extends { readonly message: string }>(program: Effect.Effect<A, E>) =>
  program.pipe(
    Effect.sandbox,
    Effect.catchAll((cause) =>
      Effect.sync(() => {
        if (Cause.isInterruptedOnly(cause)) return;
        const failure = Cause.failureOption(cause);
        console.error(failure._tag === "Some" ? failure.value.message : Cause.pretty(cause));
        process.exitCode = 1;
      }),
    ),
  );

/**
 * Runs until it ends or is told to stop. The first signal starts the stop; another must not cut it short, for PostgreSQL would
 * be left behind. A closed terminal is told like SIGTERM: nobody is there to press Ctrl-C any more.
 */
export const runProgram = <A, E extends { readonly message: string }>(
  program: Effect.Effect<A, E>,
): void => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
  process.once("SIGHUP", () => process.kill(process.pid, "SIGTERM"));
  NodeRuntime.runMain(explain(program), {
    disableErrorReporting: true,
    // A start that failed ends the process, whatever it had begun that would hold it open.
    teardown: (_, end) => end(Number(process.exitCode ?? 0)),
  });
};
