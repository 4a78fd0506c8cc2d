/** The clock and the timers, so that tests may bring their own. */
export interface Timers {
  /** The wall clock, epoch milliseconds. It may be wrong and may jump. */
  readonly nowMs: () => number;
  /** Milliseconds from some moment on, never turning back: for measuring. */
  readonly elapsedMs: () => number;
  /** Runs later; returns what calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** What a timer of JavaScript can count, some 24 days; a longer wait would end at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

export const SYSTEM_TIMERS: Timers = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** How long to wait for what; every time in milliseconds. */
export interface Timing {
  /** A socket that has not been greeted by then is given up. */
  readonly connectTimeoutMs: number;
  /** Heartbeats come every 30 s; a connection without any frame for so long is lost. */
  readonly silenceMs: number;
  /** A connection under suspicion is asked, and lost when it has not answered by then. */
  readonly probeMs: number;
  /** A question or command without an answer puts the connection under suspicion and is asked again. */
  readonly answerTimeoutMs: number;
  /** The longest first wait before connecting again; doubles with each failed attempt. */
  readonly backoffBaseMs: number;
  /** Long enough not to press a server that comes back, short enough that nobody reloads the page instead. */
  readonly backoffCapMs: number;
}

export const TIMING: Timing = {
  connectTimeoutMs: 10_000,
  silenceMs: 45_000,
  probeMs: 4_000,
  answerTimeoutMs: 5_000,
  backoffBaseMs: 400,
  backoffCapMs: 8_000,
};
