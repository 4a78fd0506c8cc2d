/** The stretch of track in view, in millimetres. */
export interface View {
  readonly fromMm: number;
  readonly spanMm: number;
}

/** What the camera has to keep in the picture. */
export interface Subject {
  readonly nowMs: number;
  /** Of all who race. */
  readonly positions: readonly number[];
  readonly trackMm: number;
  /** The whole track, and no movement. */
  readonly isCalm: boolean;
}

export interface Camera {
  /** The view at this moment; the same object while it does not move. */
  readonly follow: (subject: Subject) => View;
}

/** The least stretch in view, as a share of the track; closer than this the field would seem to jump. */
const CLOSEST = 0.24;
/** Where the leader stands in the picture: with room ahead, as it runs to the right. */
const LEADER_AT = 0.74;
/** Time in which two thirds of the way to the wanted view are gone; the place follows sooner than the width. */
const PLACE_MS = 140;
const WIDTH_MS = 300;
/** Beyond start and finish, so that runners there are not cut off. */
const APRON = 0.045;
/** A movement under so much of the view is none. */
const STILL = 0.0002;

export function wholeTrack(trackMm: number): View {
  return { fromMm: -trackMm * APRON, spanMm: trackMm * (1 + 2 * APRON) };
}

/** The view that has leader and field in the picture. */
export function wantedView({ positions, trackMm }: Omit<Subject, "nowMs" | "isCalm">): View {
  const whole = wholeTrack(trackMm);
  const leader = Math.max(0, ...positions);
  const spread = leader - Math.min(leader, ...positions);
  const spanMm = Math.min(whole.spanMm, Math.max(trackMm * CLOSEST, (spread / LEADER_AT) * 1.25));
  const fromMm = Math.min(
    whole.fromMm + whole.spanMm - spanMm,
    Math.max(whole.fromMm, leader - spanMm * LEADER_AT),
  );
  return { fromMm, spanMm };
}

/** Follows the field smoothly, by time and not by frames, so it is as smooth on any screen. */
export function createCamera(): Camera {
  let view: View | null = null;
  let trackMm = 0;
  let lastMs = 0;
  return {
    follow: (subject) => {
      const wanted = subject.isCalm ? wholeTrack(subject.trackMm) : wantedView(subject);
      const sinceMs = subject.nowMs - lastMs;
      lastMs = subject.nowMs;
      const isCut = view === null || subject.isCalm || subject.trackMm !== trackMm;
      trackMm = subject.trackMm;
      const next = isCut || view === null ? wanted : eased(view, wanted, sinceMs);
      if (view !== null && isSame(view, next)) return view;
      view = next;
      return next;
    },
  };
}

function eased(view: View, wanted: View, sinceMs: number): View {
  const place = 1 - Math.exp(-sinceMs / PLACE_MS);
  const width = 1 - Math.exp(-sinceMs / WIDTH_MS);
  return {
    fromMm: view.fromMm + (wanted.fromMm - view.fromMm) * place,
    spanMm: view.spanMm + (wanted.spanMm - view.spanMm) * width,
  };
}

function isSame(a: View, b: View): boolean {
  const still = a.spanMm * STILL;
  return Math.abs(a.fromMm - b.fromMm) < still && Math.abs(a.spanMm - b.spanMm) < still;
}
