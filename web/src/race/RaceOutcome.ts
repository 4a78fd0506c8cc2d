import type { PoolBody, RaceBody, ReplayBody } from "../../../rpc/http/race.ts";

/**
 * What the results are shown from: the body of `GET /races/{id}` fits, and so does what a lobby's frames tell before that
 * can be read. Without `order` the race is not over; without `payouts` they are not known yet.
 */
export type RaceOutcome = Pick<RaceBody, "race_id" | "runners"> & {
  readonly [Part in "order" | "photo_finish" | "payouts"]?: RaceBody[Part] | undefined;
};

export type Pool = PoolBody;

/** When each runner's nose was at the line, in milliseconds from the start and the order of `runners`; null if never. */
export type Crossings = readonly (number | null)[];

/**
 * Crossings from the frames of `GET /races/{id}/replay`. They end at the line, so where in its last tick a runner reached
 * it is reckoned by its speed in the tick before, which is right to about a millisecond.
 */
export function crossingsOfReplay({
  frames,
  finish_ticks: finishTicks,
  ticks_per_second: ticksPerSecond,
  track_mm: trackMm,
}: Pick<ReplayBody, "frames" | "finish_ticks" | "ticks_per_second" | "track_mm">): Crossings {
  return finishTicks.map((finish, lane) => {
    if (finish === null) return null;
    const at = (tick: number) => frames[Math.max(0, tick)]?.[lane] ?? 0;
    const before = at(finish - 1);
    const speed = before - at(finish - 2);
    const share = speed > 0 ? Math.min(1, (trackMm - before) / speed) : 1;
    return ((finish - 1 + share) * 1000) / ticksPerSecond;
  });
}
