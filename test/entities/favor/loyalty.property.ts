import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loyaltyScore } from "../../../entities/favor/loyalty.ts";

const count = fc.nat({ max: 100_000 });
const record = fc.record({ onTime: count, late: count, overdue: count });

describe("the loyalty score", () => {
  it.each([
    [0, 0, 0, 50],
    [1, 0, 0, 67],
    [0, 1, 0, 50],
    [0, 0, 1, 33],
    [8, 0, 0, 90],
    [8, 1, 1, 79],
  ])("of %i on time, %i late and %i overdue is %i", (onTime, late, overdue, score) => {
    expect(loyaltyScore({ onTime, late, overdue })).toBe(score);
  });

  it("is between 0 and 100, grows with what is repaid on time and falls with what is not repaid", () => {
    fc.assert(
      fc.property(record, (one) => {
        const score = loyaltyScore(one);
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(loyaltyScore({ ...one, onTime: one.onTime + 1 })).toBeGreaterThanOrEqual(score);
        expect(loyaltyScore({ ...one, overdue: one.overdue + 1 })).toBeLessThanOrEqual(score);
        // To repay late is better than not to, and worse than to repay in time.
        const { late, onTime, overdue } = one;
        const lateInstead = loyaltyScore({ onTime, late: late + 1, overdue });
        expect(lateInstead).toBeGreaterThanOrEqual(
          loyaltyScore({ onTime, late, overdue: overdue + 1 }),
        );
        expect(lateInstead).toBeLessThanOrEqual(
          loyaltyScore({ onTime: onTime + 1, late, overdue }),
        );
      }),
    );
  });
});
