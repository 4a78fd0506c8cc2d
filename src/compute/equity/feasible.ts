/** Whether all players can have a hand of their range at once. */
import { bitOf, NO_CARDS, sizeOf, type CardSet } from "../cards/CardSet.ts";
import { cardsOf } from "../range/Combination.ts";
import type { Spot } from "./Spot.ts";

/** Some milliseconds. Ranges that leave room are found to do so within some dozen tries. */
const MAX_TRIES = 20_000;

/**
 * False when there is certainly no deal. Tries hands one player after another, the narrowest range first, and goes back where
 * it gets no further; after too many tries it is not known, and then true.
 */
export const isFeasible = ({ players }: Spot): boolean => {
  const hands = players
    .map(({ combinations }) =>
      combinations.map((combination) => {
        const [high, low] = cardsOf(combination);
        return bitOf(high) | bitOf(low);
      }),
    )
    .toSorted((a, b) => a.length - b.length);
  if (hands.some((some) => isCrowded(hands, unionOf(some)))) return false;
  let tries = 0;
  const fits = (player: number, used: CardSet): boolean => {
    if (player === hands.length) return true;
    for (const bits of hands[player]!) {
      if (++tries > MAX_TRIES) return true;
      if ((bits & used) === NO_CARDS && fits(player + 1, used | bits)) return true;
    }
    return false;
  };
  return fits(0, NO_CARDS);
};

const unionOf = (hands: ReadonlyArray<CardSet>): CardSet =>
  hands.reduce((union, bits) => union | bits, NO_CARDS);

/** More players than these cards suffice for have no other cards: nine with jacks or better. */
const isCrowded = (ranges: ReadonlyArray<ReadonlyArray<CardSet>>, cards: CardSet): boolean => {
  const players = ranges.filter((hands) => (unionOf(hands) | cards) === cards).length;
  return 2 * players > sizeOf(cards);
};
