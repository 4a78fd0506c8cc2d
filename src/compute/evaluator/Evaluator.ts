/**
 * The strength of five, six or seven cards, in plain JavaScript: for one hand at a time, where a call into WebAssembly would
 * cost as much as the evaluation. The tables are those of `tables.ts`; this file adds up keys and looks them up.
 *
 * Suits are counted in four bits each that begin at 3, so that the fifth card of a suit sets the highest bit of the four:
 * one test finds a flush.
 */
import { rankOf, RANKS, SUITS, suitOf, type Card } from "../cards/Card.ts";
import { evaluatorTables, isLowerRank, type RankTable } from "./tables.ts";

/** The sum of lower keys and that of higher keys share an integer: the lower ones have these bits. */
const LOW_BITS = 14;
const LOW_MASK = (1 << LOW_BITS) - 1;
/** Three in each suit's counter, and where five cards show. */
const SUITS_START = 0x3333;
const FLUSH_BITS = 0x8888;
const SUIT_COUNTER_BITS = 4;

const keysByCard = ({ keys }: RankTable): Int32Array =>
  Int32Array.from({ length: RANKS.length * SUITS.length }, (_, card) => {
    const rank = rankOf(card);
    return isLowerRank(rank) ? keys[rank]! : keys[rank]! << LOW_BITS;
  });

/** Looks up ranks; made once, with the tables. */
export class Evaluator {
  readonly #sevenKeys: Int32Array;
  readonly #fiveKeys: Int32Array;
  readonly #suitSteps: Int32Array;
  readonly #tables = evaluatorTables();

  constructor() {
    this.#sevenKeys = keysByCard(this.#tables.seven);
    this.#fiveKeys = keysByCard(this.#tables.five);
    this.#suitSteps = Int32Array.from(
      this.#sevenKeys,
      (_, card) => 1 << (SUIT_COUNTER_BITS * suitOf(card)),
    );
  }

  /** 1 to 7,462, higher is better, of seven different cards. What the result is of anything else is not said. */
  rank7(a: Card, b: Card, c: Card, d: Card, e: Card, f: Card, g: Card): number {
    const keys = this.#sevenKeys;
    const steps = this.#suitSteps;
    const suits =
      SUITS_START +
      steps[a]! +
      steps[b]! +
      steps[c]! +
      steps[d]! +
      steps[e]! +
      steps[f]! +
      steps[g]!;
    if ((suits & FLUSH_BITS) !== 0) return this.#flush(suits, [a, b, c, d, e, f, g]);
    const sum = keys[a]! + keys[b]! + keys[c]! + keys[d]! + keys[e]! + keys[f]! + keys[g]!;
    const { high, low, ranks } = this.#tables.seven;
    return ranks[high[sum >>> LOW_BITS]! + low[sum & LOW_MASK]!]!;
  }

  /** The same of five cards. */
  rank5(a: Card, b: Card, c: Card, d: Card, e: Card): number {
    const suit = suitOf(a);
    if (suit === suitOf(b) && suit === suitOf(c) && suit === suitOf(d) && suit === suitOf(e))
      return this.#tables.flush[
        (1 << rankOf(a)) | (1 << rankOf(b)) | (1 << rankOf(c)) | (1 << rankOf(d)) | (1 << rankOf(e))
      ]!;
    return this.rankOfFiveKeys(
      this.#fiveKeys[a]! +
        this.#fiveKeys[b]! +
        this.#fiveKeys[c]! +
        this.#fiveKeys[d]! +
        this.#fiveKeys[e]!,
    );
  }

  /** What a card adds to the sum that `rankOfFiveKeys` takes. */
  fiveKey(card: Card): number {
    return this.#fiveKeys[card]!;
  }

  /** The rank of five cards that have no flush, by the sum of their keys. */
  rankOfFiveKeys(sum: number): number {
    const { high, low, ranks } = this.#tables.five;
    return ranks[high[sum >>> LOW_BITS]! + low[sum & LOW_MASK]!]!;
  }

  /** The best rank of one part with one other, parts being sums of keys that make five cards together. */
  bestOfFiveKeys(parts: Int32Array, others: Int32Array): number {
    const { high, low, ranks } = this.#tables.five;
    let best = 0;
    // This is where Omaha spends its time: 60 or 100 turns for each hand on each board.
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      for (let j = 0; j < others.length; j++) {
        const sum = part + others[j]!;
        const rank = ranks[high[sum >>> LOW_BITS]! + low[sum & LOW_MASK]!]!;
        if (rank > best) best = rank;
      }
    }
    return best;
  }

  /** The rank of at least five cards of one suit, by the mask of their ranks; 0 for fewer. */
  rankOfFlush(ranks: number): number {
    return this.#tables.flush[ranks]!;
  }

  /** 1 to 7,462, higher is better, of five, six or seven different cards; a `RangeError` for another number of them. */
  rank(cards: ReadonlyArray<Card>): number {
    const [a, b, c, d, e, f, g] = cards;
    if (cards.length === 7) return this.rank7(a!, b!, c!, d!, e!, f!, g!);
    if (cards.length === 5) return this.rank5(a!, b!, c!, d!, e!);
    return this.rank5(...this.best(cards));
  }

  /** The five of five to seven cards that make the hand, in the order given. */
  best(cards: ReadonlyArray<Card>): readonly [Card, Card, Card, Card, Card] {
    if (cards.length < 5 || cards.length > 7)
      throw new RangeError(`${cards.length} cards: a hand is made of five, six or seven`);
    let best: readonly [Card, Card, Card, Card, Card] | undefined;
    let rank = 0;
    for (const five of fives(cards)) {
      const candidate = this.rank5(...five);
      if (best !== undefined && candidate <= rank) continue;
      best = five;
      rank = candidate;
    }
    return best!;
  }

  #flush(suits: number, cards: ReadonlyArray<Card>): number {
    const suit = (31 - Math.clz32(suits & FLUSH_BITS)) >> 2;
    let ranks = 0;
    for (const card of cards) if (suitOf(card) === suit) ranks |= 1 << rankOf(card);
    return this.rankOfFlush(ranks);
  }
}

/** Every choice of five. */
function* fives(cards: ReadonlyArray<Card>): Generator<readonly [Card, Card, Card, Card, Card]> {
  const count = cards.length;
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++)
      for (let c = b + 1; c < count; c++)
        for (let d = c + 1; d < count; d++)
          for (let e = d + 1; e < count; e++)
            yield [cards[a]!, cards[b]!, cards[c]!, cards[d]!, cards[e]!];
}

let made: Evaluator | undefined;

/** The one of this thread, made with its tables at the first call. */
export const evaluator = (): Evaluator => (made ??= new Evaluator());
