/** A recorded race as `GET /races/{id}/replay` gives it. */
import { POWERS } from "../../../entities/lobby/race/power.ts";
import {
  activeTicks,
  frameAt,
  simulate,
  telegraphTicks,
  TICKS_PER_SECOND,
} from "../../../entities/lobby/race/simulation.ts";
import type { Recording } from "../../../web/src/replay/readReplay.ts";
import type { Claim } from "../../../web/src/verify/Claim.ts";

export function recordingOf(claim: Claim): Recording {
  const { field, final_seed: seed, max_ticks: maxTicks, powers, scratched } = claim;
  const run = simulate({ seed, field, scratched, maxTicks, powers });
  return {
    race_id: claim.race_id,
    seed,
    ticks_per_second: TICKS_PER_SECOND,
    max_ticks: maxTicks,
    track_mm: run.trackLengthMm,
    runners: field.map((runner) => ({ ...runner, scratched: scratched.includes(runner.number) })),
    powers: powers.map(({ power, target, tick }, index) => ({
      cast_id: `cast-${index}`,
      player_id: "player-1",
      power,
      target,
      cost: POWERS[power].baseCostMinor,
      cast_tick: tick,
      tick: tick + telegraphTicks(POWERS[power]),
      duration_ticks: activeTicks(POWERS[power], maxTicks),
    })),
    order: run.order,
    finish_ticks: run.finishTicks,
    photo_finish: run.photoFinish,
    frames: Array.from({ length: run.finishTick + 1 }, (_, tick) => frameAt(run, tick)),
  };
}
