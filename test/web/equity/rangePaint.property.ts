/** Painting a range on the grid. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { GRID_SIZE, HAND_CLASSES } from "../../../src/compute/range/HandClass.ts";
import {
  BRUSHES,
  neighbour,
  paint,
  paintedIn,
  strokeBetween,
} from "../../../web/src/equity/rangePaint.ts";

const places = fc.integer({ min: 0, max: HAND_CLASSES.length - 1 });
const weights = fc.constantFrom(0, ...BRUSHES.map((brush) => brush / 100));
const strokes = fc.array(fc.tuple(places, weights), { maxLength: 20 });
const rowOf = (place: number) => Math.floor(place / GRID_SIZE);
const columnOf = (place: number) => place % GRID_SIZE;

test("what was painted last at a class is what is shown there", () => {
  fc.assert(
    fc.property(strokes, (strokes) => {
      const expected = new Map<number, number>();
      let text = "";
      for (const [place, weight] of strokes) {
        text = paint(text, [place], weight);
        expected.set(place, weight);
      }
      const painted = paintedIn(text).weights;
      for (const [place, weight] of painted.entries())
        expect(weight).toBeCloseTo(expected.get(place) ?? 0, 4);
    }),
  );
});

test("a stroke over many classes is as many strokes over one", () => {
  fc.assert(
    fc.property(fc.array(places, { maxLength: 12 }), weights, (classes, weight) => {
      const one = classes.reduce((text, place) => paint(text, [place], weight), "QQ+,AhKd@50");
      expect(paint("QQ+,AhKd@50", classes, weight)).toBe(one);
    }),
  );
});

test("single combinations of other classes stay", () => {
  const aces = HAND_CLASSES.findIndex(({ name }) => name === "AA");
  expect(paint("AhKd", [aces], 1)).toBe("AA,AhKd");
});

test("all combinations are counted with their weights", () => {
  expect(paintedIn("random")).toMatchObject({ combinations: 1326, share: 1 });
  expect(paintedIn("QQ+,76s@50").combinations).toBe(20);
  expect(paintedIn("no range").combinations).toBe(0);
});

test("a stroke goes from neighbour to neighbour and ends where the hand is", () => {
  fc.assert(
    fc.property(places, places, (from, to) => {
      const way = strokeBetween(from, to);
      expect(way.at(-1) ?? from).toBe(to);
      for (const [nth, place] of way.entries()) {
        const before = way[nth - 1] ?? from;
        const steps = [rowOf(place) - rowOf(before), columnOf(place) - columnOf(before)];
        expect(Math.max(...steps.map(Math.abs))).toBe(1);
      }
    }),
  );
});

test("arrow keys go one class and never off the grid", () => {
  fc.assert(
    fc.property(
      places,
      fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"),
      (at, key) => {
        const next = neighbour(key, at) ?? -1;
        expect(HAND_CLASSES[next]).toBeDefined();
        expect(rowOf(next) === rowOf(at) || columnOf(next) === columnOf(at)).toBe(true);
      },
    ),
  );
  expect(neighbour("a", 0)).toBeUndefined();
});
