import { expect, test } from "vitest";
import { TIMELINE_SECONDS, Timeline } from "../../../web/src/latency/Timeline.ts";

const at = (second: number) => 1_700_000_000_000 + second * 1_000;

test("given answers in two seconds, each second tells its own", () => {
  const timeline = new Timeline();
  timeline.record(at(0), 5);
  timeline.record(at(0) + 999, 5);
  timeline.record(at(1), 50);
  const seconds = timeline.seconds(at(1));
  expect(seconds).toHaveLength(TIMELINE_SECONDS);
  expect(seconds.at(-2)).toMatchObject({ count: 2, p50Ms: 5 });
  expect(seconds.at(-1)).toMatchObject({ count: 1, p99Ms: 50 });
  expect(seconds.at(-3)).toMatchObject({ count: 0, p50Ms: null });
});

test("what is a minute old is gone, and its place serves a later second", () => {
  const timeline = new Timeline();
  timeline.record(at(0), 5);
  expect(timeline.seconds(at(TIMELINE_SECONDS)).every(({ count }) => count === 0)).toBe(true);
  timeline.record(at(TIMELINE_SECONDS), 7);
  expect(timeline.seconds(at(TIMELINE_SECONDS)).at(-1)).toMatchObject({ count: 1, p50Ms: 7 });
  // The clock was set back: what belongs to a second that is gone is passed over.
  timeline.record(at(0), 5);
  expect(timeline.seconds(at(TIMELINE_SECONDS)).at(-1)).toMatchObject({ count: 1 });
});

test("the rate is of whole seconds that are over", () => {
  const timeline = new Timeline();
  for (let i = 0; i < 30; i += 1) timeline.record(at(i % 3), 1);
  timeline.record(at(3), 1);
  expect(timeline.perSecond(at(3), 3)).toBe(10);
});
