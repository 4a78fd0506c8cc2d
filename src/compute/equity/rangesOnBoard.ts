/** Exact: two or three ranges on a board of at least three cards, run-out by run-out. */
import { cardsOutside, cardSet } from "../cards/CardSet.ts";
import type { Card } from "../cards/Card.ts";
import type { Kernel } from "../kernel/Kernel.ts";
import { chunksFor, partOf, type Approach } from "./Approach.ts";
import { countPairs, countTriples } from "./countDeals.ts";
import { boardsOf, type Hands, type Spot } from "./Spot.ts";
import { FULL_BOARD } from "./Table.ts";
import { Sums, type Tally } from "./Tally.ts";

const RUNOUT_US = 2;
const HAND_OF_TWO_US = 0.012;
const HAND_OF_THREE_US = 0.07;
/** Above this, sums of three ranges would not fit where the kernel puts them (`wasm/threeRanges.ts`). */
export const MAX_WEIGHT_OF_THREE = 250;

/** All boards of five cards that begin with this one. */
const runoutsOf = ({ board, dead }: Spot): ReadonlyArray<ReadonlyArray<Card>> => {
  if (board.length === FULL_BOARD) return [board];
  const left = cardsOutside(dead | cardSet(board));
  const missing = FULL_BOARD - board.length;
  return left.flatMap((one, place) =>
    missing === 1 ? [[...board, one]] : left.slice(0, place).map((other) => [...board, one, other]),
  );
};

const onRunouts = (
  spot: Spot,
  {
    handUs,
    waysToDeal,
    find,
  }: {
    readonly handUs: number;
    readonly waysToDeal: number;
    readonly find: (
      kernel: Kernel,
      runouts: ReadonlyArray<ReadonlyArray<Card>>,
      sums: Sums,
    ) => void;
  },
): Approach => {
  const runouts = runoutsOf(spot);
  const hands = spot.players.reduce((sum, { combinations }) => sum + combinations.length, 0);
  const costUs = runouts.length * (RUNOUT_US + handUs * hands);
  const chunks = chunksFor(costUs, runouts.length);
  const deals = waysToDeal * boardsOf(spot, spot.players.length);
  return {
    costUs,
    chunks,
    run: (kernel, chunk): Tally => {
      const sums = new Sums(spot.players.length);
      find(kernel, runouts.slice(...partOf(runouts.length, chunk, chunks)), sums);
      const [from, to] = partOf(deals, chunk, chunks);
      return sums.tally(to - from);
    },
  };
};

export const twoRangesOnBoard = (spot: Spot, first: Hands, second: Hands): Approach =>
  onRunouts(spot, {
    handUs: HAND_OF_TWO_US,
    waysToDeal: countPairs(first, second),
    find: (kernel, runouts, sums) => {
      const [wins, ties, all] = kernel.twoRanges([first.weights, second.weights], runouts);
      sums.add(0, 1, wins);
      sums.add(1, 1, all - wins - ties);
      sums.add(0, 2, ties);
      sums.add(1, 2, ties);
    },
  });

export const threeRangesOnBoard = (
  spot: Spot,
  first: Hands,
  second: Hands,
  third: Hands,
): Approach =>
  onRunouts(spot, {
    handUs: HAND_OF_THREE_US,
    waysToDeal: countTriples(first, second, third),
    find: (kernel, runouts, sums) => {
      const players = [first, second, third];
      const found = kernel.threeRanges([first.weights, second.weights, third.weights], runouts);
      players.forEach((_, player) =>
        players.forEach((_, others) =>
          sums.add(player, others + 1, found[players.length * player + others]!),
        ),
      );
    },
  });
