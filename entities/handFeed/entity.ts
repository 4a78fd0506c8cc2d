/** The feed of hands as a durable actor. */
import { HandFeed } from "../../rpc/handFeed.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { decider } from "./decider.ts";
import { HandFeedEvent } from "./events.ts";
import { topic } from "./frames.ts";
import { HandFeedState } from "./state.ts";

export const handFeed: AnyDurableActor = make<typeof HandFeed, HandFeedState, HandFeedEvent>({
  contract: HandFeed,
  decider,
  event: HandFeedEvent,
  // A snapshot has as many hands in it as an entry has at most.
  snapshots: { schema: HandFeedState, revision: 1, everyEntries: 50 },
  // Whoever asks again does so within seconds.
  recentReplies: 256,
  topic,
  projections: [],
  project: () => [],
});
