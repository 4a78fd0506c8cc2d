import { expect, test } from "vitest";
import { announcement, shareLeft, urgencyOf } from "../../../web/src/raffle/urgency.ts";

test("a deadline is calm, then near, then pressing, then over", () => {
  expect([600_000, 60_001, 60_000, 10_001, 10_000, 1, 0, -5].map(urgencyOf)).toEqual([
    "calm",
    "calm",
    "soon",
    "soon",
    "now",
    "now",
    "over",
    "over",
  ]);
});

test("a minute and ten seconds are said once, when they are passed", () => {
  expect(announcement(60_250, 60_000)).toBe("minute");
  expect(announcement(60_000, 59_750)).toBeNull();
  expect(announcement(10_100, 9_900)).toBe("seconds");
  expect(announcement(9_900, 9_650)).toBeNull();
  // A page that slept says what matters now.
  expect(announcement(120_000, 5_000)).toBe("seconds");
  expect(announcement(5_000, 0)).toBeNull();
  expect(announcement(300_000, 299_750)).toBeNull();
});

test("the share that is left is one at most and nothing at least", () => {
  expect(shareLeft(150_000, 300_000)).toBe(0.5);
  expect(shareLeft(400_000, 300_000)).toBe(1);
  expect(shareLeft(-1, 300_000)).toBe(0);
  expect(shareLeft(10, 0)).toBe(0);
});
