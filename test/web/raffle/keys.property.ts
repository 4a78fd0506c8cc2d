import fc from "fast-check";
import { expect, test } from "vitest";
import { moved } from "../../../web/src/raffle/grid/keys.ts";
import { layoutOf } from "../../../web/src/raffle/grid/layout.ts";

const layout = layoutOf({ total: 95, width: 330, zoom: "normal" });
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });
const from = (cursor: number, key: string, ctrlKey = false) =>
  moved(layout, cursor, press(key, ctrlKey), 4);

test("given ten columns when arrows are pressed then the cursor goes to the neighbours", () => {
  expect(layout.columns).toBe(10);
  expect(from(42, "ArrowLeft")).toBe(41);
  expect(from(42, "ArrowRight")).toBe(43);
  expect(from(42, "ArrowUp")).toBe(32);
  expect(from(42, "ArrowDown")).toBe(52);
  expect(from(42, "Home")).toBe(40);
  expect(from(42, "End")).toBe(49);
  expect(from(92, "End")).toBe(94);
  expect(from(42, "Home", true)).toBe(0);
  expect(from(42, "End", true)).toBe(94);
  expect(from(42, "PageDown")).toBe(72);
  expect(from(42, "PageUp")).toBe(12);
});

test("at the edges it stays, in its column", () => {
  expect(from(0, "ArrowLeft")).toBe(0);
  expect(from(94, "ArrowRight")).toBe(94);
  expect(from(4, "ArrowUp")).toBe(4);
  expect(from(87, "ArrowDown")).toBe(87);
  expect(from(84, "ArrowDown")).toBe(94);
  expect(from(12, "PageUp")).toBe(2);
  expect(from(88, "PageDown")).toBe(88);
});

test("other keys, and keys of the browser's, do not move it", () => {
  expect(from(42, "a")).toBeNull();
  expect(moved(layout, 42, { ...press("ArrowLeft"), altKey: true }, 4)).toBeNull();
});

test("it never leaves the grid, nor its column when going up and down", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 40, max: 1_500 }),
      fc.nat(),
      fc.constantFrom(
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "ArrowDown",
        "PageUp",
        "PageDown",
        "Home",
        "End",
      ),
      fc.boolean(),
      (total, width, seed, key, ctrlKey) => {
        const layout = layoutOf({ total, width, zoom: "normal" });
        const cursor = seed % total;
        const next = moved(layout, cursor, press(key, ctrlKey), 5);
        expect(next).not.toBeNull();
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(total);
        if (/Up|Down/.test(key))
          expect((next ?? -1) % layout.columns).toBe(cursor % layout.columns);
      },
    ),
  );
});
