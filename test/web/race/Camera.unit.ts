import { expect, test } from "vitest";
import { createCamera, wantedView, wholeTrack } from "../../../web/src/race/Camera.ts";

const TRACK = 800_000;

test("the field is in the picture, with room before the leader", () => {
  for (const positions of [
    [0, 0, 0],
    [120_000, 100_000, 90_000],
    [700_000, 300_000, 650_000],
    [TRACK, TRACK, 790_000],
  ]) {
    const { fromMm, spanMm } = wantedView({ positions, trackMm: TRACK });
    expect(fromMm).toBeLessThanOrEqual(Math.min(...positions));
    expect(fromMm + spanMm).toBeGreaterThanOrEqual(Math.max(...positions));
  }
});

test("it follows without jumps or turning back, at any frame rate to the same view", () => {
  const end = [60, 30].map((perSecond) => {
    const camera = createCamera();
    let before = -Infinity;
    let from = 0;
    for (let frame = 0; frame <= perSecond * 10; frame += 1) {
      const nowMs = (frame * 1_000) / perSecond;
      const leader = 20_000 + nowMs * 40;
      const positions = [leader, leader - 9_000];
      ({ fromMm: from } = camera.follow({ nowMs, positions, trackMm: TRACK, isCalm: false }));
      expect(from).toBeGreaterThanOrEqual(before - 1);
      if (frame > 0) expect(from - before).toBeLessThan((40 * 1_000 * 3) / perSecond);
      before = from;
    }
    return from;
  });
  expect(Math.abs((end[0] ?? 0) - (end[1] ?? 0))).toBeLessThan(TRACK * 0.002);
});

test("who wants calm sees the whole track, and it does not move", () => {
  const camera = createCamera();
  const at = (nowMs: number) =>
    camera.follow({ nowMs, positions: [nowMs * 40, 0], trackMm: TRACK, isCalm: true });
  const view = at(0);
  expect(view).toEqual(wholeTrack(TRACK));
  expect(at(5_000)).toBe(view);
});
