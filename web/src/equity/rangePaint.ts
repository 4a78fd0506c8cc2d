/** A range as a grid of 169 classes that are painted with a weight. Pure. */
import { classWeight, GRID_SIZE, HAND_CLASSES } from "../../../src/compute/range/HandClass.ts";
import { formatRange } from "../../../src/compute/range/formatRange.ts";
import { parseRange } from "../../../src/compute/range/Range.ts";
import { COMBINATIONS } from "../../../src/compute/range/Combination.ts";

/** What can be painted with, in percent. */
export const BRUSHES = [100, 75, 50, 25] as const;

export interface PaintedRange {
  /** By class, row by row: 0 to 1. */
  readonly weights: readonly number[];
  /** Of all 1,326 combinations, weights counted. */
  readonly combinations: number;
  readonly share: number;
}

/** What is written wrong is a range of nothing. */
export function paintedIn(text: string): PaintedRange {
  const parsed = parseRange(text);
  const range = parsed.ok ? parsed.range : { weights: new Float32Array(COMBINATIONS) };
  const combinations = range.weights.reduce((sum, weight) => sum + weight, 0);
  return {
    weights: HAND_CLASSES.map((handClass) => classWeight(range, handClass)),
    combinations,
    share: combinations / COMBINATIONS,
  };
}

/** The range with these classes at this weight, 0 to 1; the others stay, with their single combinations. */
export function paint(text: string, classes: readonly number[], weight: number): string {
  const parsed = parseRange(text);
  const weights = parsed.ok ? parsed.range.weights : new Float32Array(COMBINATIONS);
  for (const at of classes)
    for (const combination of HAND_CLASSES[at]?.combinations ?? []) weights[combination] = weight;
  return formatRange({ weights });
}

/**
 * The classes that a straight stroke from one to the other goes over, without the first: a quick hand is reported at a few
 * points of its way only.
 */
export function strokeBetween(from: number, to: number): readonly number[] {
  const [fromRow, fromColumn] = [Math.floor(from / GRID_SIZE), from % GRID_SIZE];
  const rows = Math.floor(to / GRID_SIZE) - fromRow;
  const columns = (to % GRID_SIZE) - fromColumn;
  const steps = Math.max(Math.abs(rows), Math.abs(columns));
  return Array.from({ length: steps }, (_, nth) => {
    const part = (nth + 1) / steps;
    const row = fromRow + Math.round(part * rows);
    return row * GRID_SIZE + fromColumn + Math.round(part * columns);
  });
}

/** Where an arrow key leads from a class; undefined for other keys. */
export function neighbour(key: string, at: number): number | undefined {
  const row = Math.floor(at / GRID_SIZE);
  const column = at % GRID_SIZE;
  const last = GRID_SIZE - 1;
  switch (key) {
    case "ArrowLeft":
      return row * GRID_SIZE + Math.max(0, column - 1);
    case "ArrowRight":
      return row * GRID_SIZE + Math.min(last, column + 1);
    case "ArrowUp":
      return Math.max(0, row - 1) * GRID_SIZE + column;
    case "ArrowDown":
      return Math.min(last, row + 1) * GRID_SIZE + column;
    case "Home":
      return row * GRID_SIZE;
    case "End":
      return row * GRID_SIZE + last;
    default:
      return undefined;
  }
}
