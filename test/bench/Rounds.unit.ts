import { expect, test } from "vitest";
import { bestOf, interleave, median } from "../../bench/support/Rounds.ts";

test("the median of an even number of rounds lies between the middle two", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
});

test("the sides take turns", async () => {
  const turns: Array<string> = [];
  const side = (name: string) => () => {
    turns.push(name);
    return Promise.resolve(turns.length);
  };
  const { a, b } = await interleave(3, { a: side("a"), b: side("b") });
  expect(turns.join("")).toBe("ababab");
  expect(a).toEqual([1, 3, 5]);
  expect(b).toEqual([2, 4, 6]);
});

test("the best candidate is the one with the highest score, and every trial is told", async () => {
  const best = await bestOf([1, 2, 3], (candidate) => Promise.resolve(candidate === 2 ? 10 : 5));
  expect(best).toEqual({
    candidate: 2,
    score: 10,
    trials: [
      [1, 5],
      [2, 10],
      [3, 5],
    ],
  });
});
