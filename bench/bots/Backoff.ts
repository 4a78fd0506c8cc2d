import type { Random } from "./Temperament.ts";

const FIRST_MS = 250;
/** A server restarts in seconds; a bot is back soon after. */
const MOST_MS = 10_000;

/**
 * How long to wait before the next attempt: doubled after each failure and spread over half of it, so that the bots of a
 * restarted server do not come all at once.
 */
export class Backoff {
  #failures = 0;

  next(random: Random): number {
    const most = Math.min(MOST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    return most * (0.5 + random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
