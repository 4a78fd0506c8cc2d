import fc from "fast-check";
import { expect, test } from "vitest";
import { gridOf, withChanges } from "../../../sdk/src/raffle/NumberGrid.ts";
import type { NumberGrid, NumberStatus } from "../../../sdk/src/raffle/NumberGrid.ts";
import { bits } from "../support/raffles.ts";

const STATUSES: readonly NumberStatus[] = ["available", "reserved", "sold"];
const status = fc.constantFrom(...STATUSES);
/** Around the edges of chunks, too. */
const total = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(511, 512, 513, 1_500));
const changesWithin = (size: number) =>
  fc.array(fc.record({ status, numbers: fc.array(fc.nat(size + 2), { maxLength: 10 }) }), {
    maxLength: 6,
  });
const listOf = (grid: NumberGrid): readonly NumberStatus[] =>
  Array.from({ length: grid.total }, (_, number) => grid.status(number));
const expectSame = (grid: NumberGrid, list: readonly NumberStatus[]): void => {
  const count = (wanted: NumberStatus) => list.filter((one) => one === wanted).length;
  expect(listOf(grid)).toEqual(list);
  expect([grid.availableCount, grid.reservedCount, grid.soldCount]).toEqual(STATUSES.map(count));
  expect(list.map((_, n) => [grid.isReserved(n), grid.isSold(n)])).toEqual(
    list.map((one) => [one === "reserved", one === "sold"]),
  );
};

test("a grid is what its bitmaps say, and after changes what a list would be; the one before stays as it was", () => {
  const story = total.chain((size) =>
    fc.record({
      list: fc.array(status, { minLength: size, maxLength: size }),
      rounds: fc.array(changesWithin(size), { maxLength: 5 }),
    }),
  );
  fc.assert(
    fc.property(story, ({ list, rounds }) => {
      const having = (wanted: NumberStatus) =>
        list.flatMap((one, n) => (one === wanted ? [n] : []));
      let grid = gridOf(list.length, bits(having("reserved")), bits(having("sold")));
      expectSame(grid, list);
      let now = list;
      for (const changes of rounds) {
        const before = now;
        const next = [...now];
        for (const { numbers, status: to } of changes)
          for (const number of numbers) if (number < next.length) next[number] = to;
        const changed = withChanges(grid, changes);
        expectSame(grid, before);
        expectSame(changed, next);
        const different = next.flatMap((one, n) => (one === before[n] ? [] : [n]));
        expect(changed.changedSince(grid)).toEqual(different);
        expect(grid.changedSince(changed)).toEqual(different);
        if (different.length === 0 && changes.every(({ numbers }) => numbers.length === 0))
          expect(changed).toBe(grid);
        grid = changed;
        now = next;
      }
    }),
  );
});

test("a number that the raffle does not have nobody can have", () => {
  const grid = gridOf(20, "", "");
  expect([-1, 20, 511, 512, 100_000].map(grid.status)).toEqual(Array(5).fill("sold"));
});

test("against no grid, or one of another size, all numbers have changed", () => {
  const grid = gridOf(3, "", "");
  expect(grid.changedSince(null)).toEqual([0, 1, 2]);
  expect(grid.changedSince(gridOf(4, "", ""))).toEqual([0, 1, 2]);
});

test("of 100,000 numbers a change copies no more than what it touches", () => {
  const bytes = () => process.memoryUsage().arrayBuffers;
  let grid = gridOf(100_000, "", "");
  const kept = [grid];
  const before = bytes();
  for (let n = 0; n < 1_000; n += 1) {
    grid = withChanges(grid, [{ status: "sold", numbers: [n] }]);
    kept.push(grid);
  }
  // A thousand whole copies would be 100 MB; a thousand chunks are half of one.
  expect(bytes() - before).toBeLessThan(5_000_000);
  expect(kept.map(({ soldCount }) => soldCount)).toEqual(kept.map((_, n) => n));
});
