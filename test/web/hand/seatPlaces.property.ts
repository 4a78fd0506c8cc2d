import fc from "fast-check";
import { expect, test } from "vitest";
import { seatPlace } from "../../../web/src/hand/seatPlaces.ts";

const seats = fc.integer({ min: 2, max: 10 });

test("every seat and its bet are on the table, and the first seat is at the bottom", () => {
  fc.assert(
    fc.property(seats, fc.nat({ max: 9 }), (count, place) => {
      for (const { x, y } of Object.values(seatPlace(place % count, count))) {
        expect(x).toBeGreaterThanOrEqual(5);
        expect(x).toBeLessThanOrEqual(95);
        expect(y).toBeGreaterThanOrEqual(5);
        expect(y).toBeLessThanOrEqual(95);
      }
    }),
  );
  const { tall, wide } = seatPlace(0, 6);
  expect(wide).toMatchObject({ x: 50 });
  expect(wide.y).toBeGreaterThan(80);
  expect(tall.y).toBeGreaterThan(80);
});

test("no two seats are in one place", () => {
  fc.assert(
    fc.property(seats, (count) => {
      for (const way of ["wide", "tall"] as const) {
        const places = Array.from({ length: count }, (_, place) => seatPlace(place, count)[way]);
        for (const [index, one] of places.entries())
          for (const other of places.slice(index + 1))
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(9);
      }
    }),
  );
});
