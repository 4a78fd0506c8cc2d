import { expect, test } from "vitest";
import { createCell, selecting } from "../../sdk/src/Readable.ts";

const options = { onError: () => undefined };

test("listeners are told of each change, and not of the same value again", () => {
  const cell = createCell(1, options);
  const seen: number[] = [];
  const stop = cell.subscribe(() => seen.push(cell.get()));
  cell.set(2);
  cell.set(2);
  cell.set(3);
  stop();
  cell.set(4);
  expect(seen).toEqual([2, 3]);
});

test("one function that listens twice is told twice, and stops once at a time", () => {
  const cell = createCell(1, options);
  let told = 0;
  const listener = () => (told += 1);
  const stop = cell.subscribe(listener);
  cell.subscribe(listener);
  cell.set(2);
  stop();
  stop();
  cell.set(3);
  expect(told).toBe(3);
});

test("what one listener throws reaches the report and not the others", () => {
  const errors: unknown[] = [];
  const cell = createCell(1, { onError: (error) => errors.push(error) });
  let told = 0;
  cell.subscribe(() => {
    throw new Error("mine");
  });
  cell.subscribe(() => (told += 1));
  cell.set(2);
  expect(told).toBe(1);
  expect(errors).toMatchObject([{ message: "mine" }]);
});

test("it is fed from the first listener to the last", () => {
  const log: string[] = [];
  const cell = createCell(1, {
    ...options,
    whileWatched: () => {
      log.push("begin");
      return () => log.push("end");
    },
  });
  const first = cell.subscribe(() => undefined);
  const second = cell.subscribe(() => undefined);
  first();
  first();
  expect(log).toEqual(["begin"]);
  second();
  cell.subscribe(() => undefined);
  expect(log).toEqual(["begin", "end", "begin"]);
});

test("a part that is made is the same object as long as the value is", () => {
  const cell = createCell({ numbers: [1, 2, 3] }, options);
  const read = selecting(cell, ({ numbers }) => numbers.filter((number) => number > 1));
  expect(read()).toEqual([2, 3]);
  expect(read()).toBe(read());
  cell.set({ numbers: [5] });
  expect(read()).toEqual([5]);
});
