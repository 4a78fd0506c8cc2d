/**
 * Exact: every choice of hands from the ranges, each with all boards that can come. With known hands there is one choice; a
 * few narrow ranges have some thousands.
 */
import { bitOf, NO_CARDS } from "../cards/CardSet.ts";
import type { Kernel } from "../kernel/Kernel.ts";
import { cardsOf } from "../range/Combination.ts";
import { chunksFor, partOf, type Approach } from "./Approach.ts";
import { boardsOf, type Spot } from "./Spot.ts";
import { Sums } from "./Tally.ts";

/** To choose hands and see that no card is there twice. */
const CHOICE_US = 1;
/** For each player on each board that is looked at, and for the 6,175 rank sets and their flushes before the flop. */
const BOARD_US = 0.006;
const PREFLOP_US = 60;
const PREFLOP_PLAYER_US = 15;

const showdownUs = (spot: Spot): number => {
  const players = spot.players.length;
  return spot.board.length === 0
    ? PREFLOP_US + PREFLOP_PLAYER_US * players
    : BOARD_US * players * boardsOf(spot, players);
};

export const knownHands = (spot: Spot): Approach => {
  const choices = spot.players.reduce((ways, { combinations }) => ways * combinations.length, 1);
  const costUs = choices * (CHOICE_US + showdownUs(spot));
  const chunks = chunksFor(costUs, choices);
  return {
    costUs,
    chunks,
    run: (kernel, chunk) => {
      const [from, to] = partOf(choices, chunk, chunks);
      return runChoices(kernel, spot, from, to);
    },
  };
};

/** Choices are numbered like a counter with a digit for each player: the first player's hand changes with each. */
const runChoices = (kernel: Kernel, spot: Spot, from: number, to: number) => {
  const { players, board, dead } = spot;
  const sums = new Sums(players.length);
  const seats = players.map((_, player) => player);
  const boards = boardsOf(spot, players.length);
  let samples = 0;
  for (let choice = from; choice < to; choice++) {
    let rest = choice;
    let weight = 1;
    let used = NO_CARDS;
    let isPossible = true;
    const hands = players.map(({ combinations, units }) => {
      const at = rest % combinations.length;
      rest = Math.floor(rest / combinations.length);
      weight *= units[at]!;
      const cards = cardsOf(combinations[at]!);
      const bits = bitOf(cards[0]) | bitOf(cards[1]);
      isPossible &&= (used & bits) === NO_CARDS;
      used |= bits;
      return cards;
    });
    if (!isPossible) continue;
    samples += boards;
    sums.addWinners(kernel.showdown(hands, board, dead), weight, seats);
  }
  return sums.tally(samples);
};
