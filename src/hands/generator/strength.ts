/** Who wins, and in the site's words why: the high hand and the low one of every game, by the evaluator of `src/compute`. */
import type { HandGame } from "../../../rpc/hand.ts";
import { type Card, rankOf, RANKS } from "../../compute/cards/Card.ts";
import { describe } from "../../compute/evaluator/describe.ts";
import { describeLow, lowOf as lowMaskOf } from "../../compute/evaluator/low.ts";
import { strengthOfDeuceToSeven, strengthOfRazz } from "../../compute/evaluator/lowball.ts";
import { describeOmaha, describeOmahaLow } from "../../compute/evaluator/Omaha.ts";

/** Of two hands the one with the greater `value` wins. */
export interface Strength {
  readonly value: number;
  readonly words: string;
}

type Five = Parameters<typeof strengthOfDeuceToSeven>[0];

const ACE = RANKS.indexOf("A");
const RANK_BASE = 16;
const NAMES: Readonly<Record<string, string>> = {
  T: "Ten",
  J: "Jack",
  Q: "Queen",
  K: "King",
  A: "Ace",
};

const isOmaha = (game: HandGame): boolean => game.startsWith("omaha");
export const isHiLo = (game: HandGame): boolean => game.endsWith("_hilo");

/** What `hole` makes, with a board where there is one; in razz and lowball the lowest hand is the strongest. */
export function highOf(
  game: HandGame,
  hole: ReadonlyArray<Card>,
  board: ReadonlyArray<Card>,
): Strength {
  if (game === "razz") return { value: strengthOfRazz(hole), words: razzWords(hole) };
  if (game === "draw_27_triple") {
    return {
      value: strengthOfDeuceToSeven(hole as unknown as Five),
      words: describe(hole).words,
    };
  }
  const made = isOmaha(game) ? describeOmaha(hole, board) : describe([...hole, ...board]);
  return { value: made.rank, words: made.words };
}

/** `undefined` where five different cards up to the eight cannot be made. */
export function lowOf(
  game: HandGame,
  hole: ReadonlyArray<Card>,
  board: ReadonlyArray<Card>,
): Strength | undefined {
  const low = isOmaha(game) ? describeOmahaLow(hole, board) : describeLow(lowMaskOf(hole), hole);
  if (low === null) return undefined;
  return {
    value: -low.best.reduce((sum, card) => sum * RANK_BASE + aceLow(card), 0),
    words: low.words,
  };
}

/** Ace 1, deuce 2, king 13. */
const aceLow = (card: Card): number => (rankOf(card) === ACE ? 1 : rankOf(card) + 2);

/** The lowest five ranks by their highest; a pair by its name, where there is no hand without one. */
function razzWords(cards: ReadonlyArray<Card>): string {
  const ranks = [...new Set(cards.map(aceLow))].toSorted((a, b) => a - b);
  if (ranks.length < 5) {
    // Seven cards: the five that are as good as all are what is left without some two.
    const fives = cards.flatMap((_, one) =>
      cards.slice(one + 1).map((__, next) => cards.toSpliced(one + 1 + next, 1).toSpliced(one, 1)),
    );
    const best = strengthOfRazz(cards);
    return describe(fives.find((five) => strengthOfRazz(five) === best)!).words;
  }
  const letter = RANKS[ranks[4]! - 2]!;
  return `High card : ${NAMES[letter] ?? letter}`;
}
