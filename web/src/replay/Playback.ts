/**
 * Where a replay is and how it goes on: a moment of the race in ticks, moved by the time that passes, or by the player.
 * Time is a player's to choose here, so a tick lasts as long as the speed says.
 */
import { MS_PER_TICK, TICKS_PER_SECOND } from "../../../entities/lobby/race/simulation.ts";

/** Times the race's own speed. */
export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Playback {
  /** Fractional while it plays; 0 … `endTick`. */
  readonly tick: number;
  readonly endTick: number;
  readonly speed: Speed;
  readonly isPlaying: boolean;
  readonly isLooping: boolean;
}

export function loaded(endTick: number, tick: number): Playback {
  return { tick: clamp(tick, endTick), endTick, speed: 1, isPlaying: false, isLooping: false };
}

/** After so much time on the clock. At the end it stops, or begins again if it loops. */
export function advance(playback: Playback, elapsedMs: number): Playback {
  const { endTick, isLooping, isPlaying, speed, tick } = playback;
  if (!isPlaying || elapsedMs <= 0) return playback;
  const next = tick + (elapsedMs / MS_PER_TICK) * speed;
  if (next < endTick) return { ...playback, tick: next };
  return isLooping && endTick > 0 && tick >= endTick
    ? { ...playback, tick: 0 }
    : { ...playback, tick: endTick, isPlaying: isLooping };
}

/** Plays or rests; played at its end it begins anew. */
export function toggle(playback: Playback): Playback {
  const { endTick, isPlaying, tick } = playback;
  if (isPlaying) return { ...playback, isPlaying: false };
  return { ...playback, isPlaying: true, tick: tick >= endTick ? 0 : tick };
}

/** To a moment, whether it plays or not. */
export function seek(playback: Playback, tick: number): Playback {
  return { ...playback, tick: clamp(tick, playback.endTick) };
}

/** By whole ticks, from the whole tick it is at, and rests there. */
export function step(playback: Playback, ticks: number): Playback {
  const from = ticks < 0 ? Math.ceil(playback.tick) : Math.floor(playback.tick);
  return { ...seek(playback, from + ticks), isPlaying: false };
}

export const secondsOf = (tick: number): number => tick / TICKS_PER_SECOND;

/** `12.35`, to be read back by `tickOf`. */
export const momentOf = (tick: number): string => secondsOf(tick).toFixed(2);

/** The tick of a moment in an address; null for what is none. */
export function tickOf(moment: string | null): number | null {
  if (moment === null || !/^\d{1,4}(\.\d{1,3})?$/.test(moment)) return null;
  return Math.round(Number(moment) * TICKS_PER_SECOND);
}

const clamp = (tick: number, endTick: number) => Math.min(endTick, Math.max(0, tick));
