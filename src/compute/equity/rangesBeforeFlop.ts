/** Exact: two ranges before the flop, from the match-ups of their pairs of ranks. */
import { rankOf } from "../cards/Card.ts";
import { NO_CARDS } from "../cards/CardSet.ts";
import { cardsOf } from "../range/Combination.ts";
import { chunksFor, partOf, type Approach } from "./Approach.ts";
import { countPairs } from "./countDeals.ts";
import { boardsOf, type Hands, type Spot } from "./Spot.ts";
import { Sums } from "./Tally.ts";

/** To find a match-up of ranks with its corrections; dead cards make the suits differ. */
const MATCHUP_US = 60;
const MATCHUP_WITH_DEAD_US = 200;
const PAIR_OF_HANDS_US = 0.03;

/** The number of a pair of ranks, 0 to 90: as `wasm/boards.ts` has them. */
const rankPairOf = (combination: number): number => {
  const [high, low] = cardsOf(combination);
  return (rankOf(high) * (rankOf(high) + 1)) / 2 + rankOf(low);
};

const rankPairsOf = ({ combinations }: Hands): ReadonlySet<number> =>
  new Set(combinations.map(rankPairOf));

/** Each match-up of ranks that occurs, once. */
const matchupsOf = (first: Hands, second: Hands): ReadonlyArray<readonly [number, number]> => {
  const ofSecond = rankPairsOf(second);
  const ofFirst = rankPairsOf(first);
  return [...ofFirst].flatMap((one) =>
    [...ofSecond]
      // When the two also occur the other way round, one of both is enough.
      .filter((other) => one >= other || !(ofFirst.has(other) && ofSecond.has(one)))
      .map((other) => [one, other] as const),
  );
};

export const rangesBeforeFlop = (spot: Spot, first: Hands, second: Hands): Approach => {
  const { dead } = spot;
  const matchups = matchupsOf(first, second);
  const pairs = countPairs(first, second);
  const matchupUs = dead === NO_CARDS ? MATCHUP_US : MATCHUP_WITH_DEAD_US;
  const costUs = matchups.length * matchupUs + pairs * PAIR_OF_HANDS_US;
  const chunks = chunksFor(costUs, matchups.length);
  const deals = pairs * boardsOf(spot, 2);
  return {
    costUs,
    chunks,
    run: (kernel, chunk) => {
      const sums = new Sums(2);
      const [firstWins, secondWins, shared] = kernel.matchups(
        [first.weights, second.weights],
        matchups.slice(...partOf(matchups.length, chunk, chunks)),
        dead,
      );
      sums.add(0, 1, firstWins);
      sums.add(1, 1, secondWins);
      sums.add(0, 2, shared);
      sums.add(1, 2, shared);
      const [from, to] = partOf(deals, chunk, chunks);
      return sums.tally(to - from);
    },
  };
};
