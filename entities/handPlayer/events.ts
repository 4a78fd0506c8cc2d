/** What has happened to a player's counts. Events are kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { Cell, DayResult } from "../../rpc/handStats.ts";

/** The hands numbered `from` to `to` that the player was in, added up. */
export const HandsCounted = Schema.TaggedStruct("HandsCounted", {
  from: Schema.Int,
  to: Schema.Int,
  firstAt: Schema.Int,
  lastAt: Schema.Int,
  cells: Schema.Array(Cell),
  days: Schema.Array(DayResult),
});

export const HandPlayerEvent = Schema.Union(HandsCounted);
export type HandPlayerEvent = typeof HandPlayerEvent.Type;
