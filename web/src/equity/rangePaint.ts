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

/** The range with this class at this weight, 0 to 1; the other classes stay, with single combinations. */
export function paint(text: string, at: number, weight: number): string {
  const parsed = parseRange(text);
  const weights = parsed.ok ? parsed.range.weights : new Float32Array(COMBINATIONS);
  for (const combination of HAND_CLASSES[at]?.combinations ?? []) weights[combination] = weight;
  return formatRange({ weights });
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
