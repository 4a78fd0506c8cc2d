/** The longest first wait; doubles with each failed attempt. */
const BASE_MS = 400;
/** Long enough not to press a server that comes back, short enough that nobody reloads the page instead. */
const CAP_MS = 8_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first retry), given a random number in [0, 1). The full range
 * is random so that the clients that were cut off together do not come back together.
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.round(Math.min(CAP_MS, BASE_MS * 2 ** attempt) * (0.25 + 0.75 * random));
}
