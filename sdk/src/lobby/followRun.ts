import { lobbyTopic } from "../TopicFrame.ts";
import type { Topics } from "../Topics.ts";
import { createPlayout } from "./Playout.ts";
import type { Moment } from "./Playout.ts";

/** The run of a lobby's race in progress, ready to be drawn at any frame rate. */
export interface RunView {
  /** The moment to draw at `elapsedMs`, by the clock of `performance.now()`; null before the first sample of a race. */
  readonly at: (elapsedMs: number) => Moment | null;
  readonly close: () => void;
}

export function followRun(topics: Topics, lobbyId: string, elapsedMs: () => number): RunView {
  const playout = createPlayout();
  let raceId: string | undefined;
  const { close } = topics.watch(lobbyTopic(lobbyId), {
    frame: ({ frame }) => {
      if (!("race_id" in frame)) return;
      if (frame.race_id !== raceId) {
        raceId = frame.race_id;
        playout.reset();
      }
      if (frame.type !== "STATE_SYNC") return;
      const { positions, tick } = frame;
      if (tick !== undefined && positions !== undefined)
        playout.add({ tick, positions }, elapsedMs());
    },
  });
  return { at: playout.at, close };
}
