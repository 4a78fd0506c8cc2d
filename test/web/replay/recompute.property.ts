import * as fc from "fast-check";
import { expect, test } from "vitest";
import { recompute } from "../../../web/src/replay/recompute.ts";
import { HONEST, account } from "../verify/account.ts";
import { recordingOf } from "./recording.ts";

const RUNS = 100;

test("an honest recording is found equal, frame by frame", () => {
  fc.assert(
    fc.property(account, (claim) => {
      const recording = recordingOf(claim);
      expect(recompute(recording)).toMatchObject({
        kind: "equal",
        frames: recording.frames.length,
      });
    }),
    { numRuns: RUNS },
  );
});

test("a changed position is found at its tick and runner", () => {
  fc.assert(
    fc.property(account, fc.nat(), fc.nat(), (claim, anyTick, anyLane) => {
      const recording = recordingOf(claim);
      const tick = anyTick % recording.frames.length;
      const lane = anyLane % recording.runners.length;
      const frames = recording.frames.map((frame, at) =>
        at === tick ? frame.map((mm, index) => (index === lane ? mm + 1 : mm)) : frame,
      );
      expect(recompute({ ...recording, frames })).toMatchObject({
        kind: "differs",
        tick,
        number: recording.runners[lane]?.number,
      });
    }),
    { numRuns: RUNS },
  );
});

test("missing frames, another order and impossible inputs are told apart", () => {
  const recording = recordingOf(HONEST);
  const { frames, order } = recording;
  expect(recompute({ ...recording, frames: frames.slice(0, -1) })).toEqual({
    kind: "other_length",
    here: frames.length,
    server: frames.length - 1,
  });
  expect(recompute({ ...recording, order: order.toReversed() })).toEqual({ kind: "other_order" });
  expect(recompute({ ...recording, max_ticks: 1 })).toEqual({ kind: "impossible" });
});
