/**
 * Who was first, to a fraction of a tick.
 *
 * Within a tick a runner moves evenly, so the moment it reaches the line is an exact fraction of that tick. A finish
 * camera does not see exact fractions: it takes a picture at fixed intervals, lines of the picture, and runners on the same
 * line are a dead heat. This one takes `CAMERA_LINES` lines a race, which is one a millisecond in the default race of
 * forty seconds. Being a number of lines, equality is transitive, and the order never depends on rounding.
 */

/** With it one race in some five hundred has a dead heat for first, one in sixty any, whatever the race's length. */
export const CAMERA_LINES = 40_000;

/** The picture is asked for when first and second are within an eighth of a percent of the race: a tick in the default race. */
export const PHOTO_FINISH_LINES = 50;

export interface Crossing {
  /** Ticks completed before the one in which the line was reached. */
  readonly tick: number;
  /** Distance to the line at the start of that tick; less than or equal to `movedUm`. */
  readonly remainingUm: number;
  /** Distance covered in that tick, positive. */
  readonly movedUm: number;
}

/**
 * The camera line of a crossing, floor((tick + remaining / moved) × CAMERA_LINES / maxTicks). With at most 1,200 ticks and
 * under 4,000,000 µm a tick, the numerator stays below 2 × 10^14.
 */
export function cameraLine(crossing: Crossing, maxTicks: number): number {
  const { tick, remainingUm, movedUm } = crossing;
  return Math.floor(((tick * movedUm + remainingUm) * CAMERA_LINES) / (movedUm * maxTicks));
}

/** A starter at the end of the race. */
export interface Finish {
  readonly number: number;
  /** Null if it had not reached the line when the race ended. */
  readonly line: number | null;
  /** How far it came; ranks those without a line, behind all with one. */
  readonly distanceMm: number;
}

/** The finishing order in groups; a dead heat is one group, in ascending number. */
export function finishingOrder(finishes: readonly Finish[]): readonly (readonly number[])[] {
  const sorted = finishes.toSorted((a, b) => compareFinishes(a, b) || a.number - b.number);
  const groups: number[][] = [];
  sorted.forEach((finish, index) => {
    const before = sorted[index - 1];
    if (before !== undefined && compareFinishes(before, finish) === 0) {
      groups.at(-1)!.push(finish.number);
    } else {
      groups.push([finish.number]);
    }
  });
  return groups;
}

/** Whether first place needed the picture: the two best lines are equal or nearly so. */
export function isPhotoFinish(finishes: readonly Finish[]): boolean {
  const lines = finishes
    .flatMap(({ line }) => (line === null ? [] : [line]))
    .toSorted((a, b) => a - b);
  const [first, second] = lines;
  return first !== undefined && second !== undefined && second - first <= PHOTO_FINISH_LINES;
}

function compareFinishes(a: Finish, b: Finish): number {
  if (a.line !== null && b.line !== null) return a.line - b.line;
  if (a.line !== null) return -1;
  if (b.line !== null) return 1;
  return b.distanceMm - a.distanceMm;
}
