/**
 * Two cards that a player can hold: 1,326 combinations, each known by a number. Cards are numbers,
 * too (`Card.ts`).
 */
import { DECK_SIZE, formatCard } from "../cards/Card.ts";

export const COMBINATIONS = 1326;

/** The number of the combination of two different cards, in whatever order. */
export const combinationOf = (one: number, other: number): number => {
  const high = Math.max(one, other);
  return (high * (high - 1)) / 2 + Math.min(one, other);
};

const HIGH = new Uint8Array(COMBINATIONS);
const LOW = new Uint8Array(COMBINATIONS);
for (let high = 1, at = 0; high < DECK_SIZE; high++)
  for (let low = 0; low < high; low++, at++) {
    HIGH[at] = high;
    LOW[at] = low;
  }

/** Its two cards, the one with the greater number first. */
export const cardsOf = (combination: number): readonly [high: number, low: number] => [
  HIGH[combination] as number,
  LOW[combination] as number,
];

/** `AhKd`: the higher rank first. */
export const combinationText = (combination: number): string => {
  const [high, low] = cardsOf(combination);
  return formatCard(high) + formatCard(low);
};
