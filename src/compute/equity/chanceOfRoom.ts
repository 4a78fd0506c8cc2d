/** How likely hands that are drawn independently, one of each range, leave each other room. */
import { DECK_SIZE } from "../cards/Card.ts";
import { cardsOf } from "../range/Combination.ts";
import type { Hands } from "./Spot.ts";

const MIN_CHANCE = 1e-12;

/** Of a range: how likely its hand has each card. */
const chancesOf = ({ combinations, units }: Hands): Float64Array => {
  const total = units.reduce((sum, weight) => sum + weight, 0);
  const chances = new Float64Array(DECK_SIZE);
  combinations.forEach((combination, place) => {
    for (const card of cardsOf(combination)) chances[card]! += units[place]! / total;
  });
  return chances;
};

/**
 * The chance that no two hands have a card in common, as if each pair of ranges met for itself: near enough to choose a way
 * by, and rather too low. Never 0.
 */
export const chanceOfRoom = (ranges: ReadonlyArray<Hands>): number => {
  const chances = ranges.map(chancesOf);
  let room = 1;
  for (let one = 0; one < ranges.length; one++)
    for (let other = 0; other < one; other++) {
      let shared = 0;
      for (let card = 0; card < DECK_SIZE; card++)
        shared += chances[one]![card]! * chances[other]![card]!;
      // Two hands that are the same are counted here with either card.
      room *= Math.max(MIN_CHANCE, 1 - shared);
    }
  return Math.max(MIN_CHANCE, room);
};
