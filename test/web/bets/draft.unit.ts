import { expect, test } from "vitest";
import {
  EMPTY_DRAFT,
  changeMarket,
  isComplete,
  togglePick,
  withoutRunners,
} from "../../../web/src/bets/draft.ts";
import type { Draft } from "../../../web/src/bets/draft.ts";

const pick = (draft: Draft, ...numbers: readonly number[]): Draft =>
  numbers.reduce(togglePick, draft);

test("a market of one runner holds the last pick", () => {
  expect(pick(EMPTY_DRAFT, 3, 5).selection).toEqual([5]);
});

test("an exotic keeps the order of picks, lets go of what is pressed again, and is full when full", () => {
  const trifecta = changeMarket(EMPTY_DRAFT, "trifecta");
  expect(pick(trifecta, 3, 5, 1, 8).selection).toEqual([3, 5, 1]);
  expect(pick(trifecta, 3, 5, 3, 1).selection).toEqual([5, 1]);
  expect(isComplete(pick(trifecta, 3, 5))).toBe(false);
  expect(isComplete(pick(trifecta, 3, 5, 1))).toBe(true);
});

test("another market keeps as many picks as it can name", () => {
  const trifecta = pick(changeMarket(EMPTY_DRAFT, "trifecta"), 3, 5, 1);
  expect(changeMarket(trifecta, "quinella")).toEqual({ market: "quinella", selection: [3, 5] });
});

test("a scratched runner leaves the slip", () => {
  const exacta = pick(changeMarket(EMPTY_DRAFT, "exacta"), 3, 5);
  expect(withoutRunners(exacta, [3]).selection).toEqual([5]);
  expect(withoutRunners(exacta, [4])).toBe(exacta);
});
