/**
 * The server's clock as seen from here. A frame's `server_time` is old by its journey when it arrives, so of all
 * estimates the largest is the best one.
 */
export interface ServerClock {
  /** Milliseconds to add to the local clock; null before the first frame with a time. */
  readonly offsetMs: number | null;
}

export const UNSET_CLOCK: ServerClock = { offsetMs: null };

/** The clock after a frame that told `serverTime` arrived at `nowMs`. `isFirst` of a connection: older estimates are dropped. */
export function applyServerTime(
  clock: ServerClock,
  { serverTime, nowMs, isFirst }: { serverTime: string; nowMs: number; isFirst: boolean },
): ServerClock {
  const offsetMs = Date.parse(serverTime) - nowMs;
  if (Number.isNaN(offsetMs)) return clock;
  if (clock.offsetMs === null || isFirst || offsetMs > clock.offsetMs) return { offsetMs };
  return clock;
}

/** The server's time at the local time `nowMs`. */
export function serverNowMs(clock: ServerClock, nowMs: number): number {
  return nowMs + (clock.offsetMs ?? 0);
}
