import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardsOf, combinationOf, COMBINATIONS } from "../../../src/compute/range/Combination.ts";
import { formatRange } from "../../../src/compute/range/formatRange.ts";
import { classOf, HAND_CLASSES } from "../../../src/compute/range/HandClass.ts";
import { parseRange, WEIGHT_STEPS } from "../../../src/compute/range/Range.ts";

/** What a range's text may have, and its parser must read within. */
const MAX_TEXT = 16_000;
/** Far above what it takes, far below what a backtracking parser would. */
const SLOW_MS = 3000;

const steps = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, WEIGHT_STEPS) },
  fc.integer({ min: 0, max: WEIGHT_STEPS }),
);

/** Whole classes with one weight each, then some combinations with their own. */
const anyRange = fc
  .record({
    classes: fc.array(steps, { minLength: 169, maxLength: 169 }),
    others: fc.array(fc.tuple(fc.nat(COMBINATIONS - 1), steps), { maxLength: 300 }),
  })
  .map(({ classes, others }) => {
    const weights = new Float32Array(COMBINATIONS);
    for (let one = 0; one < COMBINATIONS; one++)
      weights[one] = classes[classOf(one)]! / WEIGHT_STEPS;
    for (const [one, weight] of others) weights[one] = weight / WEIGHT_STEPS;
    return { weights };
  })
  .filter(({ weights }) => weights.some((weight) => weight > 0));

describe("ranges", () => {
  test("what is written is read back as it was", () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        const parsed = parseRange(formatRange(range));
        expect(parsed.ok && parsed.range.weights).toEqual(range.weights);
      }),
    );
  });

  test("the longest text of any range is one that is taken", () => {
    const everyWeight = fc
      .array(fc.integer({ min: 1, max: WEIGHT_STEPS - 1 }), {
        minLength: COMBINATIONS,
        maxLength: COMBINATIONS,
      })
      .map((all) => ({ weights: Float32Array.from(all, (one) => one / WEIGHT_STEPS) }));
    fc.assert(
      fc.property(everyWeight, (range) => {
        const text = formatRange(range);
        expect(text.length).toBeLessThanOrEqual(MAX_TEXT);
        const parsed = parseRange(text);
        expect(parsed.ok && parsed.range.weights).toEqual(range.weights);
      }),
      { numRuns: 20 },
    );
  });

  test("a class by its name is its combinations", () => {
    for (const { combinations, name } of HAND_CLASSES) {
      const parsed = parseRange(name);
      const found = parsed.ok
        ? [...parsed.range.weights].flatMap((weight, one) => (weight === 1 ? [one] : []))
        : [];
      expect(found).toEqual([...combinations].toSorted((a, b) => a - b));
    }
  });

  test("combinations are numbered by their cards", () => {
    for (let one = 0; one < COMBINATIONS; one++) {
      const [high, low] = cardsOf(one);
      expect(high).toBeGreaterThan(low);
      expect(combinationOf(low, high)).toBe(one);
    }
  });

  test("any text is read or refused with its place, and weights stay within 0 and 1", () => {
    const fragments = fc
      .array(fc.constantFrom(..."AKQJT98765432shdc+-@,. %o0\u{1f0a1}".split(""), "random", "QQ+"), {
        maxLength: 40,
      })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(fc.oneof(fragments, fc.string({ unit: "binary" })), (text) => {
        const parsed = parseRange(text);
        if (parsed.ok)
          expect(parsed.range.weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
        else {
          expect(parsed.reason).not.toBe("");
          expect(parsed.at).toBeGreaterThanOrEqual(0);
          expect(parsed.at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("no text of full length takes long", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          "22+,",
          "A2+ ",
          "random,",
          "1",
          "1.",
          "A",
          "Ah ",
          "-",
          "@",
          " ",
          "9",
          "A2-",
          "AhKd@99.99,",
        ),
        fc.constantFrom("", "%", "x", "@50"),
        (repeated, end) => {
          const text = repeated.repeat(MAX_TEXT).slice(0, MAX_TEXT - end.length) + end;
          // The fastest of some: what else the machine does meanwhile is not of its doing.
          const times = [1, 2, 3].map(() => {
            const startedAt = performance.now();
            parseRange(text);
            return performance.now() - startedAt;
          });
          expect(Math.min(...times)).toBeLessThan(SLOW_MS);
        },
      ),
      { numRuns: 25 },
    );
  });
});
