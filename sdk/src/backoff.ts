import type { Timing } from "./Timers.ts";

/**
 * Milliseconds to wait before attempt `attempt` (0 is the first retry), given a random number in [0, 1). Most of the
 * range is random so that the clients that were cut off together do not come back together.
 */
export function backoffMs(
  attempt: number,
  random: number,
  { backoffBaseMs, backoffCapMs }: Pick<Timing, "backoffBaseMs" | "backoffCapMs">,
): number {
  return Math.round(Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt) * (0.25 + 0.75 * random));
}
