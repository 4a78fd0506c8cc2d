/** Writes a range as a person would: `QQ+,AKs,A5s-A2s,76s@50`. What comes out is read back as the same range. */
import { RANKS } from "../cards/Card.ts";
import { combinationText } from "./Combination.ts";
import { classAt, HAND_CLASSES } from "./HandClass.ts";
import { type Range, WEIGHT_STEPS } from "./Range.ts";

/** Weights are rounded to hundredths of a percent. A range of nothing is the empty text, which `parseRange` refuses. */
export const formatRange = ({ weights }: Range): string => {
  const steps = Array.from(weights, (weight) => Math.round(weight * WEIGHT_STEPS));
  const bases = HAND_CLASSES.map(({ combinations }) =>
    cheapestBase(combinations.map((combination) => steps[combination]!)),
  );
  const exceptions = HAND_CLASSES.flatMap(({ combinations }, at) =>
    combinations
      .filter((combination) => steps[combination] !== bases[at])
      .map((combination) => combinationText(combination) + weightText(steps[combination]!)),
  );
  return [...writtenClasses(bases), ...exceptions].join(",");
};

const weightText = (steps: number) =>
  steps === WEIGHT_STEPS ? "" : `@${steps / (WEIGHT_STEPS / 100)}`;

/** The weight that a class is written with, so that the fewest of its combinations have to be written beside it. */
const cheapestBase = (steps: ReadonlyArray<number>): number => {
  const itemsWith = (base: number) =>
    (base === 0 ? 0 : 1) + steps.filter((one) => one !== base).length;
  return [...new Set(steps)]
    .toSorted((a, b) => b - a)
    .reduce((best, base) => (itemsWith(base) < itemsWith(best) ? base : best), 0);
};

const writtenClasses = (bases: ReadonlyArray<number>): ReadonlyArray<string> =>
  [...new Set(bases)]
    .filter((steps) => steps > 0)
    .toSorted((a, b) => b - a)
    .flatMap((steps) => {
      const items = bases.every((base) => base === steps)
        ? ["random"]
        : classItems((high, low, suited) => bases[classAt(high, low, suited)] === steps);
      return items.map((item) => item + weightText(steps));
    });

type Has = (high: number, low: number, suited: boolean) => boolean;

const ACE = RANKS.length - 1;
const DOWNWARDS = Array.from({ length: RANKS.length }, (_, i) => ACE - i);

/** The classes that `has` names, as few items as rows of them allow. */
const classItems = (has: Has): ReadonlyArray<string> => [
  ...rows(
    ACE,
    (rank) => has(rank, rank, true),
    (rank) => `${RANKS[rank]}${RANKS[rank]}`,
  ),
  ...DOWNWARDS.flatMap((high) => rowsBelow(high, has)),
];

/** With one first card: suited and offsuit hands each by themselves or, where that is shorter, together (`AK`). */
const rowsBelow = (high: number, has: Has): ReadonlyArray<string> => {
  const suited = (low: number) => has(high, low, true);
  const offsuit = (low: number) => has(high, low, false);
  const both = (low: number) => suited(low) && offsuit(low);
  const row = (kind: string, isIn: (low: number) => boolean) =>
    rows(high - 1, isIn, (low) => `${RANKS[high]}${RANKS[low]}${kind}`);
  const apart = [...row("s", suited), ...row("o", offsuit)];
  const together = [
    ...row("", both),
    ...row("s", (low) => suited(low) && !both(low)),
    ...row("o", (low) => offsuit(low) && !both(low)),
  ];
  return together.join().length < apart.join().length ? together : apart;
};

/** Unbroken rows of ranks, from `top` down: `KTs+` if it begins there, else `A5s-A2s`, or one hand. */
const rows = (
  top: number,
  isIn: (rank: number) => boolean,
  textOf: (rank: number) => string,
): ReadonlyArray<string> => {
  const items: Array<string> = [];
  for (let rank = top; rank >= 0; rank--) {
    if (!isIn(rank)) continue;
    const last = rank;
    while (rank > 0 && isIn(rank - 1)) rank--;
    const first = textOf(rank);
    items.push(rank === last ? first : last === top ? `${first}+` : `${textOf(last)}-${first}`);
  }
  return items;
};
