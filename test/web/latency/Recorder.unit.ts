import { expect, test } from "vitest";
import { MAX_MS, Recorder } from "../../../web/src/latency/Recorder.ts";

test("a recorder that has recorded nothing tells nothing", () => {
  const recorder = new Recorder();
  expect(recorder.count).toBe(0);
  expect(recorder.quantileMs(0.5)).toBeNull();
  expect(recorder.maxMs).toBeNull();
  expect(recorder.bars()).toEqual([]);
});

test("what lies outside of the range is counted at its end, and the greatest is still told exactly", () => {
  const recorder = new Recorder();
  recorder.record(0);
  recorder.record(10 * MAX_MS);
  expect(recorder.count).toBe(2);
  expect(recorder.maxMs).toBe(10 * MAX_MS);
  expect(recorder.quantileMs(0.5)).toBeLessThan(0.011);
});

test("reset forgets", () => {
  const recorder = new Recorder();
  recorder.record(3);
  recorder.reset();
  expect(recorder.count).toBe(0);
  expect(recorder.bars()).toEqual([]);
});
