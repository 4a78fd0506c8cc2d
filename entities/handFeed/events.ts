/** What has happened to the feed. Events are kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { HandSummary } from "../../rpc/hand.ts";
import { MAX_ANNOUNCED_HANDS } from "../../rpc/handFeed.ts";

/** A batch of hands has been stored. `latest` are the newest of them, oldest first; `hands` counts all. */
export const HandFeedEvent = Schema.TaggedStruct("HandsAnnounced", {
  batchId: Schema.Int,
  hands: Schema.Int,
  latest: Schema.Array(HandSummary).pipe(Schema.maxItems(MAX_ANNOUNCED_HANDS)),
});
export type HandFeedEvent = typeof HandFeedEvent.Type;
