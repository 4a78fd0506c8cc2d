/**
 * What beats what, written a second time and differently, for the tests to compare: five cards at a time, by counting. Slow, and
 * short enough to be believed.
 */
import { rankOf, suitOf, type Card } from "../../../src/compute/cards/Card.ts";

/** Greater is better; equal hands are equal. */
export const referenceStrength = (five: ReadonlyArray<Card>): number => {
  const ranks = five.map(rankOf).toSorted((a, b) => b - a);
  const groups = [...new Set(ranks)]
    .map((rank) => ({ rank, size: ranks.filter((other) => other === rank).length }))
    .toSorted((a, b) => b.size - a.size || b.rank - a.rank);
  const isFlush = new Set(five.map(suitOf)).size === 1;
  const isWheel = ranks.join() === "12,3,2,1,0";
  const isStraight = groups.length === 5 && (isWheel || ranks[0]! - 4 === ranks[4]);
  const shape = groups.map(({ size }) => size).join("");
  const category =
    isStraight && isFlush
      ? 8
      : shape === "41"
        ? 7
        : shape === "32"
          ? 6
          : isFlush
            ? 5
            : isStraight
              ? 4
              : shape === "311"
                ? 3
                : shape === "221"
                  ? 2
                  : shape === "2111"
                    ? 1
                    : 0;
  const deciding = isStraight ? [isWheel ? 3 : ranks[0]!] : groups.map(({ rank }) => rank);
  const DIGITS = 5;
  return Array.from({ length: DIGITS }, (_, place) => deciding[place] ?? 0).reduce(
    (sum, rank) => sum * 13 + rank,
    category,
  );
};

/** Every choice of so many. */
export const choices = <A>(items: ReadonlyArray<A>, count: number): ReadonlyArray<Array<A>> =>
  count === 0
    ? [[]]
    : items.flatMap((item, place) =>
        choices(items.slice(place + 1), count - 1).map((rest) => [item, ...rest]),
      );

export const referenceBest = (cards: ReadonlyArray<Card>): number =>
  Math.max(...choices(cards, 5).map(referenceStrength));
