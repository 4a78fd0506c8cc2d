import { expect, test } from "vitest";
import { simulate } from "../../../entities/lobby/race/simulation.ts";
import { frameAt } from "../../../entities/lobby/race/simulation.ts";
import { startingField } from "../../../entities/lobby/race/runner.ts";
import { crossingsOfReplay } from "../../../web/src/race/RaceOutcome.ts";
import { finishersOf, isClose, winningMarginMs } from "../../../web/src/race/finishers.ts";

const runner = (number: number) => ({
  number,
  name: `Runner ${number}`,
  form: { speed: 500, stamina: 500, start: 500, consistency: 500 },
  scratched: false,
});
const race = (order: readonly (readonly number[])[]) => ({
  race_id: "race-1",
  runners: [1, 2, 3, 4].map(runner),
  order,
});

test("places count the runners before; a dead heat shares place and moment", () => {
  const finishers = finishersOf(race([[2, 3], [1], [4]]), [1_200, 1_001, 1_000, null]);
  expect(
    finishers.map(({ number, place, isShared, atMs }) => [number, place, isShared, atMs]),
  ).toEqual([
    [2, 1, true, 1_000],
    [3, 1, true, 1_000],
    [1, 3, false, 1_200],
    [4, 4, false, null],
  ]);
  expect(winningMarginMs(finishers)).toBe(0);
});

test("times that contradict the official order by a hair are moved to agree", () => {
  const finishers = finishersOf(race([[1], [2], [3], [4]]), [1_001, 1_000, 1_050, 1_049]);
  expect(finishers.map(({ atMs }) => atMs)).toEqual([1_001, 1_001, 1_050, 1_050]);
});

test("hundredths make a close finish, and so does the server's word", () => {
  const close = race([[1], [2], [3], [4]]);
  expect(isClose(close, finishersOf(close, [1_000, 1_040, 1_500, 1_600]))).toBe(true);
  expect(isClose(close, finishersOf(close, [1_000, 1_200, 1_500, 1_600]))).toBe(false);
  expect(isClose({ ...close, photo_finish: true }, finishersOf(close))).toBe(true);
});

test("crossings from a replay's frames give the official order, race after race", () => {
  for (let i = 0; i < 60; i += 1) {
    const seed = (0x51f0_0000 + i * 977).toString(16).padStart(8, "0").repeat(8);
    const field = startingField(seed);
    const run = simulate({ seed, field, scratched: [], maxTicks: 800, powers: [] });
    const crossings = crossingsOfReplay({
      frames: Array.from({ length: run.finishTick + 1 }, (_, tick) => [...frameAt(run, tick)]),
      finish_ticks: run.finishTicks,
      ticks_per_second: 20,
      track_mm: run.trackLengthMm,
    });
    const [first, second] = run.order.flat().map((number) => crossings[number - 1] ?? Infinity);
    // Right to a few milliseconds, which is what the speed may change within a tick.
    expect(first).toBeLessThan((second ?? 0) + 5);
    run.finishTicks.forEach((tick, lane) => {
      if (tick === null) return;
      expect(crossings[lane]).toBeGreaterThan((tick - 1) * 50 - 1);
      expect(crossings[lane]).toBeLessThanOrEqual(tick * 50);
    });
  }
});
