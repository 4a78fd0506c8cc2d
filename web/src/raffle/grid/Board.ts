/**
 * What every number of a raffle looks like at the moment: its status for everyone, and what it is to the player. It is
 * changed in place, for a hundred thousand are shown and a few change at a time; whoever paints is told which.
 */
import type { NumberGrid, NumberStatus } from "../../../../sdk/src/index.ts";

export const FREE = 0;
/** Of somebody else's reservation. */
export const RESERVED = 1;
export const SOLD = 2;
/** Picked here; nobody else knows. */
export const PICKED = 3;
/** In the player's reservation. */
export const HELD = 4;
/** Bought by the player. */
export const BOUGHT = 5;

export type Look =
  | typeof FREE
  | typeof RESERVED
  | typeof SOLD
  | typeof PICKED
  | typeof HELD
  | typeof BOUGHT;

/** In the order of the legend: what can be had, what one has, what others have. */
export const LOOKS: readonly Look[] = [FREE, PICKED, HELD, BOUGHT, RESERVED, SOLD];

const LOOK_OF: Readonly<Record<NumberStatus, Look>> = {
  available: FREE,
  reserved: RESERVED,
  sold: SOLD,
};

/** A number is of the player's whatever its status: one that is being reserved is shown so at once. */
export interface OwnNumbers {
  readonly picked: readonly number[];
  readonly held: readonly number[];
  readonly bought: readonly number[];
}

export interface BoardChange {
  /** That look otherwise now. */
  readonly numbers: readonly number[];
  /** It happened to the raffle. Picks are no news, nor is what the first grid says. */
  readonly isNews: boolean;
}

export interface Board {
  readonly total: number;
  readonly lookOf: (number: number) => Look;
  /** For everyone, whether it is picked here or not. */
  readonly isFree: (number: number) => boolean;
  /** Ascending. */
  readonly free: () => readonly number[];
  /** How many look so. */
  readonly count: (look: Look) => number;
  readonly showGrid: (grid: NumberGrid) => void;
  readonly showOwn: (own: OwnNumbers) => void;
  readonly subscribe: (listener: (change: BoardChange) => void) => () => void;
}

export function createBoard(total: number): Board {
  const looks = new Uint8Array(total);
  const counts = LOOKS.map((look) => (look === FREE ? total : 0));
  const listeners = new Set<(change: BoardChange) => void>();
  let own = new Map<number, Look>();
  let grid: NumberGrid | null = null;

  const statusOf = (number: number): NumberStatus => grid?.status(number) ?? "available";
  /** Whether it looks otherwise now. */
  const refresh = (number: number): boolean => {
    if (number >= total) return false;
    const look = own.get(number) ?? LOOK_OF[statusOf(number)];
    const before = looks[number] as Look;
    if (look === before) return false;
    looks[number] = look;
    counts[before] = (counts[before] ?? 0) - 1;
    counts[look] = (counts[look] ?? 0) + 1;
    return true;
  };
  const tell = (change: BoardChange): void => {
    if (change.numbers.length === 0) return;
    for (const listener of listeners) listener(change);
  };

  return {
    total,
    lookOf: (number) => looks[number] as Look,
    isFree: (number) => number < total && statusOf(number) === "available",
    free: () => {
      const free: number[] = [];
      for (let number = 0; number < total; number += 1) {
        if (statusOf(number) === "available") free.push(number);
      }
      return free;
    },
    count: (look) => counts[look] ?? 0,
    showGrid: (next) => {
      const isNews = grid !== null;
      const touched = next.changedSince(grid);
      grid = next;
      tell({ numbers: touched.filter(refresh), isNews });
    },
    showOwn: ({ bought, held, picked }) => {
      const next = new Map<number, Look>();
      for (const number of picked) next.set(number, PICKED);
      for (const number of held) next.set(number, HELD);
      for (const number of bought) next.set(number, BOUGHT);
      const touched = new Set([...own.keys(), ...next.keys()]);
      own = next;
      tell({ numbers: [...touched].filter(refresh), isNews: false });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
