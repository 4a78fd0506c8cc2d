import { useCallback, useEffect, useState } from "react";
import { allRevealed, revealAt } from "./reveal.ts";
import type { Reveal } from "./reveal.ts";

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** So often do rolling digits turn. */
const TICK_MS = 60;

export interface RevealView extends Reveal {
  /** Turns the digits that still roll. */
  readonly tick: number;
  readonly isPlaying: boolean;
  /** Whether it can be played: not for who wants no motion. */
  readonly canPlay: boolean;
  readonly play: () => void;
  readonly skip: () => void;
}

/** The winners one after another, once `isReady`; from the start for who saw the draw come (`isLive`), else all at once. */
export function useReveal(
  prizes: number,
  { isLive, isReady }: { readonly isLive: boolean; readonly isReady: boolean },
): RevealView {
  const [elapsedMs, setElapsedMs] = useState<number | null>(null);
  const [run, setRun] = useState(isLive && !stillness.matches ? 1 : 0);
  useEffect(() => {
    if (!isReady || run === 0) return undefined;
    const startMs = performance.now();
    let frame = requestAnimationFrame(function step(nowMs) {
      const elapsed = Math.max(0, nowMs - startMs);
      setElapsedMs(elapsed);
      if (revealAt(elapsed, prizes).current === null) setRun(0);
      else frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [isReady, run, prizes]);
  const isPlaying = run > 0;
  const reveal = isPlaying ? revealAt(elapsedMs ?? 0, prizes) : allRevealed(prizes);
  return {
    ...reveal,
    tick: Math.floor((elapsedMs ?? 0) / TICK_MS),
    isPlaying,
    canPlay: !stillness.matches,
    play: useCallback(() => {
      setElapsedMs(0);
      setRun((run) => run + 1);
    }, []),
    skip: useCallback(() => setRun(0), []),
  };
}
