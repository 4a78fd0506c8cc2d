import { expect, test } from "vitest";
import { leap, loaded, lookMs, seek, streetFrom, toggle } from "../../../web/src/hand/playback.ts";
import { replayOf } from "../../../web/src/hand/replay.ts";
import { allInHand } from "./allInHand.ts";

test("it goes on step by step, says so, and rests at the end", () => {
  const playing = toggle(loaded(3, 0));
  expect(playing.isPlaying).toBe(true);
  const second = seek(playing, 1);
  expect(second).toMatchObject({ index: 1, isPlaying: true, isNext: true });
  expect(seek(second, 2)).toMatchObject({ index: 2, isPlaying: false, isNext: true });
});

test("played at its end it begins anew", () => {
  expect(toggle(loaded(3, 2))).toMatchObject({ index: 0, isPlaying: true });
});

test("a hand upon it stops it, and never leads beyond its ends", () => {
  const playing = toggle(loaded(5, 2));
  expect(leap(playing, 1)).toMatchObject({ index: 1, isPlaying: false, isNext: false });
  expect(leap(playing, -4).index).toBe(0);
  expect(leap(playing, 40).index).toBe(4);
});

test("from street to street, and from the outer ones to the ends", () => {
  const starts = [3, 8, 12];
  expect(streetFrom(loaded(20, 5), starts, 1)).toBe(8);
  expect(streetFrom(loaded(20, 8), starts, -1)).toBe(3);
  expect(streetFrom(loaded(20, 3), starts, -1)).toBe(0);
  expect(streetFrom(loaded(20, 12), starts, 1)).toBe(19);
});

test("blinds pass quickly, and twice the speed takes half the time", () => {
  const [, blind, , raise] = replayOf(allInHand);
  if (blind === undefined || raise === undefined) throw new Error("The hand has no steps.");
  expect(lookMs(blind, 1)).toBeLessThan(lookMs(raise, 1));
  expect(lookMs(raise, 2)).toBe(lookMs(raise, 1) / 2);
});
