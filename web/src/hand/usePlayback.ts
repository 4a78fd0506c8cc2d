import { useEffect, useState } from "react";
import { loaded, lookMs, seek } from "./playback.ts";
import type { Playback } from "./playback.ts";
import type { Step } from "./replay.ts";

/** A playback that goes on by itself while it plays. */
export function usePlayback(
  steps: readonly Step[],
  initial: number,
): readonly [Playback, (how: (playback: Playback) => Playback) => void] {
  const [playback, setPlayback] = useState(() => loaded(steps.length, initial));
  const { index, isPlaying, speed } = playback;
  const step = steps[index];
  useEffect(() => {
    if (!isPlaying || step === undefined) return undefined;
    const timer = setTimeout(
      () => setPlayback((playback) => seek(playback, playback.index + 1)),
      lookMs(step, speed),
    );
    return () => clearTimeout(timer);
  }, [isPlaying, speed, step]);
  return [playback, setPlayback];
}
