/**
 * Starting hands that differ only in their suits are one class: 13 pairs, 78 suited and 78 offsuit ones, 169 in all. They
 * are shown as a grid of 13 × 13: aces at the top and on the left, pairs on the diagonal, suited hands above it, offsuit
 * hands below.
 */
import { cardOf, RANKS, SUITS } from "../cards/Card.ts";
import { combinationOf, COMBINATIONS } from "./Combination.ts";

export const GRID_SIZE = RANKS.length;
const ACE = GRID_SIZE - 1;

export interface HandClass {
  /** `AA`, `AKs`, `AKo`. */
  readonly name: string;
  /** Of the higher card and of the lower: 0 for a deuce, 12 for an ace. */
  readonly high: number;
  readonly low: number;
  readonly suited: boolean;
  /** 6 of a pair, 4 suited, 12 offsuit. */
  readonly combinations: ReadonlyArray<number>;
}

const makeClass = (at: number): HandClass => {
  const row = ACE - Math.floor(at / GRID_SIZE);
  const column = ACE - (at % GRID_SIZE);
  const [high, low] = [Math.max(row, column), Math.min(row, column)];
  const suited = row > column;
  const combinations: Array<number> = [];
  for (let one = 0; one < SUITS.length; one++)
    for (let other = 0; other < SUITS.length; other++)
      if (high === low ? one > other : suited === (one === other))
        combinations.push(combinationOf(cardOf(high, one), cardOf(low, other)));
  const kind = high === low ? "" : suited ? "s" : "o";
  return { name: `${RANKS[high]}${RANKS[low]}${kind}`, high, low, suited, combinations };
};

/** All of them as the grid shows them, row by row: `HAND_CLASSES[GRID_SIZE * row + column]`. */
export const HAND_CLASSES: ReadonlyArray<HandClass> = Array.from(
  { length: GRID_SIZE * GRID_SIZE },
  (_, at) => makeClass(at),
);

/** The place of a class in `HAND_CLASSES`. Pairs are neither suited nor offsuit: `suited` does not count for them. */
export const classAt = (high: number, low: number, suited: boolean): number =>
  suited ? GRID_SIZE * (ACE - high) + (ACE - low) : GRID_SIZE * (ACE - low) + (ACE - high);

const CLASS_OF = new Uint8Array(COMBINATIONS);
HAND_CLASSES.forEach(({ combinations }, at) => {
  for (const combination of combinations) CLASS_OF[combination] = at;
});

/** The class of a combination, by its place in `HAND_CLASSES`. */
export const classOf = (combination: number): number => CLASS_OF[combination] as number;

/** The share of a class that a range has: 0 for nothing, 1 for all of its combinations with their full weight. */
export const classWeight = (
  { weights }: { readonly weights: Float32Array },
  { combinations }: HandClass,
): number => {
  let sum = 0;
  for (const combination of combinations) sum += weights[combination] as number;
  return sum / combinations.length;
};
