/**
 * Equity of known Omaha hands, high only or hi/lo: exact board by board, or, where an answer must not take long, from some
 * boards drawn with a fixed seed, so that the same hands always have the same equity.
 */
import type { Card } from "../cards/Card.ts";
import { NO_LOW } from "../evaluator/low.ts";
import { OmahaBoard, OmahaHole } from "../evaluator/Omaha.ts";
import { countRunouts, runoutsBetween } from "./runouts.ts";
import { Sums } from "./Tally.ts";

const FULL_BOARD = 5;
const SEED = 0x6f6d6168;

/** Who wins on a board, for the same players on many. */
export class OmahaShowdown {
  readonly #holes: ReadonlyArray<OmahaHole>;
  readonly #isHiLo: boolean;
  /** By player, of the board at hand. */
  readonly #ranks: Array<number>;
  readonly #lows: Array<number>;

  constructor(hands: ReadonlyArray<ReadonlyArray<Card>>, isHiLo: boolean) {
    this.#holes = hands.map((cards) => new OmahaHole(cards));
    this.#isHiLo = isHiLo;
    this.#ranks = hands.map(() => 0);
    this.#lows = hands.map(() => NO_LOW);
  }

  /** Adds who wins each half of the pot on this board: without a low hand, both halves go to the high one. */
  add(runout: ReadonlyArray<Card>, sums: Sums): void {
    const board = new OmahaBoard(runout);
    const holes = this.#holes;
    let bestRank = 0;
    for (let player = 0; player < holes.length; player++) {
      const rank = holes[player]!.rank(board);
      this.#ranks[player] = rank;
      bestRank = Math.max(bestRank, rank);
    }
    const bestLow = this.#isHiLo ? this.#findLows(board) : NO_LOW;
    if (bestLow !== NO_LOW) share(this.#lows, bestLow, 1, sums);
    share(this.#ranks, bestRank, bestLow === NO_LOW ? 2 : 1, sums);
  }

  #findLows(board: OmahaBoard): number {
    const lows = board.lows();
    let best = NO_LOW;
    if (lows.length === 0) return best;
    for (let player = 0; player < this.#holes.length; player++) {
      const low = this.#holes[player]!.low(lows);
      this.#lows[player] = low;
      best = Math.min(best, low);
    }
    return best;
  }
}

/** So many halves of the pot to all who have the best. */
const share = (values: ReadonlyArray<number>, best: number, halves: number, sums: Sums): void => {
  let sharers = 0;
  for (const value of values) if (value === best) sharers++;
  for (let player = 0; player < values.length; player++)
    if (values[player] === best) sums.add(player, sharers, halves);
};

export interface OmahaSpot {
  readonly hands: ReadonlyArray<ReadonlyArray<Card>>;
  /** 0, 3, 4 or 5 cards. */
  readonly board: ReadonlyArray<Card>;
  /** Cards that are in nobody's hand, on no board and not in `deck`. */
  readonly deck: ReadonlyArray<Card>;
  readonly isHiLo: boolean;
  /** Boards that are drawn before the flop, where there are more. */
  readonly sampledBoards: number;
}

/** Each player's part of the pot on average, 0 to 1: exact from the flop on. */
export const omahaEquity = ({
  hands,
  board,
  deck,
  isHiLo,
  sampledBoards,
}: OmahaSpot): ReadonlyArray<number> => {
  const showdown = new OmahaShowdown(hands, isHiLo);
  const sums = new Sums(hands.length);
  const all = countRunouts(board, deck);
  const isSampled = board.length === 0 && all > sampledBoards;
  for (const runout of isSampled
    ? drawBoards(deck, sampledBoards)
    : runoutsBetween(board, deck, [0, all]))
    showdown.add(runout, sums);
  return hands.map((_, player) => sums.weigh(player, (sharers) => 1 / sharers) / sums.weight);
};

function* drawBoards(deck: ReadonlyArray<Card>, boards: number): Generator<ReadonlyArray<Card>> {
  const cards = [...deck];
  const random = randomFractions(SEED);
  for (let board = 0; board < boards; board++) {
    for (let place = 0; place < FULL_BOARD; place++) {
      const other = place + Math.floor(random() * (cards.length - place));
      [cards[place], cards[other]] = [cards[other]!, cards[place]!];
    }
    yield cards.slice(0, FULL_BOARD);
  }
}

/** 0 to 1, from a 32-bit state (mulberry32): good enough to draw some thousand boards. */
const randomFractions = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
