import type { Crossings, RaceOutcome } from "./RaceOutcome.ts";

/** A starter in the official order. */
export interface Finisher {
  readonly number: number;
  readonly name: string;
  /** One more than the number of runners before its group. */
  readonly place: number;
  /** A dead heat: others have the same place. */
  readonly isShared: boolean;
  /** When it reached the line, in milliseconds from the start; null when that is not known or it did not. */
  readonly atMs: number | null;
}

/**
 * The starters with their places, best first. The order is the server's word; times are reckoned from frames, so where
 * they would contradict it by a hair they are moved to agree: later places are never earlier, dead heats are equal.
 */
export function finishersOf(
  { order = [], runners }: RaceOutcome,
  crossings: Crossings = [],
): readonly Finisher[] {
  let before = 0;
  let latestMs = 0;
  return order.flatMap((group) => {
    const place = before + 1;
    before += group.length;
    const times = group.flatMap((number) => {
      const at = crossings[runners.findIndex((runner) => runner.number === number)];
      return at === null || at === undefined ? [] : [at];
    });
    const isTimed = times.length > 0;
    if (isTimed) latestMs = Math.max(latestMs, Math.min(...times));
    const atMs = isTimed ? latestMs : null;
    return group.map((number) => ({
      number,
      name: runners.find((runner) => runner.number === number)?.name ?? String(number),
      place,
      isShared: group.length > 1,
      atMs,
    }));
  });
}

/** Milliseconds between the winner and the next; 0 for a dead heat, null when it was not seen. */
export function winningMarginMs(finishers: readonly Finisher[]): number | null {
  const [first, second] = finishers;
  if (first?.isShared === true) return 0;
  if (first?.atMs === undefined || first.atMs === null) return null;
  if (second?.atMs === undefined || second.atMs === null) return null;
  return second.atMs - first.atMs;
}

/** Two ticks of fifty milliseconds would be seen by eye; under this it takes the picture. */
const CLOSE_MS = 60;

/** Whether the finish is worth a picture: by the server's rule, or because hundredths decided it. */
export function isClose(outcome: RaceOutcome, finishers: readonly Finisher[]): boolean {
  const marginMs = winningMarginMs(finishers);
  return outcome.photo_finish === true || (marginMs !== null && marginMs <= CLOSE_MS);
}
