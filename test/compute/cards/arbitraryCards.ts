/** Cards for property tests. */
import fc from "fast-check";
import { DECK_SIZE, parseCards, type Card } from "../../../src/compute/cards/Card.ts";

/** So many different cards, in any order. */
export const cardsOf = (count: number): fc.Arbitrary<Array<Card>> =>
  fc.uniqueArray(fc.integer({ min: 0, max: DECK_SIZE - 1 }), {
    minLength: count,
    maxLength: count,
  });

/** Cards as they are written in a test. */
export const cards = (text: string): ReadonlyArray<Card> => {
  const read = parseCards(text);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};
