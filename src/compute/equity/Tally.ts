/**
 * What a chunk found, and what is told of a question when its chunks are added up.
 *
 * Every deal has one pot, won by `k` players who share it. So all that is to be known of a deal is who they are, and all
 * that is to be known of a player is how often it was among `k` winners, for each `k`: the sums are `players × players`
 * numbers, `sums[player * players + (k - 1)]`, weighted by the weights of the ranges. Wins, ties, equity and the variance
 * of the equity follow from them, and two tallies are added number by number.
 */

/** The form in which a chunk's findings travel (`ChunkTally` of `rpc/equity.ts`). */
export interface Tally {
  /** Deals looked at. */
  readonly samples: number;
  readonly sums: ReadonlyArray<number>;
}
