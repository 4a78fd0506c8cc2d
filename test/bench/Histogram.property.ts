import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Histogram } from "../../bench/support/Histogram.ts";

const micros = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }));

test("a quantile is the exact one, or at most one part in 128 above it", () => {
  fc.assert(
    fc.property(
      fc.array(micros, { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.9, 0.99, 0.999, 1),
      (values, fraction) => {
        const histogram = new Histogram();
        for (const value of values) histogram.record(value / 1000);
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(fraction * sorted.length) - 1]! / 1000;
        const given = histogram.quantileMs(fraction);
        expect(given).toBeGreaterThanOrEqual(exact);
        expect(given).toBeLessThanOrEqual(exact * (1 + 1 / 128));
      },
    ),
  );
});

test("what is longer than it can tell counts as the longest, and what is negative as nothing", () => {
  const histogram = new Histogram();
  histogram.record(1e12);
  histogram.record(-5);
  expect(histogram.count).toBe(2);
  expect(histogram.quantileMs(0.5)).toBe(0);
  expect(histogram.maxMs).toBe((2 ** 31 - 1) / 1000);
});

test("an empty histogram has no quantile, and a reset one is empty", () => {
  const histogram = new Histogram();
  expect(histogram.quantileMs(0.5)).toBeNaN();
  histogram.record(3);
  histogram.reset();
  expect(histogram.quantileMs(0.5)).toBeNaN();
  expect(histogram.maxMs).toBe(0);
});
