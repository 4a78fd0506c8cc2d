/** What an honest house says of a race, as the wire has it; and any such account, for property tests. */
import * as fc from "fast-check";
import { betsDigest, commitment, finalSeed } from "../../../entities/lobby/race/fairness.ts";
import { SELECTION_COUNT } from "../../../entities/lobby/race/market.ts";
import { settleRace } from "../../../entities/lobby/race/replay.ts";
import type { PublicRace } from "../../../entities/lobby/race/replay.ts";
import { startingField } from "../../../entities/lobby/race/runner.ts";
import { frameAt, simulate } from "../../../entities/lobby/race/simulation.ts";
import type { PowerCast } from "../../../entities/lobby/race/simulation.ts";
import type { Market } from "../../../rpc/lobby.ts";
import type { Claim } from "../../../web/src/verify/Claim.ts";
import type { Evidence } from "../../../web/src/verify/steps.ts";
import { casts, market, seed } from "../../entities/lobby/race/arbitraries.ts";

export interface Inputs {
  readonly raceId: string;
  readonly serverSeed: string;
  readonly fieldSeed: string;
  readonly scratched: readonly number[];
  readonly maxTicks: number;
  readonly bets: readonly {
    readonly market: Market;
    readonly numbers: readonly number[];
    readonly stake: number;
  }[];
  readonly powers: readonly PowerCast[];
}

/** From the inputs alone, by the house's own rules. */
export function accountOf(inputs: Inputs): Claim {
  const { maxTicks, powers, raceId, scratched, serverSeed } = inputs;
  const bets = inputs.bets.map(({ market, numbers, stake }, index) => ({
    betId: `bet-${index}`,
    playerId: `player-${index % 3}`,
    market,
    selection: numbers.slice(0, SELECTION_COUNT[market]),
    stakeMinor: stake,
  }));
  const digest = betsDigest(bets);
  const field = startingField(inputs.fieldSeed);
  const final = finalSeed(serverSeed, raceId, digest);
  const { order } = simulate({ seed: final, field, scratched, maxTicks, powers });
  const takeoutPerMille = 100;
  const pools = settleRace({ bets, order, scratched, takeoutPerMille });
  return {
    race_id: raceId,
    commitment: commitment(serverSeed),
    server_seed: serverSeed,
    bets_digest: digest,
    final_seed: final,
    field: field.map(({ form, name, number }) => ({ number, name, form })),
    scratched,
    max_ticks: maxTicks,
    takeout_per_mille: takeoutPerMille,
    bets: bets.map(({ betId, market, playerId, selection, stakeMinor }) => ({
      bet_id: betId,
      player_id: playerId,
      market,
      selection,
      stake: stakeMinor,
    })),
    powers,
    order,
    payouts: pools.flatMap(({ outcomes }) =>
      outcomes.map(({ betId, payoutMinor }) => ({ bet_id: betId, payout: payoutMinor })),
    ),
  };
}

/** Bets in every market, a scratched runner, two casts. */
export const HONEST = accountOf({
  raceId: "race-1",
  // A seed text with a published SHA-256, see steps.unit.
  serverSeed: "b2184bbbbb1e9dc438f99ba24e3610999adb419bc8bc5ed2f9d200e174f4a8fb",
  fieldSeed: "a1",
  scratched: [4],
  maxTicks: 120,
  bets: (["win", "place", "show", "exacta", "quinella", "trifecta"] as const).flatMap((market) =>
    [0, 1, 2, 3, 4, 5, 6, 7].map((shift) => ({
      market,
      numbers: [1, 4, 6].map((number) => 1 + ((number + shift) % 8)),
      stake: 100 + shift * 37,
    })),
  ),
  powers: [
    { tick: 20, power: "pwr_boost_01", target: 2 },
    { tick: 31, power: "pwr_oil_01", target: 5 },
  ],
});

export const framesOf = (claim: Claim): readonly (readonly number[])[] => {
  const { field, final_seed, max_ticks, powers, scratched } = claim;
  const run = simulate({ seed: final_seed, field, scratched, maxTicks: max_ticks, powers });
  return Array.from({ length: run.finishTick + 1 }, (_, tick) => frameAt(run, tick));
};

/** As the page has it at the door, with the house's own frames. */
export const evidenceOf = (claim: Claim, more: Partial<Evidence> = {}): Evidence => ({
  claim,
  askedRaceId: HONEST.race_id,
  noted: null,
  ownBets: null,
  frames: framesOf(HONEST),
  ...more,
});

/** The same account under the names of the race's rules. */
export const publicRace = (claim: Claim): PublicRace => ({
  raceId: claim.race_id,
  commitment: claim.commitment,
  serverSeed: claim.server_seed,
  finalSeed: claim.final_seed,
  field: claim.field,
  scratched: claim.scratched,
  maxTicks: claim.max_ticks,
  takeoutPerMille: claim.takeout_per_mille,
  bets: claim.bets.map(({ bet_id, market, player_id, selection, stake }) => ({
    betId: bet_id,
    playerId: player_id,
    market,
    selection,
    stakeMinor: stake,
  })),
  powers: claim.powers,
  order: claim.order,
  payouts: claim.payouts.map(({ bet_id, payout }) => ({ betId: bet_id, payoutMinor: payout })),
});

const MAX_TICKS = 60;

export const account: fc.Arbitrary<Claim> = fc
  .record({
    raceId: fc.stringMatching(/^[a-z0-9]{1,8}$/),
    serverSeed: seed,
    fieldSeed: seed,
    scratched: fc.subarray([2, 7], { maxLength: 2 }),
    maxTicks: fc.integer({ min: 40, max: MAX_TICKS }),
    bets: fc.array(
      fc.record({
        market,
        numbers: fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }),
        stake: fc.integer({ min: 1, max: 50_000 }),
      }),
      { maxLength: 12 },
    ),
    powers: casts(MAX_TICKS),
  })
  .map(accountOf);
