import { setTimeout as delay } from "node:timers/promises";
import { PATIENCE_MS } from "../support/patience.ts";

const POLL_MS = 50;

const lateness = (what: string) => new Error(`waited ${PATIENCE_MS} ms for ${what}`);

/** The promise's outcome, or a rejection that says what was waited for. */
export const within = async <A>(promise: Promise<A>, what: string): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lateness(what)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** Looks again and again at what tells nobody of its change, until it is as wanted. */
export const until = async <A>(
  what: string,
  look: () => Promise<A> | A,
  isReached: (seen: A) => boolean,
): Promise<A> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (isReached(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`${lateness(what).message}; at last: ${JSON.stringify(seen)}`);
    await delay(POLL_MS);
  }
};
