/** How many ways there are to give two or three players a hand each, weights counted as 1. */
import { DECK_SIZE } from "../cards/Card.ts";
import { cardsOf, combinationOf } from "../range/Combination.ts";
import { Hands } from "./Spot.ts";

/** How many hands of a range have each card. */
const handsByCard = ({ combinations }: Hands): Float64Array => {
  const counts = new Float64Array(DECK_SIZE);
  for (const combination of combinations) for (const card of cardsOf(combination)) counts[card]!++;
  return counts;
};

/** All pairs, less those with a card in common: each hand of the other with either card, the same hand being both. */
export const countPairs = (one: Hands, other: Hands): number => {
  const byCard = handsByCard(other);
  let pairs = 0;
  for (const combination of one.combinations) {
    const [high, low] = cardsOf(combination);
    const same = other.weights[combination]! > 0 ? 1 : 0;
    pairs += other.combinations.length - byCard[high]! - byCard[low]! + same;
  }
  return pairs;
};

/** For each hand of the first, the pairs of the others' hands that are left (`wasm/threeRanges.ts` has the formula). */
export const countTriples = (first: Hands, second: Hands, third: Hands): number => {
  const secondByCard = handsByCard(second);
  const thirdByCard = handsByCard(third);
  let triples = 0;
  for (const combination of first.combinations) {
    const [high, low] = cardsOf(combination);
    const has = ({ weights }: Hands, card: number, other: number) =>
      card !== other && weights[combinationOf(card, other)]! > 0 ? 1 : 0;
    const left = (hands: Hands, byCard: Float64Array, card: number) =>
      byCard[card]! - has(hands, card, high) - has(hands, card, low);
    let overlaps = 0;
    for (let card = 0; card < DECK_SIZE; card++)
      if (card !== high && card !== low)
        overlaps += left(second, secondByCard, card) * left(third, thirdByCard, card);
    const without = ({ combinations, weights }: Hands, byCard: Float64Array) =>
      combinations.length - byCard[high]! - byCard[low]! + (weights[combination]! > 0 ? 1 : 0);
    triples += without(second, secondByCard) * without(third, thirdByCard) - overlaps;
  }
  return triples + countSame(first, second, third);
};

/** What the formula has taken off twice: the second and the third with the same hand. */
const countSame = (first: Hands, second: Hands, third: Hands): number => {
  const both = second.combinations.filter((combination) => third.weights[combination]! > 0);
  return countPairs(first, new Hands({ combinations: both, steps: both.map(() => 1) }));
};
