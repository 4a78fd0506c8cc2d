/**
 * Monte Carlo: a chunk is a fixed number of deals, with a seed of its own that follows from the question's seed and the chunk's
 * number. So chunk 7 deals the same cards wherever it is dealt, and the answer, which is that of the first chunks that suffice,
 * does not depend on how many workers there are.
 *
 * `wasm/deals.ts` explains the two ways of dealing to ranges. The ranges alone decide which is taken: deals of unequal weight
 * are worth it where so few draws of independent hands leave each other room that one deal without weight takes longer than
 * two with.
 */
import { cardsOf } from "../range/Combination.ts";
import type { Approach } from "./Approach.ts";
import { makeChoices, makeWeights } from "./choices.ts";
import { chanceOfRoom } from "./chanceOfRoom.ts";
import type { Hands, Spot } from "./Spot.ts";
import { Sums } from "./Tally.ts";

/** Some ten milliseconds. */
const DEALS_PER_CHUNK = 131_072;
/** Where ranges leave each other little, most draws of hands have a card twice: then it is draws that bound the time. */
const DRAWS_PER_CHUNK = 2_000_000;
const DEAL_US = 0.02;
const DEAL_PLAYER_US = 0.015;
/** A draw of hands that is thrown away, mostly by the third. */
const DRAW_US = 0.015;
/** To look at one hand of a range whether it is left. */
const LOOK_US = 0.0015;
/** A chunk of weighted deals: some ten milliseconds, and twice that where every other draw leaves somebody nothing. */
const WEIGHTED_CHUNK_US = 12_000;
const MAX_DRAWS_FOR_A_DEAL = 2;
/** Measured on ranges from the tightest to the widest: so many weighted deals tell at least as much as one that has none. */
const WEIGHTED_FOR_ONE = 2;

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
    anyTwo: anyTwo.seats.length,
    board,
    dead,
    seed,
  };
  const dealUs = DEAL_US + DEAL_PLAYER_US * players;
  const looks = ranges.hands.reduce((sum, { combinations }) => sum + combinations.length, 0);
  const dealsOf = (chunk: number, perChunk: number) =>
    Math.min(perChunk, maxSamples - chunk * perChunk);

  const weightedUs = dealUs + LOOK_US * looks;
  if (WEIGHTED_FOR_ONE * weightedUs < dealUs + DRAW_US / chanceOfRoom(ranges.hands)) {
    const weights = ranges.hands.map(makeWeights);
    const perChunk = Math.ceil(WEIGHTED_CHUNK_US / weightedUs);
    const draws = MAX_DRAWS_FOR_A_DEAL * perChunk;
    return {
      costUs: maxSamples * weightedUs,
      chunks: Math.ceil(maxSamples / perChunk),
      run: (kernel, chunk) => {
        const dealt = kernel.dealWeighted({
          ...deal,
          ranges: weights,
          deals: dealsOf(chunk, perChunk),
          draws,
          chunk,
        });
        const [sums, squares] = [new Sums(players), new Sums(players)];
        sums.addWinners(dealt.sums, 1, seats);
        squares.addWinners(dealt.squares, 1, seats);
        return sums.tally(dealt.deals, squares);
      },
    };
  }

  const choices = ranges.hands.map(makeChoices);
  return {
    costUs: maxSamples * dealUs,
    chunks: Math.ceil(maxSamples / DEALS_PER_CHUNK),
    run: (kernel, chunk) => {
      const { deals: samples, winners } = kernel.deal({
        ...deal,
        ranges: choices,
        deals: dealsOf(chunk, DEALS_PER_CHUNK),
        draws: DRAWS_PER_CHUNK,
        chunk,
      });
      const sums = new Sums(players);
      sums.addWinners(winners, 1, seats);
      return sums.tally(samples);
    },
  };
};
