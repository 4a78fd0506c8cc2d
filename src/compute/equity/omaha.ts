/**
 * Equity of known Omaha hands, high only or hi/lo: exact from the flop on; before it, where there are a million boards, from
 * some thousand drawn with a fixed seed, so that the same hands always have the same equity.
 */
import type { Card } from "../cards/Card.ts";
import { NO_LOW } from "../evaluator/low.ts";
import { OmahaBoard, OmahaHole } from "../evaluator/Omaha.ts";

const FULL_BOARD = 5;
const SEED = 0x6f6d6168;

export interface OmahaSpot {
  readonly hands: ReadonlyArray<ReadonlyArray<Card>>;
  /** 0, 3, 4 or 5 cards. */
  readonly board: ReadonlyArray<Card>;
  /** Cards that are in nobody's hand, on no board and not in `deck`. */
  readonly deck: ReadonlyArray<Card>;
  readonly isHiLo: boolean;
  /** Boards that are drawn before the flop. */
  readonly sampledBoards: number;
}

/** Each player's part of the pot on average, 0 to 1. */
export const omahaEquity = ({
  hands,
  board,
  deck,
  isHiLo,
  sampledBoards,
}: OmahaSpot): ReadonlyArray<number> => {
  const holes = hands.map((cards) => new OmahaHole(cards));
  const shares = new Float64Array(hands.length);
  let boards = 0;
  for (const runout of board.length === 0
    ? drawBoards(deck, sampledBoards)
    : allBoards(board, deck)) {
    boards++;
    const common = new OmahaBoard(runout);
    const ranks = holes.map((hole) => hole.rank(common));
    const commonLows = isHiLo ? common.lows() : [];
    const lows = commonLows.length > 0 ? holes.map((hole) => hole.low(commonLows)) : [];
    const bestLow = Math.min(NO_LOW, ...lows);
    if (bestLow === NO_LOW) share(shares, ranks, Math.max(...ranks), 1);
    else {
      share(shares, ranks, Math.max(...ranks), 1 / 2);
      share(shares, lows, bestLow, 1 / 2);
    }
  }
  return Array.from(shares, (sum) => sum / boards);
};

/** Parts of the pot to all who have the best. */
const share = (
  shares: Float64Array,
  values: ReadonlyArray<number>,
  best: number,
  pot: number,
): void => {
  const winners = values.filter((value) => value === best).length;
  values.forEach((value, player) => {
    if (value === best) shares[player]! += pot / winners;
  });
};

function* allBoards(
  board: ReadonlyArray<Card>,
  deck: ReadonlyArray<Card>,
): Generator<ReadonlyArray<Card>> {
  if (board.length === FULL_BOARD) {
    yield board;
    return;
  }
  for (const [place, card] of deck.entries())
    yield* allBoards([...board, card], deck.slice(place + 1));
}

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
