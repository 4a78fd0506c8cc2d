/**
 * What a chart shows, apart from how it is drawn: one row of x values and, for each series, a value or none at every one
 * of them. The drawing, the legend, the table and what a screen reader says are all made of this.
 */
export type SeriesColour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Series {
  readonly label: string;
  /** Which `--series-n` of the tokens. */
  readonly colour: SeriesColour;
  /** As many as the chart has x values; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly format: (value: number) => string;
  /** `points` joins its points by lines; `bars` stand on the axis; `area` is a filled line of many points. */
  readonly shape: "points" | "bars" | "area" | "line";
  readonly dashed?: boolean;
}

/** A line across the chart, at a value of x. */
export interface Mark {
  readonly at: number;
  readonly label: string;
  readonly colour: SeriesColour;
}

export interface ChartSpec {
  readonly x: {
    readonly label: string;
    /** Ascending. */
    readonly values: readonly number[];
    /** In the table, the legend and for screen readers. */
    readonly format: (value: number) => string;
    /** Below the axis, where there is little room; as `format` if left out. */
    readonly formatTick?: (value: number) => string;
    /** Where the axis is labelled, at most so often; evenly if left out. */
    readonly ticks?: (min: number, max: number, most: number) => readonly number[];
    /** From the first value to the last if left out. */
    readonly range?: readonly [number, number];
  };
  readonly y: {
    readonly label: string;
    /** Beside the axis; `decimals` are as many as tell its ticks apart. */
    readonly format: (value: number, decimals: number) => string;
    /** Places are read from the top. */
    readonly isReversed?: boolean;
    /** Of the values' least and greatest; with a margin if left out. */
    readonly range?: (min: number, max: number) => readonly [number, number];
    readonly ticks?: (min: number, max: number) => readonly number[];
  };
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
}

/** What stands at one x, as text: `14:05 – WebSocket: 3.2 ms, REST: 4.1 ms`. Series without a value are left out. */
export function readAt({ x, series }: ChartSpec, index: number): string {
  const at = x.values[index];
  if (at === undefined) return "";
  const said = series.flatMap(({ label, values, format }) => {
    const value = values[index];
    return value === undefined || value === null ? [] : [`${label}: ${format(value)}`];
  });
  return said.length === 0 ? x.format(at) : `${x.format(at)} – ${said.join(", ")}`;
}

/** Whether any series has any value: an empty frame of axes tells nothing. */
export function isEmpty({ series }: ChartSpec): boolean {
  return series.every(({ values }) => values.every((value) => value === null));
}
