/**
 * Games that the lowest hand wins.
 *
 * Razz: aces are low, straights and flushes count for nothing, pairs are bad; of seven cards the best five. Deuce to seven: aces
 * are high, and the worst hand at high wins: the rank of `Evaluator.ts` the other way round, but for 5-4-3-2-A.
 */
import { cardOf, rankOf, RANKS, suitOf, type Card } from "../cards/Card.ts";
import { evaluator } from "./Evaluator.ts";

const HAND_SIZE = 5;
const RANK_BITS = 4;

type Five = readonly [Card, Card, Card, Card, Card];

const SIX = RANKS.indexOf("6");
const FIVE = RANKS.indexOf("5");
const WHEEL = [..."A2345"].map((letter) => RANKS.indexOf(letter));

/** Of exactly five cards, higher is better; only good for comparing. */
export const strengthOfDeuceToSeven = (cards: Five): number => {
  const ranks = new Set(cards.map(rankOf));
  if (!WHEEL.every((rank) => ranks.has(rank))) return -evaluator().rank5(...cards);
  // No straight here, for the ace is high: right below A-6-4-3-2 of as many suits, and no other hand is between them.
  const six = cards.map((card) => (rankOf(card) === FIVE ? cardOf(SIX, suitOf(card)) : card));
  return 0.5 - evaluator().rank5(...(six as unknown as Five));
};

/** 1 for an ace, 2 for a deuce, 13 for a king. */
const aceLow = (card: Card): number => ((rankOf(card) + 1) % RANKS.length) + 1;

/**
 * Of five to seven cards, higher is better; only good for comparing. Without a pair the five lowest ranks count, compared
 * from the highest down; with fewer than five different ranks, pairs and more must be played, the fewer and the lower the
 * better.
 */
export const strengthOfRazz = (cards: ReadonlyArray<Card>): number => {
  let best = Number.NEGATIVE_INFINITY;
  const choose = (from: number, chosen: ReadonlyArray<number>): void => {
    if (chosen.length === HAND_SIZE) {
      best = Math.max(best, -badness(chosen));
      return;
    }
    for (let at = from; at < cards.length; at++) choose(at + 1, [...chosen, aceLow(cards[at]!)]);
  };
  choose(0, []);
  return best;
};

/** The greater the worse: first by what there is more than once, then from the most telling rank down. */
const badness = (ranks: ReadonlyArray<number>): number => {
  const copies = (rank: number) => ranks.filter((other) => other === rank).length;
  const sorted = ranks.toSorted((a, b) => copies(b) - copies(a) || b - a);
  // 5 for different ranks, 7 for a pair, 9 for two, 11 for three of a kind, 13 for a full house, 17 for four of a kind.
  const repetition = ranks.reduce((sum, rank) => sum + copies(rank), 0);
  return sorted.reduce((sum, rank) => sum * 2 ** RANK_BITS + rank, repetition);
};
