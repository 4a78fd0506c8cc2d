/** What the feed decides: a batch that it has not had yet is news. */
import type { HandFeed } from "../../rpc/handFeed.ts";
import { accept, answer, type Decider } from "../../src/actor/Decider.ts";
import type { HandFeedEvent } from "./events.ts";
import { evolve, type HandFeedState, hasHad, initial } from "./state.ts";

const stateVersion = ({ stateVersion: version }: HandFeedState) => ({ stateVersion: version });

export const decider: Decider<typeof HandFeed, HandFeedState, HandFeedEvent> = {
  initial: () => initial,
  evolve,
  decide: {
    Announce: (state, { batchId, hands, latest }) =>
      accept(
        hasHad(state, batchId) ? [] : [{ _tag: "HandsAnnounced", batchId, hands, latest }],
        stateVersion,
      ),
  },
  decideInternal: () => [],
  answer: {
    GetLatest: ({ announced, latest, stateVersion: version }) =>
      answer({ stateVersion: version, announced, latest }),
  },
};
