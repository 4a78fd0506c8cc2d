import { expect, test } from "vitest";
import { createPlayout } from "../../../sdk/src/lobby/Playout.ts";

const TICK_MS = 50;
const sample = (tick: number) => ({ tick, positions: [tick * 100, tick * 200] });

test("between even samples the picture moves evenly, two ticks behind", () => {
  const playout = createPlayout();
  for (let tick = 1; tick <= 10; tick += 1) playout.add(sample(tick), tick * TICK_MS);
  expect(playout.at(10 * TICK_MS)).toEqual({ tick: 8, positions: [800, 1600] });
  const half = playout.at(10.5 * TICK_MS);
  expect(half?.tick).toBeCloseTo(8.5);
  expect(half?.positions[1]).toBeCloseTo(1700);
});

test("late and bunched samples do not make it jump or turn back", () => {
  const playout = createPlayout();
  const lateness = [0, 80, 10, 95, 40, 0, 70, 20, 90, 5, 60, 0, 30, 85, 0];
  const arrivals = lateness
    .map((late, index) => ({ at: (index + 1) * TICK_MS + late, tick: index + 1 }))
    .toSorted((a, b) => a.at - b.at);
  let before = 0;
  for (let now = 0; now <= 16 * TICK_MS; now += 1000 / 60) {
    while (arrivals[0] !== undefined && arrivals[0].at <= now) {
      playout.add(sample(arrivals.shift()?.tick ?? 0), now);
    }
    const shown = playout.at(now)?.positions[0];
    if (shown === undefined) continue;
    expect(shown).toBeGreaterThanOrEqual(before);
    if (before > 0) expect(shown - before).toBeLessThan(100);
    before = shown;
  }
  expect(before).toBeGreaterThan(1_200);
});

test("without further samples it runs on for three ticks and stands", () => {
  const playout = createPlayout();
  for (let tick = 1; tick <= 5; tick += 1) playout.add(sample(tick), tick * TICK_MS);
  expect(playout.at(60_000)).toEqual({ tick: 8, positions: [800, 1600] });
});

test("it shows nothing before the first sample and after a reset", () => {
  const playout = createPlayout();
  expect(playout.at(0)).toBeNull();
  playout.add(sample(3), 0);
  expect(playout.at(0)?.positions).toEqual([300, 600]);
  playout.reset();
  expect(playout.at(50)).toBeNull();
});
