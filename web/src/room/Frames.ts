/**
 * The room at the rate of the screen. The store may change hundreds of times a second, and a screen shows sixty; so what
 * the room's components see changes once an animation frame, all of it at once, in one rendering. What was decided on
 * the way (a command sent, a bet answered) does not wait: it reads the store itself.
 */
import type { Store } from "../app/Store.ts";

/** Calls back when the next picture is due. */
export type Schedule = (run: () => void) => void;

export interface Frames {
  /** Calls once, in the next frame, together with all others that asked. */
  readonly next: (run: () => void) => void;
}

/** Pages that are not shown have no frames; they are told this often. */
const HIDDEN_MS = 250;

export function createFrames(schedule: Schedule): Frames {
  let waiting = new Set<() => void>();
  let isScheduled = false;
  return {
    next: (run) => {
      waiting.add(run);
      if (isScheduled) return;
      isScheduled = true;
      schedule(() => {
        isScheduled = false;
        const due = waiting;
        waiting = new Set();
        for (const run of due) run();
      });
    },
  };
}

/** The screen's frames. */
export const screenFrames: Frames = createFrames((run) => {
  const once = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
});

export type Seen<State> = Pick<Store<State>, "get" | "subscribe">;

/** The store as it was at the last frame; who subscribes is told at most once a frame. */
export function seenPerFrame<State>(store: Seen<State>, frames: Frames): Seen<State> {
  const listeners = new Set<() => void>();
  let shown = store.get();
  let stop: (() => void) | null = null;
  const show = (): void => {
    const latest = store.get();
    if (stop === null || Object.is(latest, shown)) return;
    shown = latest;
    for (const listener of listeners) listener();
  };
  return {
    get: () => (stop === null ? store.get() : shown),
    subscribe: (listener) => {
      listeners.add(listener);
      if (stop === null) {
        shown = store.get();
        stop = store.subscribe(() => frames.next(show));
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}
