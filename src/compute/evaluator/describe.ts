/** A made hand for people: its category, its rank, the five cards that count and words for them. */
import { rankOf, RANKS, type Card } from "../cards/Card.ts";
import { evaluator } from "./Evaluator.ts";
import { CATEGORIES, type Category } from "./score.ts";
import { evaluatorTables } from "./tables.ts";
import { wordsFor } from "./words.ts";

export interface MadeHand {
  readonly category: Category;
  /** 1 to 7,462, higher is better. */
  readonly rank: number;
  /** The five cards that count: what there is more of first, then by rank; the ace of a 5-high straight comes last. */
  readonly best: ReadonlyArray<Card>;
  /** `Two pairs : Aces and 7`. */
  readonly words: string;
}

export const categoryOfRank = (rank: number): Category =>
  CATEGORIES[evaluatorTables().categoryTops.findIndex((top) => rank <= top)]!;

const ACE = RANKS.indexOf("A");
const FIVE = RANKS.indexOf("5");

const inOrder = (cards: ReadonlyArray<Card>, category: Category): ReadonlyArray<Card> => {
  const copies = (card: Card) => cards.filter((other) => rankOf(other) === rankOf(card)).length;
  const sorted = cards.toSorted((a, b) => copies(b) - copies(a) || b - a);
  const isWheel =
    (category === "straight" || category === "straight_flush") &&
    rankOf(sorted[0]!) === ACE &&
    rankOf(sorted[1]!) === FIVE;
  return isWheel ? [...sorted.slice(1), sorted[0]!] : sorted;
};

/** Five cards that are known to be the ones that count. */
export const describeFive = (five: readonly [Card, Card, Card, Card, Card]): MadeHand => {
  const rank = evaluator().rank5(...five);
  const category = categoryOfRank(rank);
  const best = inOrder(five, category);
  return { category, rank, best, words: wordsFor(category, best) };
};

/** The best five of five to seven different cards. Throws a `RangeError` for another number of them. */
export const describe = (cards: ReadonlyArray<Card>): MadeHand =>
  describeFive(evaluator().best(cards));
