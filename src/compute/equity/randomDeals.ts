/**
 * Monte Carlo: a chunk is a fixed number of deals, with a seed of its own that follows from the question's seed and the chunk's
 * number. So chunk 7 deals the same cards wherever it is dealt, and the answer, which is that of the first chunks that suffice,
 * does not depend on how many workers there are.
 */
import { cardsOf } from "../range/Combination.ts";
import type { Approach } from "./Approach.ts";
import { makeChoices } from "./choices.ts";
import type { Hands, Spot } from "./Spot.ts";
import { Sums } from "./Tally.ts";

/** Some ten milliseconds. */
const DEALS_PER_CHUNK = 131_072;
/** Where ranges leave each other little, most draws of hands have a card twice: then it is draws that bound the time. */
const DRAWS_PER_CHUNK = 2_000_000;
const DEAL_US = 0.02;
const DEAL_PLAYER_US = 0.015;

interface Group {
  readonly seats: ReadonlyArray<number>;
  readonly hands: ReadonlyArray<Hands>;
}

const groupOf = (spot: Spot, belongs: (hands: Hands) => boolean): Group => {
  const seats = spot.players.flatMap((hands, seat) => (belongs(hands) ? [seat] : []));
  // The narrowest first: a draw that fails, fails early.
  const sorted = seats.toSorted(
    (a, b) => spot.players[a]!.combinations.length - spot.players[b]!.combinations.length,
  );
  return { seats: sorted, hands: sorted.map((seat) => spot.players[seat]!) };
};

export const randomDeals = (
  spot: Spot,
  { maxSamples, seed }: { readonly maxSamples: number; readonly seed: number },
): Approach => {
  const { board, dead, cardsLeft } = spot;
  const players = spot.players.length;
  const isKnown = ({ combinations }: Hands) => combinations.length === 1;
  const known = groupOf(spot, isKnown);
  const free = cardsLeft - 2 * known.seats.length;
  /** Whatever is left, with equal weights. */
  const isAnyTwo = (hands: Hands) =>
    !isKnown(hands) &&
    hands.maxWeight === 1 &&
    hands.combinations.length === (free * (free - 1)) / 2;
  const ranges = groupOf(spot, (hands) => !isKnown(hands) && !isAnyTwo(hands));
  const anyTwo = groupOf(spot, isAnyTwo);
  const seats = [...known.seats, ...ranges.seats, ...anyTwo.seats];
  const deal = {
    known: known.hands.map(({ combinations }) => cardsOf(combinations[0]!)),
    ranges: ranges.hands.map(makeChoices),
    anyTwo: anyTwo.seats.length,
    board,
    dead,
    draws: DRAWS_PER_CHUNK,
    seed,
  };
  return {
    costUs: maxSamples * (DEAL_US + DEAL_PLAYER_US * players),
    chunks: Math.ceil(maxSamples / DEALS_PER_CHUNK),
    run: (kernel, chunk) => {
      const deals = Math.min(DEALS_PER_CHUNK, maxSamples - chunk * DEALS_PER_CHUNK);
      const { deals: samples, winners } = kernel.deal({ ...deal, deals, chunk });
      const sums = new Sums(players);
      sums.addWinners(winners, 1, seats);
      return sums.tally(samples);
    },
  };
};
