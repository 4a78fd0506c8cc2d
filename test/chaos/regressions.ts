/**
 * Faults that once broke a promise, kept for ever with what that was, and played first. The schedule is written out, so
 * that it stays when the making of schedules changes.
 */
import type { Scheduled } from "./Schedule.ts";

export interface Regression {
  /** What was broken, in a few words. */
  readonly found: string;
  /** Of the players' decisions. */
  readonly seed: number;
  readonly faultsMs: number;
  readonly schedule: ReadonlyArray<Scheduled>;
}

export const REGRESSIONS: ReadonlyArray<Regression> = [
  {
    // While it was paused others took over and wrote; then their lock sessions ended, and it got its own locks back before
    // they had noticed: it held the locks, and had not held them all the time.
    found: "a process that was paused read out what it remembered, for its locks had come back",
    seed: 139,
    faultsMs: 7000,
    schedule: [
      { atMs: 1000, fault: { kind: "long pause", process: 0, forMs: 4500 } },
      { atMs: 4100, fault: { kind: "end a lock session", pick: 0 } },
      { atMs: 4200, fault: { kind: "end a lock session", pick: 1 } },
    ],
  },
];
