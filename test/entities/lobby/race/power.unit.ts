import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPowerId, POWER_IDS, POWERS, powerCost } from "../../../../entities/lobby/race/power.ts";

const boost = POWERS.pwr_boost_01;

describe("powerCost", () => {
  it("rises by a quarter a cast, exactly, rounded up once", () => {
    expect([0, 1, 2, 3, 4, 5].map((n) => powerCost(boost, n))).toEqual([
      2000, 2500, 3125, 3907, 4883, 6104,
    ]);
    expect(powerCost(POWERS.pwr_stero_turbo, 1)).toBe(22_500);
  });

  it("is the least integer not below base × 5^n / 4^n, however large", () => {
    fc.assert(
      fc.property(fc.constantFrom(...POWER_IDS), fc.nat(110), (id, n) => {
        const exact = BigInt(POWERS[id].baseCostMinor) * 5n ** BigInt(n);
        const cost = BigInt(powerCost(POWERS[id], n));
        expect(cost * 4n ** BigInt(n)).toBeGreaterThanOrEqual(exact);
        expect((cost - 1n) * 4n ** BigInt(n)).toBeLessThan(exact);
      }),
    );
  });

  it("past the range of money is the largest integer", () => {
    for (const n of [150, 164, 165, 1e9]) expect(powerCost(boost, n)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([-1, 0.5, Number.NaN])("refuses %s casts", (n) => {
    expect(() => powerCost(boost, n)).toThrow(RangeError);
  });
});

it("the catalogue is the one that players know", () => {
  const rows = POWER_IDS.map((id) => {
    const { kind, baseCostMinor, durationMs, cooldownMs, telegraphMs } = POWERS[id];
    return [id, kind, baseCostMinor, durationMs, cooldownMs, telegraphMs];
  });
  expect(rows).toEqual([
    ["pwr_boost_01", "buff", 2_000, 4_000, 5_000, 200],
    ["pwr_oil_01", "debuff", 3_000, 3_000, 8_000, 500],
    ["pwr_stero_turbo", "buff", 18_000, 5_000, 20_000, 800],
  ]);
  for (const id of POWER_IDS) {
    expect(POWERS[id].id).toBe(id);
    expect(POWERS[id].speedPerMille > 0).toBe(POWERS[id].kind === "buff");
  }
});

it("only the catalogue's ids are power ids", () => {
  expect(isPowerId("pwr_oil_01")).toBe(true);
  expect(isPowerId("constructor")).toBe(false);
});

it.each([-1, 0.5, Number.NaN])("there is no price after %d casts", (n) => {
  expect(() => powerCost(boost, n)).toThrow(RangeError);
});
