/**
 * A question with its texts read and its cards checked: which hands each player may have, given the board, the dead cards and
 * the hands that are certain.
 */
import type { EquityQuestion } from "../../../rpc/equity.ts";
import { DECK_SIZE, formatCard, formatCards, parseCards, type Card } from "../cards/Card.ts";
import { cardSet, hasCard, type CardSet } from "../cards/CardSet.ts";
import { cardsOf, COMBINATIONS } from "../range/Combination.ts";
import { parseRange, WEIGHT_STEPS } from "../range/Range.ts";

/** Why a question has no answer; `rpc/equity.ts` has the errors that are made of it. */
export type Refusal =
  | { readonly _tag: "InvalidCards"; readonly where: string; readonly reason: string }
  | { readonly _tag: "NoCombination"; readonly reason: string }
  | { readonly _tag: "NotExact"; readonly reason: string };

export interface Hands {
  /** By combination; 0 for a hand that cannot be. Whole numbers without a common divisor. */
  readonly weights: Float64Array;
  /** The combinations with a weight, at least one. */
  readonly combinations: ReadonlyArray<number>;
  /** The greatest weight. */
  readonly maxWeight: number;
}

export interface Spot {
  readonly players: ReadonlyArray<Hands>;
  readonly board: ReadonlyArray<Card>;
  readonly dead: CardSet;
  /** Cards that are neither dead nor on the board. */
  readonly cardsLeft: number;
}

export type SpotRead =
  | { readonly ok: true; readonly spot: Spot }
  | { readonly ok: false; readonly refusal: Refusal };

/** Thrown and caught in this file alone. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

const invalid = (where: string, reason: string): never => {
  throw new Refused({ _tag: "InvalidCards", where, reason });
};
const impossible = (reason: string): never => {
  throw new Refused({ _tag: "NoCombination", reason });
};

export const MIN_PLAYERS = 2;
export const MAX_PLAYERS = 9;
const BOARD_SIZES: ReadonlyArray<number> = [0, 3, 4, 5];
export const FULL_BOARD = 5;

export const readSpot = (question: EquityQuestion): SpotRead => {
  try {
    return { ok: true, spot: read(question) };
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, refusal: cause.refusal };
    throw cause;
  }
};

const read = (question: EquityQuestion): Spot => {
  const count = question.players.length;
  if (count < MIN_PLAYERS || count > MAX_PLAYERS)
    invalid("players", `there are ${count}; ${MIN_PLAYERS} to ${MAX_PLAYERS} can play`);
  const board = readCards("board", question.board);
  if (!BOARD_SIZES.includes(board.length))
    invalid("board", `it has ${board.length} cards; a board has none, 3, 4 or 5`);
  const deadCards = readCards("dead", question.dead);
  const both = board.find((card) => deadCards.includes(card));
  if (both !== undefined) invalid("dead", `${formatCard(both)} is on the board`);
  const dead = cardSet(deadCards);
  const cardsLeft = DECK_SIZE - board.length - deadCards.length;
  if (cardsLeft < 2 * count + FULL_BOARD - board.length)
    impossible(`${cardsLeft} cards are left, too few for ${count} players`);
  const gone = cardSet([...board, ...deadCards]);
  const ranges = question.players.map((text, player) => readRange(`players.${player}`, text, gone));
  settle(ranges);
  return { players: ranges.map(handsOf), board, dead, cardsLeft };
};

const readCards = (where: string, text: string): ReadonlyArray<Card> => {
  const read = parseCards(text);
  return read.ok ? read.value : invalid(where, read.reason);
};

/** Weights by combination, 0 where a card is gone. */
const readRange = (where: string, text: string, gone: CardSet): Float64Array => {
  const parsed = parseRange(text);
  if (!parsed.ok) return invalid(where, parsed.reason);
  const all = allWithWeight(parsed.range.weights);
  // Weights are read as whole steps, so that sums of them are exact.
  const weights = Float64Array.from(parsed.range.weights, (weight) =>
    Math.round(weight * WEIGHT_STEPS),
  );
  for (const combination of all)
    if (cardsOf(combination).some((card) => hasCard(gone, card))) weights[combination] = 0;
  if (weights.some((weight) => weight > 0)) return weights;
  if (all.length > 1)
    return impossible(`board and dead cards leave player ${where.slice(-1)} nothing`);
  const taken = cardsOf(all[0]!).filter((card) => hasCard(gone, card));
  return invalid(where, `${formatCards(taken)} is on the board or dead`);
};

const allWithWeight = (weights: ArrayLike<number>): ReadonlyArray<number> => {
  const combinations: Array<number> = [];
  for (let combination = 0; combination < COMBINATIONS; combination++)
    if (weights[combination]! > 0) combinations.push(combination);
  return combinations;
};

/** A hand that is certain takes its cards from everybody else, which may make another one certain, and so on. */
const settle = (ranges: ReadonlyArray<Float64Array>): void => {
  const settled = new Set<number>();
  for (let isNew = true; isNew;) {
    isNew = false;
    ranges.forEach((weights, player) => {
      if (settled.has(player)) return;
      const hands = allWithWeight(weights);
      if (hands.length !== 1) return;
      settled.add(player);
      isNew = true;
      const cards = cardsOf(hands[0]!);
      ranges.forEach((others, other) => {
        if (other !== player) takeCards(others, cards, player, other);
      });
    });
  }
};

const takeCards = (
  weights: Float64Array,
  cards: readonly [Card, Card],
  owner: number,
  player: number,
): void => {
  const before = allWithWeight(weights);
  const after = before.filter(
    (combination) => !cardsOf(combination).some((card) => cards.includes(card)),
  );
  if (after.length === 0 && before.length === 1) {
    const both = cardsOf(before[0]!).filter((card) => cards.includes(card));
    invalid(`players.${player}`, `${formatCards(both)} is with player ${owner}`);
  }
  if (after.length === 0)
    impossible(
      `player ${owner} must have ${formatCards(cards)}, which leaves player ${player} nothing`,
    );
  for (const combination of before) if (!after.includes(combination)) weights[combination] = 0;
};

const divisorOf = (a: number, b: number): number => (b === 0 ? a : divisorOf(b, a % b));

const handsOf = (weights: Float64Array): Hands => {
  const combinations = allWithWeight(weights);
  let divisor = 0;
  for (const combination of combinations) divisor = divisorOf(weights[combination]!, divisor);
  const units = weights.map((weight) => weight / divisor);
  let maxWeight = 0;
  for (const combination of combinations) maxWeight = Math.max(maxWeight, units[combination]!);
  return { weights: units, combinations, maxWeight };
};

/** Ways to choose the board's missing cards when `players` players have theirs. */
export const boardsOf = ({ board, cardsLeft }: Spot, players: number): number => {
  let ways = 1;
  for (let nth = 0; nth < FULL_BOARD - board.length; nth++)
    ways = (ways * (cardsLeft - 2 * players - nth)) / (nth + 1);
  return ways;
};
