/**
 * Recomputing a race from what is public about it.
 *
 * A player need not trust the house: the commitment was published before betting, and after the race the server seed, the
 * field, the accepted bets and the casts are too. From these follow the final seed, every frame, the order and all
 * payouts. `verifyRace` recomputes them and says what agrees. It runs in the browser as it does in Node.
 */
import { betsDigest, commitment, finalSeed } from "./fairness.ts";
import type { DigestedBet } from "./fairness.ts";
import { sha256Hex } from "./hash.ts";
import { MARKETS } from "./market.ts";
import { settlePool } from "./pool.ts";
import type { BetOutcome, PoolSettlement } from "./pool.ts";
import type { Runner } from "./runner.ts";
import { simulate } from "./simulation.ts";
import type { PowerCast, RaceRun } from "./simulation.ts";

/** What `GET /races/{id}/verify` gives away once a race is settled. */
export interface PublicRace {
  readonly raceId: string;
  /** As published before betting opened. */
  readonly commitment: string;
  /** As revealed after the race. */
  readonly serverSeed: string;
  /** As the server claims it to be. */
  readonly finalSeed: string;
  readonly field: readonly Runner[];
  readonly scratched: readonly number[];
  readonly maxTicks: number;
  readonly takeoutPerMille: number;
  /** Accepted and not cancelled. */
  readonly bets: readonly DigestedBet[];
  /** In the order in which they were accepted. */
  readonly powers: readonly PowerCast[];
  readonly order: readonly (readonly number[])[];
  /** One for each bet, in any order; 0 for a lost one. */
  readonly payouts: readonly { readonly betId: string; readonly payoutMinor: number }[];
}

export interface Verification {
  readonly commitmentOk: boolean;
  readonly seedOk: boolean;
  readonly orderOk: boolean;
  readonly payoutsOk: boolean;
  /** A sentence for each disagreement; empty if all is as claimed. */
  readonly details: readonly string[];
}

/** All pools of a race, in the order of `MARKETS`, empty ones left out. */
export function settleRace(
  race: Pick<PublicRace, "bets" | "order" | "scratched" | "takeoutPerMille">,
): readonly PoolSettlement[] {
  const { order, scratched, takeoutPerMille } = race;
  return MARKETS.flatMap((market) => {
    const bets = race.bets.filter((bet) => bet.market === market);
    return bets.length === 0
      ? []
      : [settlePool({ market, bets, order, scratched, takeoutPerMille })];
  });
}

/**
 * Recomputes a race and compares. The order is recomputed from the recomputed seed and the payouts from the recomputed order, so
 * a false seed fails what follows from it. Data that no race can have (a stake of −1, a race of no ticks) is a
 * disagreement, not an exception.
 */
export function verifyRace(race: PublicRace): Verification {
  const details: string[] = [];
  const check = (ok: boolean, otherwise: string) => {
    if (!ok) details.push(otherwise);
    return ok;
  };
  const attempt = <A>(what: string, compute: () => A): A | null => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      details.push(`${what} cannot be computed: ${error.message}`);
      return null;
    }
  };

  const commitmentOk = check(
    commitment(race.serverSeed) === race.commitment,
    "the server seed is not the one committed to",
  );
  const seed = attempt("the final seed", () =>
    finalSeed(race.serverSeed, race.raceId, betsDigest(race.bets)),
  );
  const seedOk =
    seed !== null &&
    check(seed === race.finalSeed, `the final seed is ${seed}, not ${race.finalSeed}`);
  const run =
    seed === null
      ? null
      : attempt("the race", () => simulate({ ...race, seed, powers: race.powers }));
  const orderOk =
    run !== null &&
    check(
      JSON.stringify(run.order) === JSON.stringify(race.order),
      `the order is ${formatOrder(run.order)}, not ${formatOrder(race.order)}`,
    );
  const pools =
    run === null ? null : attempt("the payouts", () => settleRace({ ...race, order: run.order }));
  const payoutsOk = pools !== null && comparePayouts(pools, race.payouts, check);
  return { commitmentOk, seedOk, orderOk, payoutsOk, details };
}

/** SHA-256, in hex, of all frames: positions as big-endian 32-bit integers. Equal for equal races on every machine. */
export function framesDigest(run: RaceRun): string {
  const view = new DataView(new ArrayBuffer(run.positions.length * 4));
  run.positions.forEach((position, index) => view.setInt32(index * 4, position));
  return sha256Hex(new Uint8Array(view.buffer));
}

/** Best first, a dead heat joined by `=`: `3, 1=5, 2`. */
export function formatOrder(order: readonly (readonly number[])[]): string {
  return order.map((group) => group.join("=")).join(", ");
}

function comparePayouts(
  pools: readonly PoolSettlement[],
  claimed: PublicRace["payouts"],
  check: (ok: boolean, otherwise: string) => boolean,
): boolean {
  const outcomes = new Map<string, BetOutcome>();
  for (const pool of pools) for (const one of pool.outcomes) outcomes.set(one.betId, one);
  const complete = check(
    outcomes.size === claimed.length &&
      new Set(claimed.map(({ betId }) => betId)).size === claimed.length,
    `${outcomes.size} bets, but ${claimed.length} payouts`,
  );
  const wrong = claimed.filter(
    ({ betId, payoutMinor }) => outcomes.get(betId)?.payoutMinor !== payoutMinor,
  );
  for (const { betId, payoutMinor } of wrong) {
    check(
      false,
      `bet ${betId} is due ${outcomes.get(betId)?.payoutMinor ?? 0}, not ${payoutMinor}`,
    );
  }
  return complete && wrong.length === 0;
}
