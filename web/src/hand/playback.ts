/** Where a replay is and how it goes on: by itself, step after step, or by the player's hand. Pure. */
import type { Step } from "./replay.ts";

/** Times the ordinary speed. */
export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Playback {
  readonly index: number;
  readonly count: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  /** It came here from the step before: what moved is seen to move. */
  readonly isNext: boolean;
}

export const loaded = (count: number, index: number): Playback => ({
  index: within(index, count),
  count,
  isPlaying: false,
  speed: 1,
  isNext: false,
});

/** To a step, whether it plays or not; at the end it rests. */
export function seek(playback: Playback, to: number): Playback {
  const index = within(to, playback.count);
  if (index === playback.index) return playback;
  return {
    ...playback,
    index,
    isNext: index === playback.index + 1,
    isPlaying: playback.isPlaying && index < playback.count - 1,
  };
}

/** By hand: it rests there. */
export const leap = (playback: Playback, to: number): Playback => ({
  ...seek(playback, to),
  isPlaying: false,
});

/** Plays or rests; played at its end it begins anew. */
export function toggle(playback: Playback): Playback {
  const { count, index, isPlaying } = playback;
  if (isPlaying) return { ...playback, isPlaying: false };
  if (index < count - 1) return { ...playback, isPlaying: true };
  return { ...playback, index: 0, isNext: false, isPlaying: count > 1 };
}

/** The start of the street before or after, of where streets start; else the first or the last step. */
export function streetFrom(
  playback: Playback,
  starts: readonly number[],
  direction: 1 | -1,
): number {
  const { count, index } = playback;
  return direction === 1
    ? (starts.find((start) => start > index) ?? count - 1)
    : (starts.findLast((start) => start < index) ?? 0);
}

/** How long a step is looked at, ordinary speed, milliseconds: as long as there is something to take in. */
const LOOK_MS: Readonly<Record<Step["event"]["kind"], number>> = {
  start: 900,
  action: 850,
  street: 1_300,
  gather: 1_000,
  show: 1_500,
  win: 1_800,
};
/** Blinds and antes are always the same. */
const POST_MS = 350;

export function lookMs({ event, street }: Step, speed: Speed): number {
  const isPost = event.kind === "action" && street === "blinds";
  return (isPost ? POST_MS : LOOK_MS[event.kind]) / speed;
}

const within = (index: number, count: number): number =>
  Math.max(0, Math.min(Math.trunc(index), count - 1));
