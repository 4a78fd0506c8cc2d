import { frameAt } from "../../../entities/lobby/race/simulation.ts";
import type { RaceRun } from "../../../entities/lobby/race/simulation.ts";

export interface FrameDifference {
  readonly tick: number;
  readonly lane: number;
  readonly hereMm: number;
  readonly shownMm: number;
}

/** The first position that was shown otherwise than the run has it; null when all frames that both have are equal. */
export function frameDifference(
  run: RaceRun,
  shown: readonly (readonly number[])[],
): FrameDifference | null {
  for (const [tick, frame] of shown.slice(0, run.finishTick + 1).entries()) {
    const here = frameAt(run, tick);
    const lane = here.findIndex((mm, index) => mm !== frame[index]);
    if (lane !== -1) return { tick, lane, hereMm: here[lane] ?? 0, shownMm: frame[lane] ?? 0 };
  }
  return null;
}
