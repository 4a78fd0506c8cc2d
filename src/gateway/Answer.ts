/** What a handler answers: the same `Outcome` that an entity answers, so most handlers pass it on. */
import type { Outcome } from "../actor/Ask.ts";

export const success = <A>(value: A): Outcome<A, never> => ({ ok: true, value, replayed: false });

export const failure = <E>(error: E): Outcome<never, E> => ({ ok: false, error, replayed: false });

/** The outcome with its value as `f` makes it; a failure stays. */
export const mapOutcome = <A, B, E>(outcome: Outcome<A, E>, f: (value: A) => B): Outcome<B, E> =>
  outcome.ok ? { ok: true, value: f(outcome.value), replayed: outcome.replayed } : outcome;

/** Starts something asynchronous; should it throw before it has a promise to reject, that is a rejection too. */
export const attempt = <A>(start: () => Promise<A>): Promise<A> => {
  try {
    return start();
  } catch (defect) {
    return Promise.reject(defect);
  }
};
