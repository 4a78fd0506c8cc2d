import { expect, test } from "vitest";
import { figuresOf, rolled, spaced } from "../../../web/src/admin/figures.ts";

const english = figuresOf("en");
const spanish = figuresOf("es");

test.each([
  [400, "0 s"],
  [42_000, "42 s"],
  [60_000, "1 min"],
  [61_000, "1 min 1 s"],
  [11_520_000, "3 h 12 min"],
  [3 * 86_400_000 + 5_000, "3 d"],
  [-5, "0 s"],
])("%i ms is %s", (ms, text) => {
  expect(english.span(ms)).toBe(text);
});

test("figures have as many digits as tell something", () => {
  expect([0, 3.21, 9.96, 1_234.5].map(english.rate)).toEqual(["0", "3.2", "10", "1,235"]);
  expect([0, 0.123, 4.56, 45.6].map(english.ms)).toEqual(["0", "0.12", "4.6", "46"]);
  expect([182 * 2 ** 20, 3 * 2 ** 30].map(english.bytes)).toEqual(["182 MiB", "3.00 GiB"]);
  expect(spaced("askRetriedElsewhere")).toBe("ask retried elsewhere");
});

test("each language writes them its way", () => {
  expect([3.21, 123_456].map(spanish.rate)).toEqual(["3,2", "123.456"]);
  expect(spanish.bytes(3 * 2 ** 30)).toBe("3,00 GiB");
  expect(figuresOf("es")).toBe(spanish);
});

test("a moment has its day unless that is today's", () => {
  const at = Date.parse("2026-03-04T12:00:01.250");
  expect(english.moment(at, at)).toMatch(/^12:00:01\.250/);
  expect(english.clock(at, at)).not.toContain("2026");
  expect(english.clock(at, at + 86_400_000)).toContain("Mar 4, 2026");
  expect(spanish.clock(at, at + 86_400_000)).toContain("4 mar 2026");
});

test("an amount of money that rolls to its next value is whole cents on the way", () => {
  const parts = [0, 0.1, 0.333, 0.5, 0.9, 1];
  for (const part of parts) expect(Number.isInteger(rolled(26_508, 41_037, part))).toBe(true);
  expect([rolled(10, 20, 0), rolled(10, 20, 1)]).toEqual([10, 20]);
  expect(rolled(1.5, 2.5, 0.5)).toBe(2);
});
