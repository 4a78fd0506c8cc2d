import fc from "fast-check";
import { expect, test } from "vitest";
import {
  boxOf,
  layoutOf,
  numberAt,
  numbersAlong,
  numberText,
  ZOOMS,
} from "../../../web/src/raffle/grid/layout.ts";
import {
  numbersOf,
  rowsPerTile,
  tileCount,
  tileOf,
  tilesNear,
  tileTop,
} from "../../../web/src/raffle/grid/tiles.ts";

const layouts = fc
  .record({
    total: fc.integer({ min: 1, max: 100_000 }),
    width: fc.double({ min: 1, max: 2_000, noNaN: true }),
    zoom: fc.constantFrom(...ZOOMS),
  })
  .map(layoutOf);
const withNumber = layouts.chain((layout) =>
  fc.tuple(fc.constant(layout), fc.integer({ min: 0, max: layout.total - 1 })),
);

test("every point of a number's box is that number's", () => {
  fc.assert(
    fc.property(
      withNumber,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      ([layout, number], across, down) => {
        const { height, width, x, y } = boxOf(layout, number);
        fc.pre(width > 0);
        expect(numberAt(layout, x + across * width, y + down * height)).toBe(number);
      },
    ),
  );
});

test("boxes lie on whole pixels, side by side, and fill the row", () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      let x = 0;
      for (let number = 0; number < Math.min(layout.columns, layout.total); number += 1) {
        const box = boxOf(layout, number);
        expect(box.x).toBe(x);
        expect(Number.isInteger(box.width)).toBe(true);
        x += box.width;
      }
      if (layout.total >= layout.columns) expect(x).toBe(layout.width);
    }),
  );
});

test("beside the grid and behind its last number there is none", () => {
  const layout = layoutOf({ total: 95, width: 400, zoom: "normal" });
  expect(numberAt(layout, -1, 5)).toBeNull();
  expect(numberAt(layout, 5, -1)).toBeNull();
  expect(numberAt(layout, layout.width, 5)).toBeNull();
  expect(numberAt(layout, 5, layout.height)).toBeNull();
  const { width, x, y } = boxOf(layout, 94);
  if (layout.total % layout.columns !== 0) expect(numberAt(layout, x + width + 1, y)).toBeNull();
});

test("digits have room in their cell, and a round count of columns is preferred", () => {
  const wide = layoutOf({ total: 1_000, width: 884, zoom: "normal" });
  expect(wide.columns).toBe(20);
  const phone = layoutOf({ total: 100_000, width: 300, zoom: "normal" });
  expect(boxOf(phone, 0).width).toBeGreaterThan(5 * (phone.fontPx ?? 0) * 0.6);
});

test("a line passes its ends and only neighbours in between", () => {
  fc.assert(
    fc.property(withNumber, fc.nat(), ([layout, from], seed) => {
      // Of whole rows: past the last number there is nothing to touch, and a line may cross that.
      const whole = layout.total - (layout.total % layout.columns);
      fc.pre(boxOf(layout, from).width > 3 && whole > 0);
      const to = seed % Math.min(whole, layout.columns * 20);
      const middle = (number: number) => {
        const { height, width, x, y } = boxOf(layout, number);
        return { x: x + width / 2, y: y + height / 2 };
      };
      const near = from % Math.min(whole, layout.columns * 20);
      const passed = numbersAlong(layout, middle(near), middle(to));
      expect(passed[0]).toBe(near);
      expect(passed.at(-1)).toBe(to);
      for (let at = 1; at < passed.length; at += 1) {
        const [a = 0, b = 0] = [passed[at - 1], passed[at]];
        const { columns } = layout;
        expect(Math.abs((a % columns) - (b % columns))).toBeLessThanOrEqual(1);
        expect(Math.abs(Math.floor(a / columns) - Math.floor(b / columns))).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 50 },
  );
});

test("numbers are written as on a ticket", () => {
  expect(numberText(7, 1_000)).toBe("007");
  expect(numberText(0, 1)).toBe("0");
  expect(numberText(99_999, 100_000)).toBe("99999");
});

test("each number is on one tile, within it", () => {
  fc.assert(
    fc.property(withNumber, ([layout, number]) => {
      const tile = tileOf(layout, number);
      const { end, first } = numbersOf(layout, tile);
      expect(number).toBeGreaterThanOrEqual(first);
      expect(number).toBeLessThan(end);
      const { height, y } = boxOf(layout, number);
      const top = tileTop(layout, tile);
      expect(y).toBeGreaterThanOrEqual(top);
      expect(y + height).toBeLessThanOrEqual(top + rowsPerTile(layout) * layout.rowHeight);
    }),
  );
});

test("what is seen is painted, and not much more", () => {
  fc.assert(
    fc.property(
      layouts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 50, max: 1_200 }),
      (layout, share, viewHeight) => {
        const scrollTop = share * Math.max(0, layout.height - viewHeight);
        const { first, last } = tilesNear(layout, scrollTop, viewHeight);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(tileCount(layout));
        expect(tileTop(layout, first)).toBeLessThanOrEqual(scrollTop);
        const lowest = Math.min(layout.height, scrollTop + viewHeight);
        expect(tileTop(layout, last + 1)).toBeGreaterThanOrEqual(lowest);
        expect(last - first).toBeLessThanOrEqual(viewHeight / 300 + 5);
      },
    ),
  );
});
