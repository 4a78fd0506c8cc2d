/** The line of how equities settle stays short, begins at the beginning and ends at the present. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EquityAnswer } from "../../../rpc/equity.ts";
import { withReading } from "../../../web/src/equity/readings.ts";
import type { Reading } from "../../../web/src/equity/readings.ts";

const answerAfter = (samples: number): EquityAnswer => ({
  method: "monte_carlo",
  converged: false,
  samples,
  players: [0.4, 0.6].map((equity) => ({
    equity,
    win: equity,
    tie: 0,
    lose: 1 - equity,
    stdError: 0.01,
    low: equity - 0.02,
    high: equity + 0.02,
  })),
});

test("of however many answers", () => {
  const steps = fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 800 });
  fc.assert(
    fc.property(steps, (steps) => {
      let samples = 0;
      let readings: readonly Reading[] = [];
      for (const step of steps) readings = withReading(readings, answerAfter((samples += step)));
      const told = readings.map(({ samples }) => samples);
      expect(told[0]).toBe(steps[0]);
      expect(told.at(-1)).toBe(samples);
      expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b));
      // 1.15 ** 143 is more than 500,000 × 800.
      expect(told.length).toBeLessThanOrEqual(146);
      expect(readings.at(-1)?.halfWidth).toBeCloseTo(0.02);
    }),
    { numRuns: 30 },
  );
});
