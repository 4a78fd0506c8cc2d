/** The stretch of track in view, in millimetres. */
export interface View {
  readonly fromMm: number;
  readonly spanMm: number;
}

/** The least stretch in view, as a share of the track; closer than this the field would seem to jump. */
const CLOSEST = 0.24;
/** Where the leader stands in the picture: with room ahead, as it runs to the right. */
const LEADER_AT = 0.74;
/** Share of the way to the wanted view that is gone in a second's sixtieth. */
const EASE = 0.06;
/** Beyond start and finish, so that runners there are not cut off. */
const APRON = 0.03;

export function wholeTrack(trackMm: number): View {
  return { fromMm: -trackMm * APRON, spanMm: trackMm * (1 + 2 * APRON) };
}

/** The view that keeps leader and field in the picture, eased from the one before. */
export function followField(
  before: View | null,
  positions: readonly number[],
  trackMm: number,
): View {
  const whole = wholeTrack(trackMm);
  const leader = Math.max(0, ...positions);
  const spread = leader - Math.min(leader, ...positions);
  const spanMm = Math.min(whole.spanMm, Math.max(trackMm * CLOSEST, (spread / LEADER_AT) * 1.15));
  const fromMm = Math.min(
    whole.fromMm + whole.spanMm - spanMm,
    Math.max(whole.fromMm, leader - spanMm * LEADER_AT),
  );
  if (before === null) return { fromMm, spanMm };
  return {
    fromMm: before.fromMm + (fromMm - before.fromMm) * EASE * 2,
    spanMm: before.spanMm + (spanMm - before.spanMm) * EASE,
  };
}
