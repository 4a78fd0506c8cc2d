import { useEffect, useMemo, useSyncExternalStore } from "react";
import { createStore } from "../app/Store.ts";
import type { Store } from "../app/Store.ts";
import { advance, loaded } from "./Playback.ts";
import type { Playback } from "./Playback.ts";

/** A frame later than this was not drawn because the page was hidden; time that nobody saw does not count. */
const MAX_ELAPSED_MS = 250;

/** A playback that moves while it plays, and asks for no frames while it rests. */
export function usePlayback(endTick: number, initialTick: number): Store<Playback> {
  const store = useMemo(
    () => createStore<Playback>(loaded(endTick, initialTick)),
    [endTick, initialTick],
  );
  const isPlaying = usePlaybackPart(store, (playback) => playback.isPlaying);
  useEffect(() => {
    if (!isPlaying) return;
    let request = 0;
    let beforeMs: number | null = null;
    const go = (nowMs: number) => {
      const elapsedMs = beforeMs === null ? 0 : Math.min(MAX_ELAPSED_MS, nowMs - beforeMs);
      beforeMs = nowMs;
      store.update((playback) => advance(playback, elapsedMs));
      request = requestAnimationFrame(go);
    };
    request = requestAnimationFrame(go);
    return () => cancelAnimationFrame(request);
  }, [store, isPlaying]);
  return store;
}

/** A part of it; the component renders again when the part is another value. */
export function usePlaybackPart<Part>(
  store: Store<Playback>,
  select: (playback: Playback) => Part,
): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
