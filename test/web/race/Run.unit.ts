import { expect, test } from "vitest";
import { finishPicture, withRunOut } from "../../../web/src/race/finish.ts";
import {
  NO_RUN,
  addSample,
  reckonedCrossings,
  runningOrder,
  winningMarginMs,
} from "../../../web/src/race/Run.ts";
import type { Run } from "../../../web/src/race/Run.ts";

const TRACK_MM = 1_000;
const runOf = (...positions: readonly (readonly number[])[]): Run =>
  positions.reduce<Run>(
    (run, at, tick) => addSample(run, { tick, positions: at }, TRACK_MM),
    NO_RUN,
  );

test("a crossing is reckoned within its tick by the speed before it", () => {
  // Lane 0 needs 100 of 200 mm, lane 1 needs 150 of 300 mm, lane 2 is not home.
  const run = runOf([700, 550, 400], [900, 850, 500], [1000, 1000, 600]);
  expect(run.crossings).toEqual([1.5, 1.5, null]);
  const close = runOf([700, 560, 400], [900, 860, 500], [1000, 1000, 600]);
  expect(close.crossings[0]).toBe(1.5);
  expect(winningMarginMs(close)).toBe(2);
});

test("who has crossed leads in that order, the others follow by distance", () => {
  const run = runOf(
    [0, 0, 0, 0],
    [600, 700, 900, 500],
    [900, 999, 1000, 800],
    [1000, 1000, 1000, 950],
  );
  expect(runningOrder(run)).toEqual([2, 1, 0, 3]);
  expect(runningOrder(NO_RUN)).toBeNull();
});

test("a finish that was not watched has no margin", () => {
  const run = addSample(runOf([100, 200]), { tick: 40, positions: [1000, 1000] }, TRACK_MM);
  expect(winningMarginMs(run)).toBeNull();
  expect(finishPicture(run)).toBeNull();
});

test("an old sample changes nothing", () => {
  const run = runOf([0], [100], [200]);
  expect(addSample(run, { tick: 1, positions: [500] }, TRACK_MM)).toBe(run);
});

test("the finish picture has the winner on the line and the others where they were then", () => {
  const run = runOf([700, 600], [900, 800], [1000, 1000]);
  const [first = 0, second = 0] = finishPicture(run) ?? [];
  expect(first).toBe(TRACK_MM);
  expect(second).toBeLessThan(TRACK_MM);
});

test("behind the line runners go on, ever slower, and stay in the picture", () => {
  const run = runOf([700, 600], [900, 800], [1000, 1000]);
  const at = (tick: number) => withRunOut(run, { tick, positions: [1000, 1000] })[0] ?? 0;
  expect(at(1.5)).toBe(TRACK_MM);
  expect(at(2)).toBeGreaterThan(at(1.5));
  expect(at(2) - at(1.75)).toBeGreaterThan(at(5) - at(4.75));
  expect(at(1_000)).toBeLessThanOrEqual(TRACK_MM * 1.025);
});

test("a lane whose last samples are missing is reckoned by its speed", () => {
  const run = runOf([700, 500], [900, 700], [1000, 900]);
  expect(reckonedCrossings(run)).toEqual([1.5, 2.5]);
  const [first = 0, second = 0] = finishPicture(run) ?? [];
  expect(first - second).toBeGreaterThan(300);
});
