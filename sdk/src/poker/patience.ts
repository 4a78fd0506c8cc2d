/** Asking again while the answer is only that there is none for now. */
import { backoffMs } from "../backoff.ts";
import type { Base } from "../Croupier.ts";
import type { Refusal } from "../Command.ts";
import { MAX_FAULTS, refusedBy, RETRIED_CODES } from "../refused.ts";
import type { Answer, LocalProblem } from "../Rest.ts";
import type { Problem } from "../wire.ts";

export type AnyProblem = Problem | LocalProblem;

/** Longer than a server takes to be replaced; who has waited so long wants to know. */
export const GIVE_UP_AFTER_MS = 60_000;
export const isPassing = (code: string): boolean => RETRIED_CODES.includes(code);

/** As the server advises, else longer with each attempt. */
export function retryInMs(base: Base, attempt: number, advice: unknown): number {
  if (typeof advice === "number" && advice >= 0) return advice;
  return backoffMs(attempt, base.random(), base.timing);
}

/** Reading a list has failed for good, or for a minute. */
export class ReadFailed extends Error {
  readonly problem: AnyProblem;

  constructor(problem: AnyProblem) {
    super(problem.detail);
    this.name = "ReadFailed";
    this.problem = problem;
  }
}

export function refusalOf(problem: AnyProblem): Refusal {
  return refusedBy("", problem).refusal;
}

/** Resolves then, or as soon as `signal` aborts. */
export function pause(base: Base, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = base.timers.after(ms, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

export interface Patience<Body> {
  readonly ask: () => Promise<Answer<Body>>;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told why, each time that there is a wait. */
  readonly onWait?: (why: AnyProblem) => void;
}

/** The first answer that is one; the last one that is none when a minute is over or `signal` aborts. */
export async function persist<Body>(
  base: Base,
  { ask, onWait, signal }: Patience<Body>,
): Promise<Answer<Body>> {
  const sinceMs = base.timers.elapsedMs();
  let faults = 0;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask();
    if (answer.ok || signal.aborted) return answer;
    const { problem } = answer;
    const isFault = problem.code === "internal_error";
    if (isFault) faults += 1;
    if (isFault ? faults >= MAX_FAULTS : !isPassing(problem.code)) return answer;
    const waitMs = retryInMs(
      base,
      attempt,
      "retry_after_ms" in problem ? problem.retry_after_ms : undefined,
    );
    if (base.timers.elapsedMs() + waitMs - sinceMs > GIVE_UP_AFTER_MS) return answer;
    onWait?.(problem);
    await pause(base, waitMs, signal);
  }
}
