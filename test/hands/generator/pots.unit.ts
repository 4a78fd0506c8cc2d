import { describe, expect, it } from "vitest";
import { potsOf, shares } from "../../../src/hands/generator/pots.ts";

const pots = (...puts: ReadonlyArray<number>) =>
  // A negative amount is of one who folded.
  potsOf(puts.map((put, at) => ({ seat: at + 1, put: Math.abs(put), folded: put < 0 }))).map(
    ({ amount, seats }) => [amount, seats.join()],
  );

describe("pots", () => {
  it("are one where all paid the same", () => {
    expect(pots(50, 50, 50)).toEqual([[150, "1,2,3"]]);
  });

  it("hold what was folded", () => {
    expect(pots(50, -20, 50)).toEqual([[120, "1,3"]]);
    expect(pots(-60, 56, 10)).toEqual([
      [30, "2,3"],
      [96, "2"],
    ]);
  });

  it("are as many as there are stacks that were all-in", () => {
    expect(pots(10, 30, 100, 100)).toEqual([
      [40, "1,2,3,4"],
      [60, "2,3,4"],
      [140, "3,4"],
    ]);
  });

  it("give an uncalled bet to who made it", () => {
    expect(pots(10, 100, -10)).toEqual([
      [30, "1,2"],
      [90, "2"],
    ]);
  });

  it("leave out players who put in nothing", () => {
    expect(pots(0, 10, 10)).toEqual([[20, "2,3"]]);
  });
});

it("shares differ by one at most, the first ones being the larger", () => {
  expect(shares(100, 3)).toEqual([34, 33, 33]);
  expect(shares(2, 3)).toEqual([1, 1, 0]);
  expect(shares(9, 1)).toEqual([9]);
});
