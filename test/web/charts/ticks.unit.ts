import { expect, test } from "vitest";
import { decadeTicks, decimalsOf, wholeTicks } from "../../../web/src/charts/ticks.ts";

test.each([
  [0.5, 8.5, 8, [1, 2, 3, 4, 5, 6, 7, 8]],
  [0, 49, 6, [0, 10, 20, 30, 40]],
  [0, 7, 4, [0, 2, 4, 6]],
  [-0.3, 0.3, 6, [0]],
  [0, 4999, 6, [0, 1000, 2000, 3000, 4000]],
  [0.2, 0.8, 6, []],
  [0, Number.POSITIVE_INFINITY, 6, []],
])("whole numbers from %d to %d, at most %d", (min, max, most, ticks) => {
  expect(wholeTicks(min, max, most)).toEqual(ticks);
});

test.each([
  [0.04, 3, 8, [0.05, 0.1, 0.2, 0.5, 1, 2]],
  [20, 60, 8, [20, 30, 40, 50, 60]],
  [1, 1_000, 8, [1, 3, 10, 30, 100, 300, 1_000]],
  [1, 1_000, 4, [1, 10, 100, 1_000]],
  [1, 1_000, 2, [1, 100]],
  [0, 1_000, 2, []],
])("round values from %d to %d, at most %d", (min, max, most, ticks) => {
  expect(decadeTicks(min, max, most)).toEqual(ticks);
});

test.each([
  [10, 0],
  [0.5, 1],
  [0.25, 2],
  [1 / 3, 4],
])("ticks %d apart need %d decimals", (step, decimals) => {
  expect(decimalsOf(step)).toBe(decimals);
});
