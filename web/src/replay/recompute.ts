/** Runs a recorded race again from its inputs and compares every frame with those that the server shows. */
import { framesDigest } from "../../../entities/lobby/race/replay.ts";
import { simulate } from "../../../entities/lobby/race/simulation.ts";
import { frameDifference } from "./frameDifference.ts";
import type { Recording } from "./readReplay.ts";

export type Recomputed =
  | { readonly kind: "equal"; readonly frames: number; readonly sha256: string }
  | {
      readonly kind: "differs";
      readonly tick: number;
      readonly number: number;
      readonly hereMm: number;
      readonly serverMm: number;
    }
  | { readonly kind: "other_length"; readonly here: number; readonly server: number }
  | { readonly kind: "other_order" }
  /** No race has such inputs. */
  | { readonly kind: "impossible" };

export function recompute(recording: Recording): Recomputed {
  const { frames, max_ticks: maxTicks, order, powers, runners, seed } = recording;
  let run;
  try {
    run = simulate({
      seed,
      field: runners,
      scratched: runners.filter(({ scratched }) => scratched).map(({ number }) => number),
      maxTicks,
      powers: powers.map(({ cast_tick: tick, power, target }) => ({ tick, power, target })),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "impossible" };
  }
  const difference = frameDifference(run, frames);
  if (difference !== null) {
    const { hereMm, lane, shownMm: serverMm, tick } = difference;
    return { kind: "differs", tick, number: runners[lane]?.number ?? lane + 1, hereMm, serverMm };
  }
  if (frames.length !== run.finishTick + 1) {
    return { kind: "other_length", here: run.finishTick + 1, server: frames.length };
  }
  if (JSON.stringify(order) !== JSON.stringify(run.order)) return { kind: "other_order" };
  return { kind: "equal", frames: frames.length, sha256: framesDigest(run) };
}
