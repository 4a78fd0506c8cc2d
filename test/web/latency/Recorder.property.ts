import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_MS, MIN_MS, RELATIVE_ERROR, Recorder } from "../../../web/src/latency/Recorder.ts";

const durations = fc.array(fc.double({ min: MIN_MS, max: MAX_MS, noNaN: true }), {
  minLength: 1,
  maxLength: 400,
});
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
/** Beyond the bucket's own error, that of the logarithms. */
const SLACK = 1e-9;

const recorded = (values: readonly number[]): Recorder => {
  const recorder = new Recorder();
  for (const value of values) recorder.record(value);
  return recorder;
};

const exactQuantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!;
};

test("every quantile is within the relative error of the exact one", () => {
  fc.assert(
    fc.property(durations, fraction, (values, q) => {
      const exact = exactQuantile(values, q);
      const told = recorded(values).quantileMs(q)!;
      expect(Math.abs(told - exact) / exact).toBeLessThanOrEqual(RELATIVE_ERROR + SLACK);
    }),
  );
});

test("quantiles rise with their fraction and end at the exact greatest", () => {
  fc.assert(
    fc.property(durations, fraction, fraction, (values, p, q) => {
      const recorder = recorded(values);
      const [low, high] = [Math.min(p, q), Math.max(p, q)];
      expect(recorder.quantileMs(low)!).toBeLessThanOrEqual(recorder.quantileMs(high)!);
      expect(recorder.maxMs).toBe(Math.max(...values));
      expect(recorder.quantileMs(1)!).toBeLessThanOrEqual(recorder.maxMs!);
    }),
  );
});

test("two recorders merged are one that recorded all", () => {
  fc.assert(
    fc.property(durations, durations, fraction, (some, others, q) => {
      const merged = recorded(some);
      merged.merge(recorded(others));
      const all = recorded([...some, ...others]);
      expect(merged.count).toBe(all.count);
      expect(merged.maxMs).toBe(all.maxMs);
      expect(merged.quantileMs(q)).toBe(all.quantileMs(q));
      expect(merged.bars()).toEqual(all.bars());
    }),
  );
});

test("the bars hold all that was recorded, touch each other, and each holds what lies in it", () => {
  fc.assert(
    fc.property(durations, (values) => {
      const bars = recorded(values).bars();
      expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
      for (const [i, bar] of bars.entries()) {
        const next = bars[i + 1];
        if (next !== undefined) expect(next.fromMs).toBeCloseTo(bar.toMs, 9);
        const inside = values.filter(
          (ms) => ms > bar.fromMs * (1 + SLACK) && ms <= bar.toMs * (1 - SLACK),
        );
        expect(bar.count).toBeGreaterThanOrEqual(inside.length);
      }
    }),
  );
});
