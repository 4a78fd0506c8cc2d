/**
 * Statistics of a part of a player's hands, counted from the rows of the hands themselves. The answer is in the form in which
 * a `HandPlayer` entity keeps the whole, and of the whole it is the same.
 */
import type { HandSite } from "../../../rpc/hand.ts";
import type { CellFilter } from "../../../rpc/handPlayer.ts";
import type { Cell, DayResult } from "../../../rpc/handStats.ts";

export interface StatsQuestion {
  readonly site: HandSite;
  /** As the site writes the name. */
  readonly player: string;
  readonly filter: CellFilter;
  /** `YYYY-MM-DD`, UTC, both included; undefined is open. A hand belongs to the day on which it was played. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface StatsSums {
  /** One for each key that has hands, in any order. */
  readonly cells: ReadonlyArray<Cell>;
  /** Oldest first, then by currency. */
  readonly days: ReadonlyArray<DayResult>;
}

export interface FilteredStats {
  readonly ask: (question: StatsQuestion) => Promise<StatsSums>;
}

const MS_PER_DAY = 86_400_000;

/** Midnight at the beginning of a day, epoch milliseconds. A day that no month has is so many after the month's first. */
const dayStart = (day: string): number => {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return Date.UTC(year, month - 1, date);
};

/** The times that a question is about: from the first, before the last. */
export const timesOf = ({
  from,
  to,
}: Pick<StatsQuestion, "from" | "to">): { readonly fromMs: number; readonly beforeMs: number } => ({
  fromMs: from === undefined ? 0 : dayStart(from),
  beforeMs: to === undefined ? Number.MAX_SAFE_INTEGER : dayStart(to) + MS_PER_DAY,
});
