/** A recorded hand in a list, as REST and WebSocket have it. Amounts in the minor unit of its currency (`hand.ts`). */
import { Schema } from "effect";
import { Card } from "./cards.ts";
import { HandCurrency, HandFormat, HandGame, HandLimit, Position } from "./hand.ts";

export const HandSummaryBody = Schema.Struct({
  hand_id: Schema.String,
  /** Counts the hands in the order in which they came. */
  seq: Schema.Int,
  /** When it was played. */
  timestamp: Schema.String,
  format: HandFormat,
  game_type: HandGame,
  limit: HandLimit,
  currency: HandCurrency,
  stakes: Schema.String,
  table: Schema.String,
  players: Schema.Int,
  total_pot: Schema.Int,
  rake: Schema.Int,
  board: Schema.Array(Card),
  /** Null in an observer's hand. */
  hero: Schema.NullOr(Schema.String),
  hero_cards: Schema.Array(Card),
  hero_position: Schema.NullOr(Position),
  hero_result: Schema.NullOr(Schema.Int),
});
export type HandSummaryBody = typeof HandSummaryBody.Type;
