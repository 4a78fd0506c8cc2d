/** A set of cards as the bits of an integer: bit `card` for each. A `bigint`, which WebAssembly takes as an `i64`. */
import { DECK_SIZE, type Card } from "./Card.ts";

export type CardSet = bigint;

const BIT_OF: ReadonlyArray<bigint> = Array.from(
  { length: DECK_SIZE },
  (_, card) => 1n << BigInt(card),
);

export const NO_CARDS: CardSet = 0n;

/** Throws a `RangeError` for a number that is no card. */
export const bitOf = (card: Card): CardSet => {
  const bit = BIT_OF[card];
  if (bit === undefined) throw new RangeError(`${card} is no card`);
  return bit;
};

export const cardSet = (cards: Iterable<Card>): CardSet => {
  let set = NO_CARDS;
  for (const card of cards) set |= bitOf(card);
  return set;
};

export const hasCard = (set: CardSet, card: Card): boolean => (set & bitOf(card)) !== NO_CARDS;

export const sizeOf = (set: CardSet): number => {
  let size = 0;
  for (let rest = set; rest !== NO_CARDS; rest &= rest - 1n) size++;
  return size;
};

/** The cards of the deck that are not in the set, in order of their index. */
export const cardsOutside = (set: CardSet): ReadonlyArray<Card> =>
  BIT_OF.flatMap((bit, card) => ((set & bit) === NO_CARDS ? [card] : []));
