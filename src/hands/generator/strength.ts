/** Who wins, and in the site's words why: the high hand and the low one of every game, by the evaluator of `src/compute`. */
import type { HandGame } from "../../../rpc/hand.ts";
import { type Card, rankOf, RANKS } from "../../compute/cards/Card.ts";
import { describe, describeFive } from "../../compute/evaluator/describe.ts";
import { evaluator } from "../../compute/evaluator/Evaluator.ts";

/** Of two hands the one with the greater `value` wins. */
export interface Strength {
  readonly value: number;
  readonly words: string;
}

type Five = readonly [Card, Card, Card, Card, Card];

const ACE = RANKS.indexOf("A");
/** The highest card that a low hand of a hi/lo game may have. */
const EIGHT = 8;
const RANK_BASE = 16;
const NAMES: Readonly<Record<string, string>> = {
  T: "Ten",
  J: "Jack",
  Q: "Queen",
  K: "King",
  A: "Ace",
};

/** What `hole` makes, with a board where there is one; in razz and lowball the lowest hand is the strongest. */
export function highOf(
  game: HandGame,
  hole: ReadonlyArray<Card>,
  board: ReadonlyArray<Card>,
): Strength {
  switch (game) {
    case "holdem":
    case "stud":
    case "stud_hilo": {
      const made = describe([...hole, ...board]);
      return { value: made.rank, words: made.words };
    }
    case "razz":
      return bestOf(fives(game, hole, board), (five) => -aceToFive(five), lowWords);
    case "draw_27_triple":
      return bestOf(fives(game, hole, board), (five) => -deuceToSeven(five), highWords);
    default:
      return bestOf(fives(game, hole, board), (five) => evaluator().rank5(...five), highWords);
  }
}

/** `undefined` where five different cards up to the eight cannot be made. */
export function lowOf(
  game: HandGame,
  hole: ReadonlyArray<Card>,
  board: ReadonlyArray<Card>,
): Strength | undefined {
  const low = fives(game, hole, board).filter(
    (five) => new Set(five.map(rankOf)).size === 5 && five.every((card) => aceLow(card) <= EIGHT),
  );
  return low.length === 0 ? undefined : bestOf(low, (five) => -aceToFive(five), lowWords);
}

export const isHiLo = (game: HandGame): boolean => game.endsWith("_hilo");

function bestOf(
  hands: ReadonlyArray<Five>,
  valueOf: (five: Five) => number,
  words: (five: Five) => string,
): Strength {
  let best = hands[0]!;
  let value = valueOf(best);
  for (const five of hands) {
    const other = valueOf(five);
    if (other > value) [best, value] = [five, other];
  }
  return { value, words: words(best) };
}

/** Every five cards that count as a hand: in Omaha two of one's own and three of the board. */
function fives(game: HandGame, hole: ReadonlyArray<Card>, board: ReadonlyArray<Card>): Array<Five> {
  if (!game.startsWith("omaha")) return choose([...hole, ...board], 5) as Array<Five>;
  const pairs = choose(hole, 2);
  return choose(board, 3).flatMap((three) => pairs.map((two) => [...two, ...three] as never));
}

function choose(cards: ReadonlyArray<Card>, count: number): Array<ReadonlyArray<Card>> {
  if (count === 0) return [[]];
  return cards.flatMap((card, at) =>
    choose(cards.slice(at + 1), count - 1).map((rest) => [card, ...rest]),
  );
}

/** Ace 1, deuce 2, king 13. */
const aceLow = (card: Card): number => (rankOf(card) === ACE ? 1 : rankOf(card) + 2);

/** Smaller is better: no pair before one pair, then the highest card, and so on; straights and flushes do not count. */
function aceToFive(five: Five): number {
  const ranks = five.map(aceLow);
  const copies = (rank: number): number => ranks.filter((other) => other === rank).length;
  ranks.sort((a, b) => copies(b) - copies(a) || b - a);
  const paired = ranks.reduce((sum, rank) => sum + copies(rank), 0);
  return ranks.reduce((value, rank) => value * RANK_BASE + rank, paired);
}

/** Smaller is better: the weakest high hand, but that the ace is high and 5-4-3-2-A no straight. */
function deuceToSeven(five: Five): number {
  const ranks = new Set(five.map(rankOf));
  const isWheel = ranks.has(ACE) && [0, 1, 2, 3].every((rank) => ranks.has(rank));
  if (!isWheel) return evaluator().rank5(...five);
  // As a hand it comes right below A-6-4-3-2 of as many suits.
  const six = five.map((card) => (rankOf(card) === 3 ? card + 4 : card)) as never as Five;
  return evaluator().rank5(...six) - 0.5;
}

const highWords = (five: Five): string => describeFive(five).words;

/** The site names a low hand by its highest card. */
function lowWords(five: Five): string {
  if (new Set(five.map(rankOf)).size < 5) return describeFive(five).words;
  const highest = Math.max(...five.map(aceLow));
  const letter = RANKS[highest - 2]!;
  return `High card : ${NAMES[letter] ?? letter}`;
}
