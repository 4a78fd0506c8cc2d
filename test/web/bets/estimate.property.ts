import fc from "fast-check";
import { expect, test } from "vitest";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { settlePool } from "../../../entities/lobby/race/pool.ts";
import { combinations, estimatePayout, impliedShares } from "../../../web/src/bets/estimate.ts";

const RUNNERS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const ORDER = RUNNERS.map((number) => [number]);
const stakes = fc.array(fc.integer({ min: 100, max: 5_000_000 }), { minLength: 8, maxLength: 8 });
const takeout = fc.integer({ min: 0, max: 400 });

test("a win bet on the slip is estimated as the server would pay it, if nobody else bets", () => {
  fc.assert(
    fc.property(
      stakes,
      takeout,
      fc.integer({ min: 100, max: 50_000 }),
      (others, perMille, stake) => {
        const poolMinor = others.reduce((sum, one) => sum + one, 0);
        const shares = new Map(RUNNERS.map((number, i) => [number, (others[i] ?? 0) / poolMinor]));
        const bets = others.map((stakeMinor, i) => ({
          betId: String(i),
          selection: [i + 1],
          stakeMinor,
        }));
        const settled = settlePool({
          market: "win",
          bets: [...bets, { betId: "mine", selection: [1], stakeMinor: stake }],
          order: ORDER,
          scratched: [],
          takeoutPerMille: perMille,
        });
        const estimate = estimatePayout({
          market: "win",
          selection: [1],
          stakeMinor: stake,
          poolMinor,
          isPlaced: false,
          shares,
          takeoutPerMille: perMille,
        });
        const mine = settled.outcomes.find(({ betId }) => betId === "mine");
        expect(estimate.aboutMinor).toBe(mine?.payoutMinor);
      },
    ),
  );
});

test("in every market: at least the stake, at most all of the pool, and the estimate between", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MARKETS),
      stakes,
      takeout,
      fc.integer({ min: 0, max: 100_000_000 }),
      fc.integer({ min: 100, max: 50_000 }),
      (market, weights, takeoutPerMille, poolMinor, stakeMinor) => {
        const total = weights.reduce((sum, one) => sum + one, 0);
        const shares = new Map(RUNNERS.map((number, i) => [number, (weights[i] ?? 0) / total]));
        const selection = [5, 2, 7].slice(
          0,
          market === "trifecta" ? 3 : market === "exacta" || market === "quinella" ? 2 : 1,
        );
        const estimate = estimatePayout({
          market,
          selection,
          stakeMinor,
          poolMinor,
          isPlaced: false,
          shares,
          takeoutPerMille,
        });
        expect(estimate.leastMinor).toBe(stakeMinor);
        expect(estimate.aboutMinor).toBeGreaterThanOrEqual(estimate.leastMinor);
        expect(estimate.mostMinor).toBeGreaterThanOrEqual(estimate.aboutMinor);
        expect(estimate.mostMinor).toBeLessThanOrEqual(poolMinor + stakeMinor);
        expect(estimate.isAlone).toBe(poolMinor === 0);
      },
    ),
  );
});

test("the shares that odds imply add up to one, and shorter odds are a greater share", () => {
  const shares = impliedShares({ 1: "2.00", 2: "4.00", 3: "8.00" });
  expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  expect(shares.get(1)).toBeCloseTo(4 / 7);
  expect(shares.get(3)).toBeCloseTo(1 / 7);
});

test.each([
  ["win", 8],
  ["place", 8],
  ["exacta", 56],
  ["quinella", 28],
  ["trifecta", 336],
] as const)("%s has %i combinations among eight", (market, count) => {
  expect(combinations(market, 8)).toBe(count);
});
