/**
 * A player's state as its snapshot has it. One who has played many stakes has thousands of cells: each is a row without the
 * names of its fields, and what follows from the rest is left out.
 */
import { Schema } from "effect";
import { HandCurrency, HandGame, HandLimit, Position } from "../../rpc/hand.ts";
import { type Cell, Counts, Day, type DayResult } from "../../rpc/handStats.ts";
import { withCells } from "./parts.ts";
import { cellKey, dayKey, type HandPlayerState as State } from "./state.ts";

const CellRow = Schema.Tuple(
  HandCurrency,
  HandGame,
  HandLimit,
  Schema.String,
  Schema.Int,
  Schema.NullOr(Position),
  Counts,
);

/** Day, currency, hands, net, net by equity. */
const DayRow = Schema.Tuple(Day, HandCurrency, Schema.Int, Schema.Int, Schema.Int);

const Stored = Schema.Struct({
  countedTo: Schema.Int,
  firstAt: Schema.NullOr(Schema.Int),
  lastAt: Schema.NullOr(Schema.Int),
  hands: Schema.Int,
  cells: Schema.Array(CellRow),
  days: Schema.Array(DayRow),
});
type Stored = typeof Stored.Type;

const rowOf = (cell: Cell): typeof CellRow.Type => {
  const { counts, currency, game, limit, players, position, stakes } = cell;
  return [currency, game, limit, stakes, players, position, counts];
};

const cellOf = (row: typeof CellRow.Type): Cell => {
  const [currency, game, limit, stakes, players, position, counts] = row;
  return { currency, game, limit, stakes, players, position, counts };
};

const dayOf = ([day, currency, hands, net, evNet]: typeof DayRow.Type): DayResult => ({
  day,
  currency,
  hands,
  net,
  evNet,
});

const pack = ({ cells, days, parts: _, ...state }: State): Stored => ({
  ...state,
  cells: Array.from(cells.values(), rowOf),
  days: Array.from(
    days.values(),
    ({ currency, day, evNet, hands, net }) => [day, currency, hands, net, evNet] as const,
  ),
});

const unpack = (stored: Stored): State => {
  const cells = new Map(stored.cells.map(cellOf).map((cell) => [cellKey(cell), cell]));
  const days = new Map(stored.days.map(dayOf).map((day) => [dayKey(day), day]));
  return { ...stored, cells, days, parts: withCells(new Map(), cells.values()) };
};

const isState = (value: unknown): value is State =>
  typeof value === "object" && value !== null && "cells" in value && value.cells instanceof Map;

export const HandPlayerState = Schema.transform(Stored, Schema.declare(isState), {
  strict: true,
  decode: unpack,
  encode: pack,
});
