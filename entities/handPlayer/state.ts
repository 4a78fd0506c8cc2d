/** What a player of recorded hands remembers: sums by cell, and results by day. */
import { HashMap } from "effect";
import type { Cell, CellKey, Counts, DayResult } from "../../rpc/handStats.ts";
import type { HandPlayerEvent } from "./events.ts";

export interface HandPlayerState {
  /** Hands numbered up to this are counted, and none above. */
  readonly countedTo: number;
  /** Null before the first hand. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly hands: number;
  /** By `cellKey`. */
  readonly cells: HashMap.HashMap<string, Cell>;
  /** By `dayKey`. */
  readonly days: HashMap.HashMap<string, DayResult>;
}

export const initial: HandPlayerState = {
  countedTo: 0,
  firstAt: null,
  lastAt: null,
  hands: 0,
  cells: HashMap.empty(),
  days: HashMap.empty(),
};

/** The stakes come last: they are the only part that is free text. */
export const cellKey = ({ currency, game, limit, players, position, stakes }: CellKey): string =>
  `${currency} ${game} ${limit} ${players} ${position} ${stakes}`;

export const dayKey = ({ currency, day }: Pick<DayResult, "currency" | "day">): string =>
  `${day} ${currency}`;

const HANDS = 0;

const sum = (a: Counts, b: Counts): Counts => a.map((count, n) => count + b[n]!);

const withCell = (cells: HandPlayerState["cells"], cell: Cell) => {
  const key = cellKey(cell);
  const known = HashMap.get(cells, key);
  const counts = known._tag === "Some" ? sum(known.value.counts, cell.counts) : cell.counts;
  return HashMap.set(cells, key, { ...cell, counts });
};

const withDay = (days: HandPlayerState["days"], day: DayResult) => {
  const key = dayKey(day);
  const known = HashMap.get(days, key);
  if (known._tag === "None") return HashMap.set(days, key, day);
  const { evNet, hands, net } = known.value;
  return HashMap.set(days, key, {
    ...day,
    hands: hands + day.hands,
    net: net + day.net,
    evNet: evNet + day.evNet,
  });
};

export const evolve = (state: HandPlayerState, event: HandPlayerEvent): HandPlayerState => ({
  countedTo: event.to,
  firstAt: Math.min(state.firstAt ?? event.firstAt, event.firstAt),
  lastAt: Math.max(state.lastAt ?? event.lastAt, event.lastAt),
  hands: event.cells.reduce((total, { counts }) => total + counts[HANDS]!, state.hands),
  cells: event.cells.reduce(withCell, state.cells),
  days: event.days.reduce(withDay, state.days),
});
