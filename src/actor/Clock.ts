/**
 * Time and chance, as the runtime sees them. Both are handed in, so that a test or a simulation owns them; deciders
 * get them inside commands and never ask.
 */
import { randomBytes } from "node:crypto";

export interface Clock {
  /** Wall clock, epoch milliseconds. It may jump; nothing here relies on it going forward only. */
  readonly now: () => number;
  /** Runs `work` once after `delayMs`; the returned function calls it off. */
  readonly after: (delayMs: number, work: () => void) => () => void;
  /** Runs `work` when what is happening now has happened. */
  readonly soon: (work: () => void) => void;
}

export interface Entropy {
  /** `bytes` random bytes as lower-case hex. */
  readonly hex: (bytes: number) => string;
}

/** The longest delay that timers keep exactly; a longer one wakes earlier and is set again. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, Math.min(Math.max(0, delayMs), MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
  soon: (work) => void setImmediate(work),
};

export const systemEntropy: Entropy = { hex: (bytes) => randomBytes(bytes).toString("hex") };
