/**
 * Odds: what the runners' form promises before anyone has bet, and what the pools promise since.
 *
 * Both are in hundredths, the total return for a unit staked: 450 is 4.50, "three and a half to one, and the stake back".
 * Neither decides a payout; that is the pool's dividend once betting is closed (`pool.ts`).
 */
import { strength } from "./runner.ts";
import type { Runner } from "./runner.ts";

/**
 * Points of strength that double a runner's chance. The maximum-likelihood fit over 10,000 simulated races gave 46 to 48,
 * for races of 2 s as for those of 40 s; `odds.property` in the tests checks that promised and actual rates agree.
 */
export const STRENGTH_POINTS_PER_DOUBLING = 48;

/** A stake is never lost by winning: a dividend is at least 1.00. */
export const LEAST_ODDS_HUNDREDTHS = 100;

/** Shown for a hopeless runner rather than a number that nobody believes. */
export const GREATEST_OPENING_ODDS_HUNDREDTHS = 99_900;

const MILLION = 1_000_000;

/**
 * Each runner's chance to win in millionths, by lane; 0 for a scratched one. A runner's weight is 2^(strength / 48), with
 * the power of two taken at whole doublings and a straight line between them (at most 6 % above the curve); its chance
 * is its share of all weights, rounded down, so the sum falls short of a million by less than the number of runners.
 */
export function winChancesPpm(
  field: readonly Runner[],
  scratched: readonly number[] = [],
): readonly number[] {
  const weights = field.map((runner) =>
    scratched.includes(runner.number) ? 0 : weight(strength(runner.form)),
  );
  const total = weights.reduce((sum, one) => sum + one, 0);
  return weights.map((one) => (one === 0 ? 0 : Math.floor((one * MILLION) / total)));
}

/** The win odds that form alone justifies after takeout, in hundredths, by lane; null for a scratched runner. */
export function openingOdds(
  field: readonly Runner[],
  takeoutPerMille: number,
  scratched: readonly number[] = [],
): readonly (number | null)[] {
  return winChancesPpm(field, scratched).map((chancePpm, lane) => {
    if (scratched.includes(field[lane]!.number)) return null;
    const fair = Math.floor(((1000 - takeoutPerMille) * MILLION) / (10 * Math.max(1, chancePpm)));
    return Math.min(GREATEST_OPENING_ODDS_HUNDREDTHS, Math.max(LEAST_ODDS_HUNDREDTHS, fair));
  });
}

/**
 * Tote odds in hundredths from the stakes on each selection of a pool with a single winner: what would be paid were
 * betting closed now, before breakage. Null where nothing is staked. Stakes in minor units, their sum below 9 × 10^12.
 */
export function winOdds(
  stakesMinor: readonly number[],
  takeoutPerMille: number,
): readonly (number | null)[] {
  const poolMinor = stakesMinor.reduce((sum, stake) => sum + stake, 0);
  const netMinor = poolMinor - Math.floor((poolMinor * takeoutPerMille) / 1000);
  return stakesMinor.map((stake) =>
    stake === 0 ? null : Math.max(LEAST_ODDS_HUNDREDTHS, Math.floor((netMinor * 100) / stake)),
  );
}

/** Hundredths as they are shown: 450 is "4.50". */
export function formatOdds(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** Strength is at most 1000, so at most 20 doublings: below 2^27. */
function weight(points: number): number {
  const doublings = Math.floor(points / STRENGTH_POINTS_PER_DOUBLING);
  const rest = points % STRENGTH_POINTS_PER_DOUBLING;
  return 2 ** doublings * (STRENGTH_POINTS_PER_DOUBLING + rest);
}
