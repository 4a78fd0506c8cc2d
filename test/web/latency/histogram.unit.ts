import { expect, test } from "vitest";
import { Recorder } from "../../../web/src/latency/Recorder.ts";
import { alignBars, logTicks, middleOf } from "../../../web/src/latency/histogram.ts";

test("bars of two recorders stand side by side, none lost, in order", () => {
  const [slow, fast] = [new Recorder(), new Recorder()];
  for (const ms of [20, 21, 90]) slow.record(ms);
  for (const ms of [2, 20]) fast.record(ms);
  const bars = alignBars([slow.bars(), fast.bars()]);
  const sum = (which: number) => bars.reduce((total, { counts }) => total + counts[which]!, 0);
  expect([sum(0), sum(1)]).toEqual([3, 2]);
  const middles = bars.map(middleOf);
  expect(middles).toEqual(middles.toSorted((a, b) => a - b));
  const shared = bars.filter(({ counts }) => counts.every((count) => count > 0));
  expect(shared).toHaveLength(1);
  expect(shared[0]!.fromMs).toBeLessThan(20);
  expect(shared[0]!.toMs).toBeGreaterThanOrEqual(20);
});

test("the axis is labelled at round durations", () => {
  const ticks = logTicks(Math.log10(0.9), Math.log10(11), 5).map((at) => Math.round(10 ** at));
  expect(ticks).toEqual([1, 2, 5, 10]);
});
