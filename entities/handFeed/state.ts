/** What the feed remembers: the last hands, and which batches it has had. */
import { HashSet, Schema } from "effect";
import { HandSummary } from "../../rpc/hand.ts";
import type { HandFeedEvent } from "./events.ts";

/** Hands kept for those who begin to watch: more than a screen shows. */
export const LATEST_HANDS = 50;

export const HandFeedState = Schema.Struct({
  /** Counts the frames. */
  stateVersion: Schema.Int,
  /** Hands in all. */
  announced: Schema.Int,
  /** Batches are numbered from 1 without a gap: all up to this have been announced. */
  upTo: Schema.Int,
  /** And these beyond it, out of turn. */
  ahead: Schema.HashSet(Schema.Int),
  /** Newest first, by `seq`. */
  latest: Schema.Array(HandSummary),
});
export type HandFeedState = typeof HandFeedState.Type;

export const initial: HandFeedState = {
  stateVersion: 0,
  announced: 0,
  upTo: 0,
  ahead: HashSet.empty(),
  latest: [],
};

export const hasHad = ({ ahead, upTo }: HandFeedState, batchId: number): boolean =>
  batchId <= upTo || HashSet.has(ahead, batchId);

/** Where an event leads. */
export const evolve = (state: HandFeedState, event: HandFeedEvent): HandFeedState => {
  let upTo = state.upTo;
  let ahead = HashSet.add(state.ahead, event.batchId);
  while (HashSet.has(ahead, upTo + 1)) {
    upTo += 1;
    ahead = HashSet.remove(ahead, upTo);
  }
  const latest = [...event.latest, ...state.latest].toSorted((a, b) => b.seq - a.seq);
  return {
    stateVersion: state.stateVersion + 1,
    announced: state.announced + event.hands,
    upTo,
    ahead,
    latest: latest.slice(0, LATEST_HANDS),
  };
};
