/**
 * Omaha: exactly two of four or five hole cards with exactly three of the board, for the high hand and, in hi/lo games, for the
 * low hand, which may be other cards.
 *
 * A holding is made once and then asked about many boards: the sums of keys of its six or ten pairs are there already, those
 * of the board's ten threes are made once for all players. Then a hand is one addition and one look-up. Flushes are looked at
 * only where the board has three cards of a suit.
 */
import { rankOf, SUITS, suitOf, type Card } from "../cards/Card.ts";
import { describeFive, type MadeHand } from "./describe.ts";
import { evaluator } from "./Evaluator.ts";
import { describeLow, lowBit, NO_LOW, type LowHand } from "./low.ts";

const BOARD_CARDS_PLAYED = 3;
const HOLE_CARDS_PLAYED = 2;

const choicesOf = (
  cards: ReadonlyArray<number>,
  count: number,
): ReadonlyArray<ReadonlyArray<number>> =>
  count === 0
    ? [[]]
    : cards.flatMap((card, place) =>
        choicesOf(cards.slice(place + 1), count - 1).map((rest) => [card, ...rest]),
      );

const keyOf = (cards: ReadonlyArray<Card>): number =>
  cards.reduce((sum, card) => sum + evaluator().fiveKey(card), 0);

/** The bits of a low's cards; 0 when one is too high or there twice, for these cannot make a low. */
const lowBitsOf = (cards: ReadonlyArray<Card>): number => {
  let bits = 0;
  for (const card of cards) {
    const bit = lowBit(card);
    if (bit === 0 || (bits & bit) !== 0) return 0;
    bits |= bit;
  }
  return bits;
};

const ranksOfSuit = (cards: ReadonlyArray<Card>, suit: number): number =>
  cards.reduce((ranks, card) => (suitOf(card) === suit ? ranks | (1 << rankOf(card)) : ranks), 0);

/** Subsets of a mask with so many bits. */
const subsets = (mask: number, count: number): ReadonlyArray<number> => {
  if (count === 0) return [0];
  const found: Array<number> = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    for (const others of subsets(rest & ~bit, count - 1)) found.push(bit | others);
  }
  return found;
};

/** The places of the threes among so many board cards. */
const THREES: ReadonlyMap<number, ReadonlyArray<ReadonlyArray<number>>> = new Map(
  [3, 4, 5].map((size) => [size, choicesOf([0, 1, 2, 3, 4].slice(0, size), BOARD_CARDS_PLAYED)]),
);

/** Three to five board cards. */
export class OmahaBoard {
  readonly keys: Int32Array;
  readonly #threes: ReadonlyArray<ReadonlyArray<number>>;
  readonly #lowBits: ReadonlyArray<number>;
  /** The suit of which a flush is possible, and its ranks by threes. */
  readonly flush: { readonly suit: number; readonly threes: ReadonlyArray<number> } | undefined;

  constructor(cards: ReadonlyArray<Card>) {
    const keys = cards.map((card) => evaluator().fiveKey(card));
    this.#threes = THREES.get(cards.length)!;
    this.keys = new Int32Array(this.#threes.length);
    for (let three = 0; three < this.keys.length; three++) {
      const [a, b, c] = this.#threes[three]!;
      this.keys[three] = keys[a!]! + keys[b!]! + keys[c!]!;
    }
    this.#lowBits = cards.map(lowBit);
    const suit = suitOfThree(cards);
    if (suit !== undefined)
      this.flush = { suit, threes: subsets(ranksOfSuit(cards, suit), BOARD_CARDS_PLAYED) };
  }

  /** The bits of the threes that a low hand can have: without one there is no low. */
  lows(): ReadonlyArray<number> {
    const lows: Array<number> = [];
    for (const [a, b, c] of this.#threes) {
      const [x, y, z] = [this.#lowBits[a!]!, this.#lowBits[b!]!, this.#lowBits[c!]!];
      const bits = x | y | z;
      if (x !== 0 && y !== 0 && z !== 0 && x + y + z === bits) lows.push(bits);
    }
    return lows;
  }
}

/** The suit that three or more of the cards have. */
const suitOfThree = (cards: ReadonlyArray<Card>): number | undefined => {
  for (let suit = 0; suit < SUITS.length; suit++) {
    let count = 0;
    for (const card of cards) if (suitOf(card) === suit) count++;
    if (count >= BOARD_CARDS_PLAYED) return suit;
  }
  return undefined;
};

export class OmahaHole {
  readonly #keys: Int32Array;
  readonly #lows: ReadonlyArray<number>;
  /** By suit: the pairs of ranks. */
  readonly #flushes: ReadonlyArray<ReadonlyArray<number>>;

  constructor(cards: ReadonlyArray<Card>) {
    const pairs = choicesOf(cards, HOLE_CARDS_PLAYED);
    this.#keys = Int32Array.from(pairs, keyOf);
    this.#lows = pairs.map(lowBitsOf).filter((bits) => bits !== 0);
    this.#flushes = Array.from(SUITS, (_, suit) =>
      subsets(ranksOfSuit(cards, suit), HOLE_CARDS_PLAYED),
    );
  }

  /** 1 to 7,462, higher is better. */
  rank({ flush, keys }: OmahaBoard): number {
    let best = evaluator().bestOfFiveKeys(this.#keys, keys);
    if (flush === undefined) return best;
    for (const pair of this.#flushes[flush.suit]!)
      for (const three of flush.threes)
        best = Math.max(best, evaluator().rankOfFlush(pair | three));
    return best;
  }

  /** By the board's `lows()`: the smaller the better (`low.ts`); `NO_LOW` when there is none. */
  low(lows: ReadonlyArray<number>): number {
    let best = NO_LOW;
    for (const pair of this.#lows)
      for (const three of lows) if ((pair & three) === 0) best = Math.min(best, pair | three);
    return best;
  }
}

type Five = readonly [Card, Card, Card, Card, Card];

/** For people: the best two with three. */
export const describeOmaha = (hole: ReadonlyArray<Card>, board: ReadonlyArray<Card>): MadeHand => {
  let best: Five | undefined;
  let rank = 0;
  for (const [a, b] of choicesOf(hole, HOLE_CARDS_PLAYED))
    for (const [c, d, e] of choicesOf(board, BOARD_CARDS_PLAYED)) {
      const five: Five = [a!, b!, c!, d!, e!];
      const candidate = evaluator().rank5(...five);
      if (candidate <= rank) continue;
      rank = candidate;
      best = five;
    }
  return describeFive(best!);
};

/** The low hand of a hi/lo game; `null` when none qualifies. */
export const describeOmahaLow = (
  hole: ReadonlyArray<Card>,
  board: ReadonlyArray<Card>,
): LowHand | null => {
  const low = new OmahaHole(hole).low(new OmahaBoard(board).lows());
  if (low === NO_LOW) return null;
  for (const pair of choicesOf(hole, HOLE_CARDS_PLAYED))
    for (const three of choicesOf(board, BOARD_CARDS_PLAYED))
      if (lowBitsOf([...pair, ...three]) === low) return describeLow(low, [...pair, ...three]);
  return null;
};
