import fc from "fast-check";
import { expect, test } from "vitest";
import { HEIGHT, WIDTH, legsAt } from "../../../web/src/race/Silhouette.ts";

test("at any moment of the gallop the animal stays in its box, and no limb grows", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (phase) => {
      const legs = legsAt(phase);
      expect(legs).toHaveLength(4);
      for (const [hip, knee, foot] of legs) {
        for (const { x, y } of [hip, knee, foot]) {
          expect(x).toBeGreaterThan(-6);
          expect(x).toBeLessThan(WIDTH + 2);
          expect(y).toBeLessThanOrEqual(HEIGHT + 1.5);
        }
        expect(Math.hypot(knee.x - hip.x, knee.y - hip.y)).toBeCloseTo(6);
        expect(Math.hypot(foot.x - knee.x, foot.y - knee.y)).toBeCloseTo(6.2);
      }
    }),
  );
});
