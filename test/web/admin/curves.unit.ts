import { expect, test } from "vitest";
import { niceTop, rateLine, stackedBands } from "../../../web/src/admin/cluster/curves.ts";

const BOX = { width: 60, height: 100 };
const beat = (second: number, rates: Readonly<Record<string, number>>) => ({
  atMs: second * 1_000,
  rates: new Map(Object.entries(rates)),
});

test.each([
  [0, 5],
  [7, 10],
  [10, 10],
  [11, 20],
  [210, 250],
  [260, 500],
  [999, 1_000],
])("a scale for %i goes up to %i", (largest, top) => {
  expect(niceTop(largest)).toBe(top);
});

test("bands stand on each other, and end where the scale says", () => {
  const { bands, topPerS } = stackedBands(
    [beat(30, { a: 60, b: 40 }), beat(60, { a: 60, b: 40 })],
    ["a", "b"],
    BOX,
  );
  expect(topPerS).toBe(100);
  expect(bands[0]?.area).toBe("M30,40L60,40L60,100L30,100Z");
  expect(bands[1]?.area).toBe("M30,0L60,0L60,40L30,40Z");
});

test("before the first rate there is no curve, not a curve at zero", () => {
  const { bands } = stackedBands([beat(0, {}), beat(30, { a: 5 }), beat(60, { a: 5 })], ["a"], BOX);
  expect(bands[0]?.area.startsWith("M30,")).toBe(true);
});

test("a line is broken where the rate was not known", () => {
  const beats = [beat(0, { a: 5 }), beat(20, { a: 5 }), beat(40, {}), beat(60, { a: 0 })];
  expect(rateLine(beats, "a", 5, BOX)).toBe("M0,0L20,0M60,100");
});
