import { expect, test } from "vitest";
import { raceAddressOf } from "../../../web/src/races/raceAddress.ts";

test.each<[string, string, number | null]>([
  ["demo-12", "demo-12", null],
  ["demo-12?t=12.3", "demo-12", 246],
  ["demo-12?t=0.00", "demo-12", 0],
  ["demo-12?t=soon", "demo-12", null],
  ["demo-12?x=1&t=2.5", "demo-12", 50],
])("%s is race %s at tick %s", (segment, raceId, tick) => {
  expect(raceAddressOf(segment)).toEqual({ raceId, tick });
});
