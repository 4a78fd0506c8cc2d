/**
 * What a player of recorded hands remembers: sums by cell, and results by day. A change copies the maps, which costs less than
 * reading persistent ones would cost each answer: there are many answers to a change.
 */
import type { Cell, CellKey, DayResult } from "../../rpc/handStats.ts";
import type { HandPlayerEvent } from "./events.ts";
import { type Parts, sum, withCells } from "./parts.ts";

export interface HandPlayerState {
  /** Hands numbered up to this are counted, and none above. */
  readonly countedTo: number;
  /** Null before the first hand. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly hands: number;
  /** By `cellKey`. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** Follow from the cells. */
  readonly parts: Parts;
  /** By `dayKey`. */
  readonly days: ReadonlyMap<string, DayResult>;
}

export const initial: HandPlayerState = {
  countedTo: 0,
  firstAt: null,
  lastAt: null,
  hands: 0,
  cells: new Map(),
  parts: new Map(),
  days: new Map(),
};

/** The stakes come last: they are the only part that is free text. */
export const cellKey = ({ currency, game, limit, players, position, stakes }: CellKey): string =>
  `${currency} ${game} ${limit} ${players} ${position} ${stakes}`;

export const dayKey = ({ currency, day }: Pick<DayResult, "currency" | "day">): string =>
  `${day} ${currency}`;

const HANDS = 0;

const addCells = (known: HandPlayerState["cells"], added: ReadonlyArray<Cell>) => {
  const cells = new Map(known);
  for (const cell of added) {
    const key = cellKey(cell);
    const before = cells.get(key);
    cells.set(key, before ? { ...cell, counts: sum(before.counts, cell.counts) } : cell);
  }
  return cells;
};

const addDays = (known: HandPlayerState["days"], added: ReadonlyArray<DayResult>) => {
  const days = new Map(known);
  for (const day of added) {
    const key = dayKey(day);
    const { evNet, hands, net } = days.get(key) ?? { hands: 0, net: 0, evNet: 0 };
    days.set(key, {
      ...day,
      hands: hands + day.hands,
      net: net + day.net,
      evNet: evNet + day.evNet,
    });
  }
  return days;
};

export const evolve = (state: HandPlayerState, event: HandPlayerEvent): HandPlayerState => ({
  countedTo: event.to,
  firstAt: Math.min(state.firstAt ?? event.firstAt, event.firstAt),
  lastAt: Math.max(state.lastAt ?? event.lastAt, event.lastAt),
  hands: event.cells.reduce((total, { counts }) => total + counts[HANDS]!, state.hands),
  cells: addCells(state.cells, event.cells),
  parts: withCells(state.parts, event.cells),
  days: addDays(state.days, event.days),
});
