import { expect, test } from "vitest";
import {
  addSample,
  NO_RUN,
  reckonedCrossings,
  runningOrder,
  winningMarginMs,
} from "../../../sdk/src/lobby/Run.ts";
import type { Run } from "../../../sdk/src/lobby/Run.ts";

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
});

test("an old sample changes nothing", () => {
  const run = runOf([0], [100], [200]);
  expect(addSample(run, { tick: 1, positions: [500] }, TRACK_MM)).toBe(run);
});

test("a lane whose last samples are missing is reckoned by its speed", () => {
  expect(reckonedCrossings(runOf([700, 500], [900, 700], [1000, 900]))).toEqual([1.5, 2.5]);
});
