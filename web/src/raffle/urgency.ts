/** How pressing a deadline is, and what is said of it. Pure. */
export type Urgency = "calm" | "soon" | "now" | "over";

export const SOON_MS = 60_000;
export const NOW_MS = 10_000;

export function urgencyOf(leftMs: number): Urgency {
  if (leftMs <= 0) return "over";
  if (leftMs <= NOW_MS) return "now";
  return leftMs <= SOON_MS ? "soon" : "calm";
}

/**
 * What to say, between two looks at the clock, to who cannot see it: only when a threshold was passed, for a voice that
 * counts seconds would talk over everything else.
 */
export function announcement(beforeMs: number, leftMs: number): "minute" | "seconds" | null {
  const passed = (threshold: number): boolean => beforeMs > threshold && leftMs <= threshold;
  if (leftMs <= 0) return null;
  if (passed(NOW_MS)) return "seconds";
  return passed(SOON_MS) ? "minute" : null;
}

/** How much of the time is left, from 1 to 0; what was given is not known to be more than what is left. */
export function shareLeft(leftMs: number, givenMs: number): number {
  if (givenMs <= 0) return 0;
  return Math.min(1, Math.max(0, leftMs / givenMs));
}
