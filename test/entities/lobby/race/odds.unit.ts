import { describe, expect, it } from "vitest";
import {
  formatOdds,
  openingOdds,
  winChancesPpm,
  winOdds,
} from "../../../../entities/lobby/race/odds.ts";
import { startingField } from "../../../../entities/lobby/race/runner.ts";

const field = startingField("a1");
const alike = field.map((runner) => ({ ...runner, form: field[0]!.form }));
const level = (points: number) => ({
  ...field[0]!,
  form: { speed: points, stamina: points, start: points, consistency: points },
});

describe("winChancesPpm", () => {
  it("is an eighth each for eight alike, a seventh if one is scratched", () => {
    expect(winChancesPpm(alike)).toEqual(alike.map(() => 125_000));
    expect(winChancesPpm(alike, [8])).toEqual([...alike.slice(1).map(() => 142_857), 0]);
  });

  it("doubles with 48 points of strength", () => {
    expect(winChancesPpm([level(480), level(528)])).toEqual([333_333, 666_666]);
  });

  it("runs in a straight line between doublings", () => {
    expect(winChancesPpm([level(480), level(504)])).toEqual([400_000, 600_000]);
  });

  it("holds at the extremes", () => {
    const [weak, strong] = winChancesPpm([level(0), level(1000)]);
    expect(weak).toBe(0);
    expect(strong).toBeGreaterThan(999_990);
  });
});

describe("openingOdds", () => {
  it("leave the house its takeout", () => {
    expect(openingOdds(alike, 100)).toEqual(alike.map(() => 720));
    expect(openingOdds(alike, 0)).toEqual(alike.map(() => 800));
  });

  it("are bounded, and none for the scratched", () => {
    expect(openingOdds([level(0), level(1000), { ...level(1), number: 3 }], 100, [3])).toEqual([
      99_900,
      100,
      null,
    ]);
  });
});

describe("winOdds", () => {
  it("are net pool over stake, rounded down to the hundredth", () => {
    expect(winOdds([10_000, 20_000, 70_000], 100)).toEqual([900, 450, 128]);
  });

  it("are none where nothing is staked, and never below 1.00", () => {
    expect(winOdds([0, 95_000, 5_000], 100)).toEqual([null, 100, 1_800]);
    expect(winOdds([0, 0], 100)).toEqual([null, null]);
  });
});

it("formatOdds writes two decimals", () => {
  expect([450, 100, 1_205, 99_900].map(formatOdds)).toEqual(["4.50", "1.00", "12.05", "999.00"]);
});

it("the takeout of a pool is rounded down to whole units, the odds to hundredths", () => {
  expect(winOdds([3, 7], 155)).toEqual([300, 128]);
  expect(winOdds([1, 999], 100)).toEqual([90_000, 100]);
});
