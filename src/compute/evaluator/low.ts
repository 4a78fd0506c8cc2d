/**
 * Low hands of hi/lo games: five different ranks up to the eight, the ace low, straights and flushes of no account. The lower
 * the highest card the better, then the second highest, and so on.
 *
 * As a mask in which the ace is bit 0 and the eight bit 7, the better of two lows is the smaller number, for the highest card
 * in which they differ decides.
 */
import { rankOf, RANKS, type Card } from "../cards/Card.ts";
import { wordsFor } from "./words.ts";

/** Worse than any low. */
export const NO_LOW = 0x100;
const ACE = RANKS.indexOf("A");
const EIGHT = RANKS.indexOf("8");
const LOW_CARDS = 5;

/** The bit of a card in a low; 0 for one that is too high. */
export const lowBit = (card: Card): number => {
  const rank = rankOf(card);
  if (rank === ACE) return 1;
  return rank <= EIGHT ? 2 << rank : 0;
};

/** Of up to seven cards, any five of which may be taken: the best low as a mask, `NO_LOW` when there is none. */
export const lowOf = (cards: Iterable<Card>): number => {
  let all = 0;
  for (const card of cards) all |= lowBit(card);
  let low = 0;
  for (let count = 0; count < LOW_CARDS; count++) {
    if (all === 0) return NO_LOW;
    low |= all & -all;
    all &= all - 1;
  }
  return low;
};

export interface LowHand {
  /** The highest card first. */
  readonly best: ReadonlyArray<Card>;
  /** `High card : 7`, as Winamax has it. */
  readonly words: string;
}

/** A low made of these cards, one of each of its ranks; `null` for `NO_LOW`. */
export const describeLow = (low: number, cards: ReadonlyArray<Card>): LowHand | null => {
  if (low === NO_LOW) return null;
  const best = Array.from({ length: LOW_CARDS + 3 }, (_, bit) => 1 << bit)
    .filter((bit) => (low & bit) !== 0)
    .map((bit) => cards.find((card) => lowBit(card) === bit)!)
    .toReversed();
  return { best, words: wordsFor("high_card", best) };
};
