import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { drawIntegers, noiseIntegers } from "../../../../entities/lobby/race/random.ts";

const SEED = "b2184bbbbb1e9dc438f99ba24e3610999adb419bc8bc5ed2f9d200e174f4a8fb";

describe("drawIntegers", () => {
  it("reads HMAC-SHA256(seed text, label:counter) as big-endian words, as any other HMAC shows", () => {
    const random = drawIntegers(SEED, "starting-field");
    const words = Array.from({ length: 24 }, random.word);
    const expected = [0, 1, 2].flatMap((counter) => {
      const block = createHmac("sha256", SEED).update(`starting-field:${counter}`).digest();
      return Array.from({ length: 8 }, (_, index) => block.readUInt32BE(index * 4));
    });
    expect(words).toEqual(expected);
  });

  it("gives other integers for another seed and for another label", () => {
    const first = drawIntegers(SEED, "a").word();
    expect(drawIntegers(SEED, "b").word()).not.toBe(first);
    expect(drawIntegers(SEED.replace("b2", "b3"), "a").word()).not.toBe(first);
  });

  it("throws away words of the incomplete last run instead of folding them onto the first values", () => {
    const n = 0x8000_0001;
    const words = drawIntegers(SEED, "rejection");
    const accepted = Array.from({ length: 200 }, words.word).filter((word) => word < n);
    const random = drawIntegers(SEED, "rejection");
    expect(accepted.length).toBeLessThan(150);
    expect(accepted.map(() => random.below(n))).toEqual(accepted);
  });
});

describe.each([
  ["drawIntegers", drawIntegers],
  ["noiseIntegers", noiseIntegers],
])("%s", (_, source) => {
  it("is uniform: chi-square over 7 values stays under the 99.9 % quantile", () => {
    const random = source(SEED, "uniform");
    const draws = 70_000;
    const counts = Array.from({ length: 7 }, () => 0);
    for (let draw = 0; draw < draws; draw++) counts[random.below(7)]! += 1;
    const expected = draws / 7;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(22.46);
  });

  it("draws within −n … n, both ends included", () => {
    const random = source(SEED, "within");
    const drawn = new Set(Array.from({ length: 500 }, () => random.within(2)));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it.each([0, -1, 1.5, Number.NaN, 0x1_0000_0001])("refuses below(%s)", (n) => {
    expect(() => source(SEED, "refused").below(n)).toThrow(RangeError);
  });

  it("accepts both ends of below's range", () => {
    const random = source(SEED, "ends");
    expect(random.below(1)).toBe(0);
    expect(random.below(0x1_0000_0000)).toBeGreaterThan(0);
  });
});

it("noiseIntegers gives these words, in every version: recorded races depend on it", () => {
  const random = noiseIntegers(SEED, "race");
  expect(Array.from({ length: 4 }, random.word)).toMatchInlineSnapshot(`
    [
      2493191526,
      2592770240,
      1111570644,
      2358707864,
    ]
  `);
});
