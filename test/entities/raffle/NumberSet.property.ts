/** The bitmap against a set of JavaScript's own. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NumberSet } from "../../../entities/raffle/NumberSet.ts";

/** Around the bounds of a chunk, a byte and the whole. */
const sizes = fc.constantFrom(1, 7, 8, 9, 2047, 2048, 2049, 10_000, 100_000);
const scene = sizes.chain((size) =>
  fc.record({
    size: fc.constant(size),
    changes: fc.array(
      fc.record({
        isIn: fc.boolean(),
        numbers: fc.array(
          fc.oneof(
            fc.integer({ min: 0, max: Math.min(20, size - 1) }),
            fc.integer({ min: 0, max: size - 1 }),
          ),
          { maxLength: 12 },
        ),
      }),
      { maxLength: 20 },
    ),
  }),
);
const ascending = (numbers: Iterable<number>) => [...numbers].toSorted((a, b) => a - b);

describe("a set of numbers", () => {
  it("holds what a plain set holds, and so does every set it was made from", () => {
    fc.assert(
      fc.property(scene, ({ changes, size }) => {
        let set = NumberSet.empty(size);
        const plain = new Set<number>();
        const earlier: Array<[NumberSet, ReadonlyArray<number>]> = [];
        for (const { isIn, numbers } of changes) {
          earlier.push([set, ascending(plain)]);
          set = isIn ? set.add(numbers) : set.remove(numbers);
          for (const number of numbers)
            if (isIn) plain.add(number);
            else plain.delete(number);
          expect(set.count).toBe(plain.size);
          for (const number of numbers) expect(set.has(number)).toBe(isIn);
        }
        earlier.push([set, ascending(plain)]);
        for (const [one, numbers] of earlier) expect([...one]).toEqual(numbers);
      }),
      { numRuns: 100 },
    );
  });

  it("comes back from its text, in which the lowest number is the lowest bit of the first byte", () => {
    fc.assert(
      fc.property(scene, ({ changes, size }) => {
        const set = NumberSet.empty(size).add(changes.flatMap(({ numbers }) => numbers));
        const text = set.toBase64();
        const bytes = Buffer.from(text, "base64");
        expect(bytes.length).toBe(Math.ceil(size / 8));
        for (const number of set) expect((bytes[number >> 3]! >> (number & 7)) & 1).toBe(1);
        const again = NumberSet.fromBase64(text, size);
        expect([again.count, [...again]]).toEqual([set.count, [...set]]);
        expect(again.toBase64()).toBe(text);
      }),
      { numRuns: 100 },
    );
    expect(NumberSet.empty(10).add([0, 9]).toBase64()).toBe(
      Buffer.from([0b0000_0001, 0b0000_0010]).toString("base64"),
    );
  });

  it("takes no number that it cannot have", () => {
    for (const number of [-1, 10, 2048, 0.5, Number.NaN])
      for (const change of ["add", "remove"] as const)
        expect(() => NumberSet.empty(10)[change]([number]), String(number)).toThrow(RangeError);
    expect(NumberSet.empty(10).has(2048)).toBe(false);
    expect(() => NumberSet.fromBase64("/////w==", 10)).toThrow(RangeError);
  });

  it("is the same object when nothing has changed", () => {
    const set = NumberSet.empty(10).add([3]);
    expect(set.add([3])).toBe(set);
    expect(set.remove([4])).toBe(set);
  });
});
