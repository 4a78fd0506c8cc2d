/**
 * Hands of a player as the store has them, a row each, and the batches that are made of a range of them: added up by cell and
 * by day, as the counting job does it in SQL.
 */
import {
  type Cell,
  type CellKey,
  type Count,
  COUNTS,
  type DayResult,
} from "../../../rpc/handStats.ts";
import { cellKey, dayKey } from "../../../entities/handPlayer/state.ts";

export interface CountedHand {
  readonly seq: number;
  readonly playedAt: number;
  readonly cell: Cell;
}

export interface Batch {
  readonly from: number;
  readonly to: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly cells: ReadonlyArray<Cell>;
  readonly days: ReadonlyArray<DayResult>;
}

const dayOf = (playedAt: number) => new Date(playedAt).toISOString().slice(0, 10);

const count = (cell: Cell, name: Count) => cell.counts[COUNTS.indexOf(name)]!;

/** The hands numbered `from` to `to`; undefined when the player is in none of them. */
export const batchOf = (
  hands: ReadonlyArray<CountedHand>,
  from: number,
  to: number,
): Batch | undefined => {
  const counted = hands.filter(({ seq }) => seq >= from && seq <= to);
  if (counted.length === 0) return undefined;
  const cells = new Map<string, Cell>();
  const days = new Map<string, DayResult>();
  for (const { cell, playedAt } of counted) {
    const known = cells.get(cellKey(cell));
    const counts = known?.counts ?? COUNTS.map(() => 0);
    cells.set(cellKey(cell), { ...cell, counts: counts.map((one, n) => one + cell.counts[n]!) });
    const { currency } = cell;
    const day = dayOf(playedAt);
    const key = dayKey({ day, currency });
    const before = days.get(key) ?? { day, currency, hands: 0, net: 0, evNet: 0 };
    days.set(key, {
      ...before,
      hands: before.hands + 1,
      net: before.net + count(cell, "net"),
      evNet: before.evNet + count(cell, "evNet"),
    });
  }
  const times = counted.map(({ playedAt }) => playedAt);
  return {
    from,
    to,
    firstAt: times.reduce((a, b) => Math.min(a, b)),
    lastAt: times.reduce((a, b) => Math.max(a, b)),
    cells: [...cells.values()],
    days: [...days.values()],
  };
};

/** What one hand counts when the player folds, raises, or wins at showdown: enough to tell sums apart. */
const KINDS = {
  fold: { vpipChances: 1, pfrChances: 1 },
  raise: { vpip: 1, vpipChances: 1, pfr: 1, pfrChances: 1, threeBetChances: 1, threeBet: 1 },
  showdown: {
    vpip: 1,
    vpipChances: 1,
    pfrChances: 1,
    flopsSeen: 1,
    showdowns: 1,
    showdownsWon: 1,
    aggressive: 3,
    passive: 2,
  },
} as const satisfies Readonly<Record<string, Partial<Record<Count, number>>>>;
export type HandKind = keyof typeof KINDS;

const countsOf = (kind: HandKind): ReadonlyArray<number> => {
  const counts: Partial<Record<Count, number>> = { hands: 1, ...KINDS[kind] };
  return COUNTS.map((name) => counts[name] ?? 0);
};
const COUNTED = {
  fold: countsOf("fold"),
  raise: countsOf("raise"),
  showdown: countsOf("showdown"),
} as const;
const [NET, EV_NET] = [COUNTS.indexOf("net"), COUNTS.indexOf("evNet")];

export const cellOf = (
  key: CellKey,
  kind: HandKind,
  { evNet, net }: { readonly net: number; readonly evNet: number },
): Cell => {
  const counts = COUNTED[kind].slice();
  counts[NET] = net;
  counts[EV_NET] = evNet;
  return { ...key, counts };
};
