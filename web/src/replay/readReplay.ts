import { POWER_IDS } from "../../../entities/lobby/race/power.ts";
import type { PowerId } from "../../../entities/lobby/race/power.ts";
import type { ReplayBody } from "../../../rpc/http/race.ts";
import { request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";
import { fields, flag, integer, listOf, oneOf, orNull, text, whole } from "../verify/shape.ts";

/** All that a race was made from, and every frame that was seen of it. */
export type Recording = Omit<ReplayBody, "powers"> & {
  readonly powers: readonly (ReplayBody["powers"][number] & { readonly power: PowerId })[];
};

const recording = fields({
  race_id: text,
  seed: text,
  ticks_per_second: whole,
  max_ticks: whole,
  track_mm: whole,
  runners: listOf(
    fields({
      number: integer,
      name: text,
      form: fields({ speed: integer, stamina: integer, start: integer, consistency: integer }),
      scratched: flag,
    }),
  ),
  powers: listOf(
    fields({
      cast_id: text,
      player_id: text,
      power: oneOf(POWER_IDS),
      target: integer,
      cost: whole,
      cast_tick: whole,
      tick: whole,
      duration_ticks: whole,
    }),
  ),
  order: listOf(listOf(integer)),
  finish_ticks: listOf(orNull(integer)),
  photo_finish: flag,
  frames: listOf(listOf(integer)),
});

const isRecording = (value: unknown): value is Recording => recording(value) === null;

/** Of a race that is over; 404 before. */
export function readReplay(raceId: string): Promise<Answer<Recording>> {
  return request(`/races/${encodeURIComponent(raceId)}/replay`, { is: isRecording });
}
