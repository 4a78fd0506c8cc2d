import { expect, test } from "vitest";
import {
  formatBytes,
  formatMs,
  formatRate,
  formatSpan,
  spaced,
} from "../../../web/src/admin/figures.ts";

test.each([
  [400, "0 s"],
  [42_000, "42 s"],
  [60_000, "1 min"],
  [61_000, "1 min 1 s"],
  [11_520_000, "3 h 12 min"],
  [3 * 86_400_000 + 5_000, "3 d"],
  [-5, "0 s"],
])("%i ms is %s", (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});

test("figures have as many digits as tell something", () => {
  expect([0, 3.21, 9.96, 1_234.5].map(formatRate)).toEqual(["0", "3.2", "10", "1,235"]);
  expect([0, 0.123, 4.56, 45.6].map(formatMs)).toEqual(["0", "0.12", "4.6", "46"]);
  expect([182 * 2 ** 20, 3 * 2 ** 30].map(formatBytes)).toEqual(["182 MiB", "3.00 GiB"]);
  expect(spaced("askRetriedElsewhere")).toBe("ask retried elsewhere");
});
