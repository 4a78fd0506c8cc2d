import { describe, expect, it } from "vitest";
import { betsDigest, commitment, finalSeed } from "../../../../entities/lobby/race/fairness.ts";
import type { DigestedBet } from "../../../../entities/lobby/race/fairness.ts";
import { formatOrder, settleRace, verifyRace } from "../../../../entities/lobby/race/replay.ts";
import type { PublicRace } from "../../../../entities/lobby/race/replay.ts";
import { startingField } from "../../../../entities/lobby/race/runner.ts";
import { simulate } from "../../../../entities/lobby/race/simulation.ts";
import type { PowerCast } from "../../../../entities/lobby/race/simulation.ts";

/** A race as an honest house publishes it: bets in every market, a scratched runner, two casts. */
function honestRace(): PublicRace {
  const raceId = "race-1";
  const serverSeed = "b2184bbbbb1e9dc438f99ba24e3610999adb419bc8bc5ed2f9d200e174f4a8fb";
  const bets = Array.from({ length: 120 }, (_, index): DigestedBet => {
    const market = (["win", "place", "show", "exacta", "quinella", "trifecta"] as const)[
      index % 6
    ]!;
    const numbers = [1 + (index % 8), 1 + ((index + 3) % 8), 1 + ((index + 5) % 8)];
    const count = { win: 1, place: 1, show: 1, exacta: 2, quinella: 2, trifecta: 3 }[market];
    return {
      betId: `bet-${index}`,
      playerId: `player-${index % 7}`,
      market,
      selection: numbers.slice(0, count),
      stakeMinor: 100 + index * 37,
    };
  });
  const powers: PowerCast[] = [
    { tick: 20, power: "pwr_boost_01", target: 2 },
    { tick: 31, power: "pwr_oil_01", target: 5 },
  ];
  const seed = finalSeed(serverSeed, raceId, betsDigest(bets));
  const field = startingField("a1");
  const inputs = { field, scratched: [4], maxTicks: 120, takeoutPerMille: 100, bets, powers };
  const { order } = simulate({ ...inputs, seed });
  const payouts = settleRace({ ...inputs, order }).flatMap((pool) =>
    pool.outcomes.map(({ betId, payoutMinor }) => ({ betId, payoutMinor })),
  );
  return {
    raceId,
    commitment: commitment(serverSeed),
    serverSeed,
    finalSeed: seed,
    order,
    payouts,
    ...inputs,
  };
}

const race = honestRace();

describe("verifyRace", () => {
  it("finds nothing in an honest race, also after a round trip through JSON", () => {
    const clean = {
      commitmentOk: true,
      seedOk: true,
      orderOk: true,
      payoutsOk: true,
      details: [],
    };
    expect(verifyRace(race)).toEqual(clean);
    expect(verifyRace(JSON.parse(JSON.stringify(race)) as PublicRace)).toEqual(clean);
    expect(verifyRace({ ...race, payouts: race.payouts.toReversed() })).toEqual(clean);
  });

  it("another server seed than committed to fails the commitment and all that follows", () => {
    const other = verifyRace({ ...race, serverSeed: race.serverSeed.replace("b2", "b3") });
    expect(other).toMatchObject({ commitmentOk: false, seedOk: false, orderOk: false });
  });

  it.each([
    ["a bet left out", { bets: race.bets.slice(1) }],
    ["a stake changed", { bets: race.bets.with(0, { ...race.bets[0]!, stakeMinor: 999 }) }],
    ["another race id", { raceId: "race-2" }],
    ["a false final seed", { finalSeed: race.finalSeed.replace(/^./, "g") }],
  ])("%s fails the seed", (_, change) => {
    expect(verifyRace({ ...race, ...change })).toMatchObject({ commitmentOk: true, seedOk: false });
  });

  it.each([
    ["the order turned round", { order: race.order.toReversed() }],
    ["a forged dead heat", { order: [race.order.flat()] }],
    ["a cast kept silent", { powers: [] }],
    ["another field", { field: startingField("a2") }],
  ])("%s fails the order", (_, change) => {
    expect(verifyRace({ ...race, ...change })).toMatchObject({ seedOk: true, orderOk: false });
  });

  it.each([
    ["one unit less to a winner", race.payouts.map(lessOne)],
    ["a payout left out", race.payouts.slice(1)],
    ["a payout twice", [...race.payouts.slice(1), race.payouts[1]!]],
    ["a payout to nobody's bet", race.payouts.with(0, { betId: "ghost", payoutMinor: 0 })],
  ])("%s fails the payouts", (_, payouts) => {
    const verification = verifyRace({ ...race, payouts });
    expect(verification).toMatchObject({ seedOk: true, orderOk: true, payoutsOk: false });
    expect(verification.details).not.toEqual([]);
  });

  it("a higher takeout than was promised fails the payouts", () => {
    expect(verifyRace({ ...race, takeoutPerMille: 110 })).toMatchObject({ payoutsOk: false });
  });

  it("what no race can have is a disagreement, not an exception", () => {
    expect(verifyRace({ ...race, maxTicks: 0 })).toMatchObject({
      seedOk: true,
      orderOk: false,
      payoutsOk: false,
      details: ["the race cannot be computed: a race of 0 ticks"],
    });
    const forged = { ...race.bets[0]!, betId: "a|b" };
    expect(verifyRace({ ...race, bets: [forged] }).seedOk).toBe(false);
    const unpaid = { ...race.bets[0]!, stakeMinor: -1 };
    expect(verifyRace({ ...race, bets: [unpaid] }).payoutsOk).toBe(false);
  });
});

it("settleRace leaves out markets without bets", () => {
  const bets = race.bets.filter(({ market }) => market === "win" || market === "exacta");
  expect(settleRace({ ...race, bets }).map(({ market }) => market)).toEqual(["win", "exacta"]);
});

it("formatOrder joins a dead heat", () => {
  expect(formatOrder([[3], [1, 5], [2]])).toBe("3, 1=5, 2");
});

function lessOne({ betId, payoutMinor }: PublicRace["payouts"][number]) {
  return { betId, payoutMinor: Math.max(0, payoutMinor - 1) };
}
