import { setTimeout as delay } from "node:timers/promises";

/** More than any step takes on a busy machine, less than a test may. */
const DEADLINE_MS = 20_000;
const POLL_MS = 50;

const lateness = (what: string) => new Error(`waited ${DEADLINE_MS} ms for ${what}`);

/** The promise's outcome, or a rejection that says what was waited for. */
export const within = async <A>(promise: Promise<A>, what: string): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lateness(what)), DEADLINE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** Looks again and again at what tells nobody of its change, until it is as wanted. */
export const until = async <A>(
  what: string,
  look: () => Promise<A> | A,
  isReached: (seen: A) => boolean,
): Promise<A> => {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const seen = await look();
    if (isReached(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`${lateness(what).message}; at last: ${JSON.stringify(seen)}`);
    await delay(POLL_MS);
  }
};
