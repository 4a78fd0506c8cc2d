import fc from "fast-check";
import { expect, test } from "vitest";
import { wilson } from "../../../web/src/handPlayers/interval.ts";

const rates = fc
  .tuple(fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 }))
  .map(([one, other]) => ({ made: Math.min(one, other), of: Math.max(one, other) }));

test("the share that was seen is within, and all is between nothing and all", () => {
  fc.assert(
    fc.property(rates, ({ made, of }) => {
      const { low, high } = wilson(made, of);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      if (of === 0) return;
      expect(low).toBeLessThanOrEqual(made / of);
      expect(high).toBeGreaterThanOrEqual(made / of);
    }),
  );
});

test("more of the same makes it narrower", () => {
  fc.assert(
    fc.property(rates, ({ made, of }) => {
      fc.pre(of > 0);
      const few = wilson(made, of);
      const many = wilson(made * 10, of * 10);
      expect(many.high - many.low).toBeLessThan(few.high - few.low);
    }),
  );
});

test("as tables have it: 8 of 10 lie between 49.0 and 94.3 %", () => {
  const { low, high } = wilson(8, 10);
  expect(low).toBeCloseTo(0.4902, 4);
  expect(high).toBeCloseTo(0.9433, 4);
});
