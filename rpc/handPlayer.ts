/**
 * A player of recorded hands, with running counts of them. `entityId` is `<site>:<name>` with the name percent-encoded.
 *
 * Hands are numbered in the order in which they were stored. Counts come in batches, each of a range of those numbers; one
 * that ends where the player has already counted changes nothing, so a batch may be sent again at any time.
 */
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { HandCurrency, HandGame, Position } from "./hand.ts";
import { Cell, Counts, DayResult } from "./handStats.ts";

/** Null: all of them. */
export const CellFilter = Schema.Struct({
  currency: Schema.NullOr(HandCurrency),
  game: Schema.NullOr(HandGame),
  stakes: Schema.NullOr(Schema.String),
  players: Schema.NullOr(Schema.Int),
  position: Schema.NullOr(Position),
});
export type CellFilter = typeof CellFilter.Type;

export const PlayerTotals = Schema.Struct({
  /** Hands numbered up to this are counted. 0: none. */
  countedTo: Schema.Int,
  /** Epoch milliseconds; null when there are no hands. */
  firstAt: Schema.NullOr(Schema.Int),
  lastAt: Schema.NullOr(Schema.Int),
  cells: Schema.Array(Cell),
});
export type PlayerTotals = typeof PlayerTotals.Type;

/** The sum of all cells of one currency that agree in one thing: each cell is in one part of each kind. */
export const Part = Schema.Struct({
  by: Schema.Literal("game", "stakes", "players", "position"),
  currency: HandCurrency,
  /** As text; empty for no position. */
  key: Schema.String,
  counts: Counts,
});
export type Part = typeof Part.Type;

export class HandPlayerRpcs extends RpcGroup.make(
  /** Adds the hands numbered `from` to `to`. */
  command("Count", {
    payload: {
      from: Schema.Int,
      to: Schema.Int,
      firstAt: Schema.Int,
      lastAt: Schema.Int,
      cells: Schema.Array(Cell),
      days: Schema.Array(DayResult),
    },
    success: Schema.Struct({ countedTo: Schema.Int }),
  }),
  /** What a player's page shows, already added up: its size does not grow with the number of different tables. */
  query("GetOverview", {
    payload: {},
    success: Schema.Struct({
      countedTo: PlayerTotals.fields.countedTo,
      firstAt: PlayerTotals.fields.firstAt,
      lastAt: PlayerTotals.fields.lastAt,
      parts: Schema.Array(Part),
    }),
  }),
  query("GetTotals", { payload: { filter: CellFilter }, success: PlayerTotals }),
  /** Oldest first. */
  query("GetDays", { payload: {}, success: Schema.Struct({ days: Schema.Array(DayResult) }) }),
) {}

export const HandPlayer = contract("hand_player", HandPlayerRpcs);

/** `winamax` and `Kai  Greene` → `winamax:Kai%20%20Greene`. */
export const handPlayerId = (site: string, name: string): string =>
  `${site}:${encodeURIComponent(name)}`;
