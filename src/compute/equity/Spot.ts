/**
 * A question with its texts read and its cards checked: which hands each player may have, given the board, the dead cards and
 * the hands that are certain.
 */
import type { EquityQuestion } from "../../../rpc/equity.ts";
import { formatCards, parseCard, type Card } from "../cards/Card.ts";
import { cardSet, hasCard, type CardSet } from "../cards/CardSet.ts";
import { HOLE_CARDS } from "../cards/holeCards.ts";
import { cardsOf, combinationOf, COMBINATIONS } from "../range/Combination.ts";
import { parseRange, WEIGHT_STEPS } from "../range/Range.ts";
import { impossible, invalid } from "./Refused.ts";
import { FULL_BOARD, readTable } from "./Table.ts";

/** The hands of a range: weights are whole numbers without a common divisor. */
export class Hands {
  /** Those with a weight, in order, at least one. */
  readonly combinations: ReadonlyArray<number>;
  /** One for each of them. */
  readonly units: ReadonlyArray<number>;
  readonly maxWeight: number;
  #weights: Float64Array | undefined;

  constructor({ combinations, steps }: Range) {
    const divisor = steps.reduce(divisorOf, 0);
    this.combinations = combinations;
    this.units = steps.map((weight) => weight / divisor);
    this.maxWeight = Math.max(...this.units);
  }

  /** By combination; 0 for a hand that cannot be. Made when it is asked for: known hands need none. */
  get weights(): Float64Array {
    if (this.#weights !== undefined) return this.#weights;
    const weights = new Float64Array(COMBINATIONS);
    this.combinations.forEach((combination, at) => {
      weights[combination] = this.units[at]!;
    });
    this.#weights = weights;
    return weights;
  }
}

/** A player's hands while they are read. `steps` are their weights, in hundredths of a percent. */
interface Range {
  combinations: Array<number>;
  steps: Array<number>;
}

export interface Spot {
  readonly players: ReadonlyArray<Hands>;
  readonly board: ReadonlyArray<Card>;
  readonly dead: CardSet;
  /** Cards that are neither dead nor on the board. */
  readonly cardsLeft: number;
}

/** Throws a `Refused`. */
export const readSpot = (question: EquityQuestion): Spot => {
  const { board, cardsLeft, dead } = readTable(question, HOLE_CARDS.holdem);
  const gone = cardSet([...board, ...dead]);
  const ranges = question.players.map((text, player) => readRange(`players.${player}`, text, gone));
  settle(ranges);
  return {
    players: ranges.map((range) => new Hands(range)),
    board,
    dead: cardSet(dead),
    cardsLeft,
  };
};

/** Without the hands that have a card that is gone. */
const readRange = (where: string, text: string, gone: CardSet): Range => {
  const range = parseHands(where, text);
  const free = without(range, (combination) => has(gone, combination));
  if (free.combinations.length > 0) return free;
  if (range.combinations.length > 1)
    return impossible(`board and dead cards leave player ${where.slice(-1)} nothing`);
  const taken = cardsOf(range.combinations[0]!).filter((card) => hasCard(gone, card));
  return invalid(where, `${formatCards(taken)} is on the board or dead`);
};

/** The most common case by far, which the range language reads likewise, if not so fast. */
const TWO_CARDS = /^[2-9TJQKA][shdc][2-9TJQKA][shdc]$/;

const parseHands = (where: string, text: string): Range => {
  if (TWO_CARDS.test(text)) {
    const [high, low] = [parseCard(text.slice(0, 2)), parseCard(text.slice(2))];
    if (high !== undefined && low !== undefined && high !== low)
      return { combinations: [combinationOf(high, low)], steps: [WEIGHT_STEPS] };
  }
  const parsed = parseRange(text);
  if (!parsed.ok) return invalid(where, parsed.reason);
  const range: Range = { combinations: [], steps: [] };
  parsed.range.weights.forEach((weight, combination) => {
    if (weight === 0) return;
    range.combinations.push(combination);
    // Weights are read as whole steps, so that sums of them are exact.
    range.steps.push(Math.round(weight * WEIGHT_STEPS));
  });
  return range;
};

const has = (cards: CardSet, combination: number): boolean => {
  const [high, low] = cardsOf(combination);
  return hasCard(cards, high) || hasCard(cards, low);
};

const without = (range: Range, isGone: (combination: number) => boolean): Range => {
  const free: Range = { combinations: [], steps: [] };
  range.combinations.forEach((combination, at) => {
    if (isGone(combination)) return;
    free.combinations.push(combination);
    free.steps.push(range.steps[at]!);
  });
  return free;
};

/** A hand that is certain takes its cards from everybody else, which may make another one certain, and so on. */
const settle = (ranges: Array<Range>): void => {
  const settled = new Set<number>();
  for (let isNew = true; isNew;) {
    isNew = false;
    for (let player = 0; player < ranges.length; player++) {
      const { combinations } = ranges[player]!;
      if (combinations.length !== 1 || settled.has(player)) continue;
      settled.add(player);
      isNew = true;
      for (let other = 0; other < ranges.length; other++)
        if (other !== player)
          ranges[other] = takeCards(ranges[other]!, combinations[0]!, player, other);
    }
  }
};

const takeCards = (range: Range, taken: number, owner: number, player: number): Range => {
  const cards = cardSet(cardsOf(taken));
  const left = without(range, (combination) => has(cards, combination));
  if (left.combinations.length > 0) return left;
  if (range.combinations.length === 1) {
    const both = cardsOf(range.combinations[0]!).filter((card) => hasCard(cards, card));
    invalid(`players.${player}`, `${formatCards(both)} is with player ${owner}`);
  }
  return impossible(
    `player ${owner} must have ${formatCards(cardsOf(taken))}, which leaves player ${player} nothing`,
  );
};

const divisorOf = (a: number, b: number): number => (b === 0 ? a : divisorOf(b, a % b));

/** Ways to choose the board's missing cards when `players` players have theirs. */
export const boardsOf = ({ board, cardsLeft }: Spot, players: number): number => {
  let ways = 1;
  for (let nth = 0; nth < FULL_BOARD - board.length; nth++)
    ways = (ways * (cardsLeft - 2 * players - nth)) / (nth + 1);
  return ways;
};
