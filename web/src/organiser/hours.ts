/** Sales by the hour, as a chart has them: an hour without any stands at zero, as long as that leaves hours to be told apart. */
export interface HourRow {
  /** ISO-8601, the hour's beginning. */
  readonly hour: string;
  readonly numbers: number;
}

export interface Hour {
  readonly atMs: number;
  readonly numbers: number;
}

const HOUR_MS = 3_600_000;
/** A week. Over a longer time the hours without sales would be nearly all, and are left out. */
const MAX_FILLED_HOURS = 168;

/** Oldest first, whatever order the rows are in. */
export function hoursOf(rows: readonly HourRow[]): readonly Hour[] {
  const sold = new Map(rows.map(({ hour, numbers }) => [Date.parse(hour), numbers]));
  const known = [...sold.keys()].toSorted((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = Math.round((last - first) / HOUR_MS) + 1;
  const moments =
    span <= MAX_FILLED_HOURS
      ? Array.from({ length: span }, (_, index) => first + index * HOUR_MS)
      : known;
  return moments.map((atMs) => ({ atMs, numbers: sold.get(atMs) ?? 0 }));
}
