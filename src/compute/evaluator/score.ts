/**
 * What beats what, written down once. A score orders hands as the rules do: the category in the bits from 20 up, below it
 * the ranks that decide within the category, four bits each, the most telling first. Scores have gaps and are slow to find;
 * they are only used to fill the tables of `tables.ts`, whose values are the places of the 7,462 scores in their order.
 *
 * A hand comes as bit masks of ranks: bit `r` of `once` is set when the hand has exactly one card of rank `r`, of `twice` when
 * it has two, and so on. It may have five to seven cards: the score is that of the best five.
 */

/** From the weakest to the strongest; the index is the category's number. */
export const CATEGORIES = [
  "high_card",
  "one_pair",
  "two_pairs",
  "three_of_a_kind",
  "straight",
  "flush",
  "full_house",
  "four_of_a_kind",
  "straight_flush",
] as const;
export type Category = (typeof CATEGORIES)[number];

const ONE_PAIR = 1;
const TWO_PAIRS = 2;
const THREE_OF_A_KIND = 3;
const STRAIGHT = 4;
const FLUSH = 5;
const FULL_HOUSE = 6;
const FOUR_OF_A_KIND = 7;
const STRAIGHT_FLUSH = 8;

const CATEGORY_SHIFT = 20;
const RANK_BITS = 4;
/** Of the 5-high straight, in which the ace is low. */
const WHEEL = 0b1_0000_0000_1111;
const WHEEL_TOP = 3;

export const categoryOfScore = (score: number): number => score >> CATEGORY_SHIFT;

/** The highest rank in a mask that is not empty. */
const top = (mask: number): number => 31 - Math.clz32(mask);
const without = (mask: number, rank: number): number => mask & ~(1 << rank);

/** The highest `count` ranks of a mask, the highest in the most significant bits. */
const tops = (mask: number, count: number): number => {
  let ranks = 0;
  for (let left = count; left > 0; left--) {
    const rank = top(mask);
    ranks = (ranks << RANK_BITS) | rank;
    mask = without(mask, rank);
  }
  return ranks;
};

/** The highest rank of the best straight in a mask of ranks; -1 when there is none. */
const straightTop = (mask: number): number => {
  const run = mask & (mask << 1) & (mask << 2) & (mask << 3) & (mask << 4);
  if (run !== 0) return top(run);
  return (mask & WHEEL) === WHEEL ? WHEEL_TOP : -1;
};

const score = (category: number, ranks: number): number => (category << CATEGORY_SHIFT) | ranks;

/** The score of at least five cards of one suit; suits make the best of seven cards, for no four of a kind fits beside. */
export const scoreOfFlush = (ranks: number): number => {
  const straight = straightTop(ranks);
  return straight >= 0 ? score(STRAIGHT_FLUSH, straight) : score(FLUSH, tops(ranks, 5));
};

/** The score of five to seven cards that have no flush. */
export const scoreOfRanks = (once: number, twice: number, thrice: number, four: number): number => {
  const all = once | twice | thrice | four;
  if (four !== 0) {
    const quads = top(four);
    return score(FOUR_OF_A_KIND, (quads << RANK_BITS) | top(without(all, quads)));
  }
  if (thrice !== 0) {
    const trips = top(thrice);
    const pairs = without(thrice | twice, trips);
    if (pairs !== 0) return score(FULL_HOUSE, (trips << RANK_BITS) | top(pairs));
  }
  const straight = straightTop(all);
  if (straight >= 0) return score(STRAIGHT, straight);
  if (thrice !== 0) {
    const trips = top(thrice);
    return score(THREE_OF_A_KIND, (trips << (2 * RANK_BITS)) | tops(without(all, trips), 2));
  }
  if (twice === 0) return tops(all, 5);
  const pair = top(twice);
  const lowerPairs = without(twice, pair);
  if (lowerPairs === 0)
    return score(ONE_PAIR, (pair << (3 * RANK_BITS)) | tops(without(all, pair), 3));
  const second = top(lowerPairs);
  const kicker = top(without(without(all, pair), second));
  return score(TWO_PAIRS, (tops(twice, 2) << RANK_BITS) | kicker);
};
