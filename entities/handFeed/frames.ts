/** What the feed shows to those who watch it: a frame for each batch. */
import type { ServerFrame } from "../../rpc/frames.ts";
import type { Topic } from "../../src/actor/DurableActor.ts";
import { handSummaryBody } from "./body.ts";
import type { HandFeedEvent } from "./events.ts";
import type { HandFeedState } from "./state.ts";

type HandsImported = Extract<ServerFrame, { readonly type: "HANDS_IMPORTED" }>;

/** Frames remembered for those who resume: minutes of play at many tables, seconds of an import. */
const HISTORY = 256;

export const topic: Topic<HandFeedState, HandFeedEvent> = {
  version: ({ stateVersion }) => stateVersion,
  history: HISTORY,
  frames: ({ hands, latest }, { stateVersion: version }) => {
    const frame: HandsImported = {
      type: "HANDS_IMPORTED",
      state_version: version,
      count: hands,
      hands: latest.map(handSummaryBody),
    };
    return [{ version, frame }];
  },
};
