/**
 * What is counted of a player's hands. A hand gives each player in it one row of counts (mostly 0 and 1); all that is ever
 * shown is a sum of such rows, so that sums of sums agree whatever they were grouped by. Definitions: `docs/poker-statistics.md`.
 */
import { Schema } from "effect";
import { HandCurrency, HandGame, HandLimit, Position } from "./hand.ts";

/** In this order in `Counts`; also the columns of `hand_player` in PostgreSQL and in the Parquet files, in snake case. */
export const COUNTS = [
  "hands",
  "vpip",
  "vpipChances",
  "pfr",
  "pfrChances",
  "threeBet",
  "threeBetChances",
  "fourBet",
  "fourBetChances",
  "foldToThreeBet",
  "foldToThreeBetChances",
  "cBet",
  "cBetChances",
  "foldToCBet",
  "foldToCBetChances",
  "steal",
  "stealChances",
  "foldToSteal",
  "foldToStealChances",
  /** Bets and raises after the flop, and calls. */
  "aggressive",
  "passive",
  "flopsSeen",
  /** Of those who saw the flop. */
  "showdowns",
  "showdownsWon",
  /** Minor units. */
  "net",
  "rake",
  /** Net as if each all-in had paid its equity, minor units. */
  "evNet",
  /** The same two in thousandths of a big blind, which may be added up over stakes. */
  "netMilliBb",
  "evNetMilliBb",
] as const;
export type Count = (typeof COUNTS)[number];

/** One number for each of `COUNTS`. */
export const Counts = Schema.Array(Schema.Int).pipe(Schema.itemsCount(COUNTS.length));
export type Counts = typeof Counts.Type;

/** What rows are grouped by beside the day. */
export const CellKey = Schema.Struct({
  currency: HandCurrency,
  game: HandGame,
  limit: HandLimit,
  /** `0.02/0.05` */
  stakes: Schema.String,
  /** Players that were dealt in. */
  players: Schema.Int,
  /** Null in games without a button, and where the file does not tell. */
  position: Schema.NullOr(Position),
});
export type CellKey = typeof CellKey.Type;

export const Cell = Schema.Struct({ ...CellKey.fields, counts: Counts });
export type Cell = typeof Cell.Type;

/** `YYYY-MM-DD`, UTC. */
export const Day = Schema.String.pipe(Schema.pattern(/^\d{4}-\d{2}-\d{2}$/));

/** A day's results in one currency, for graphs. */
export const DayResult = Schema.Struct({
  day: Day,
  currency: HandCurrency,
  hands: Schema.Int,
  net: Schema.Int,
  evNet: Schema.Int,
});
export type DayResult = typeof DayResult.Type;
