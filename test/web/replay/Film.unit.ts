import { describe, expect, it } from "vitest";
import { filmOf, pictureAt, standingsAt } from "../../../web/src/replay/Film.ts";
import { HONEST } from "../verify/account.ts";
import { recordingOf } from "./recording.ts";

const recording = recordingOf(HONEST);
const film = filmOf(recording);
const { frames, track_mm: trackMm } = recording;

describe("a picture", () => {
  it("at a tick is the frame, up to the line", () => {
    for (const [tick, frame] of frames.entries()) {
      const { positions } = pictureAt(film, tick);
      expect(positions.map((mm) => Math.min(mm, trackMm))).toEqual(frame);
    }
  });

  it("moves evenly: no part of a tick brings more than its share and a little, and none goes back", () => {
    const parts = 10;
    const greatest = Math.max(
      ...frames
        .slice(1)
        .flatMap((frame, tick) => frame.map((mm, lane) => mm - frames[tick]![lane]!)),
    );
    let before = pictureAt(film, 0).positions;
    for (let part = 1; part <= film.endTick * parts; part += 1) {
      const { positions } = pictureAt(film, part / parts);
      positions.forEach((mm, lane) => {
        const moved = mm - before[lane]!;
        expect(moved).toBeGreaterThanOrEqual(-1e-6);
        // Across the line the pace is reckoned, hence the half more.
        expect(moved).toBeLessThanOrEqual((greatest / parts) * 1.5);
      });
      before = positions;
    }
  });

  it("before the start and after the end is the first and the last one", () => {
    expect(pictureAt(film, -3).positions).toEqual(frames[0]);
    expect(pictureAt(film, film.endTick + 50).positions.every(Number.isFinite)).toBe(true);
  });

  it("has the powers that were cast by then, not those to come", () => {
    expect(pictureAt(film, 19.9).casts).toEqual([]);
    expect(pictureAt(film, 20).casts.map(({ power }) => power)).toEqual(["pwr_boost_01"]);
    expect(pictureAt(film, 60).casts).toHaveLength(2);
  });
});

describe("the standings", () => {
  it("at the end are the official order, without the scratched", () => {
    const rows = standingsAt(film, film.endTick);
    expect(rows.map(({ number }) => number)).toEqual(recording.order.flat());
    expect(rows.map(({ number }) => number)).not.toContain(4);
  });

  it("before the first is home are by distance, the leader with nobody before it", () => {
    const tick = Math.floor(film.finishTick ?? 0) - 5;
    const rows = standingsAt(film, tick);
    expect(rows[0]).toMatchObject({ place: 1, behindMm: 0, crossedTick: null });
    const distances = rows.map(({ positionMm }) => positionMm);
    expect(distances).toEqual(distances.toSorted((a, b) => b - a));
  });

  it("at the start all are level", () => {
    expect(standingsAt(film, 0).every(({ place }) => place === 1)).toBe(true);
  });

  it("name a dead heat's runners with one place, and the next behind all of them", () => {
    const [first, second, ...others] = recording.order.flat();
    const order = [[first!, second!].toSorted((a, b) => a - b), ...others.map((one) => [one])];
    const rows = standingsAt(filmOf({ ...recording, order }), film.endTick);
    expect(rows.slice(0, 3).map(({ place }) => place)).toEqual([1, 1, 3]);
  });
});

it("an empty recording has a picture too", () => {
  const empty = filmOf({ ...recording, frames: [] });
  expect(pictureAt(empty, 0).positions).toEqual([]);
  expect(empty.endTick).toBe(0);
});
