import { expect, test } from "vitest";
import { standingOf } from "../../../web/src/bets/standing.ts";

const ORDER = [6, 7, 8, 1];

test.each([
  ["win", [6], "leading"],
  ["win", [7], "behind"],
  ["place", [6], "leading"],
  ["place", [7], "inMoney"],
  ["place", [8], "behind"],
  ["show", [8], "inMoney"],
  ["show", [1], "behind"],
  ["exacta", [6, 7], "inMoney"],
  ["exacta", [7, 6], "behind"],
  ["exacta", [6, 8], "partly"],
  ["quinella", [7, 6], "inMoney"],
  ["quinella", [8, 6], "partly"],
  ["quinella", [1, 8], "behind"],
  ["trifecta", [6, 7, 8], "inMoney"],
  ["trifecta", [6, 8, 7], "partly"],
  ["trifecta", [1, 2, 3], "behind"],
] as const)("%s %j is %s", (market, selection, standing) => {
  expect(standingOf({ market, selection }, ORDER)).toBe(standing);
});
