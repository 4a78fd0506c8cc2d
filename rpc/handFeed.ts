/**
 * The feed of new hands: one entity, `entityId` is `main`. Whoever has stored hands announces them here, after they are
 * durable; each announcement becomes one frame of the topic `hands`. A batch is announced once, however often it is sent.
 */
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { HandSummary } from "./hand.ts";

/** A batch that has more is told of by its number alone: nobody reads a thousand hands as they fly past. */
export const MAX_ANNOUNCED_HANDS = 50;

export const Announcement = Schema.Struct({
  batchId: Schema.Int,
  /** All that it brought. */
  hands: Schema.Int,
  /** The newest of them, oldest first. */
  latest: Schema.Array(HandSummary).pipe(Schema.maxItems(MAX_ANNOUNCED_HANDS)),
});
export type Announcement = typeof Announcement.Type;

export class HandFeedRpcs extends RpcGroup.make(
  command("Announce", {
    payload: Announcement.fields,
    success: Schema.Struct({ stateVersion: Schema.Int }),
  }),
  /** The last hands that were announced, newest first, and how many there were in all. */
  query("GetLatest", {
    payload: {},
    success: Schema.Struct({
      stateVersion: Schema.Int,
      announced: Schema.Int,
      latest: Schema.Array(HandSummary),
    }),
  }),
) {}

export const HandFeed = contract("hand_feed", HandFeedRpcs);
export const HAND_FEED_ID = "main";
