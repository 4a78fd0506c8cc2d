/**
 * Where each number of a raffle has its place in the grid. Numbers run in rows, as one reads; a row fills the width, and
 * edges lie on whole pixels, so that neither lines nor digits are blurred. Pure.
 */

/** How near the numbers are looked at. From `far` one sees where there is room, and comes nearer to pick. */
export const ZOOMS = ["far", "small", "normal", "large"] as const;
export type Zoom = (typeof ZOOMS)[number];

export interface Layout {
  readonly total: number;
  readonly columns: number;
  readonly rows: number;
  /** CSS pixels, whole. */
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  /** Of the digits; null when they could not be read at this size. */
  readonly fontPx: number | null;
  /** Of a number's digits, with leading zeros. */
  readonly digits: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly rowHeight: number;
  readonly fontPx: number | null;
  /** Beside the digits, for the cell's edges and signs. */
  readonly paddingPx: number;
}

const SIZES: Readonly<Record<Zoom, Size>> = {
  far: { rowHeight: 10, fontPx: null, paddingPx: 10 },
  small: { rowHeight: 32, fontPx: 12, paddingPx: 10 },
  // As high as anything that is to be pressed.
  normal: { rowHeight: 44, fontPx: 14, paddingPx: 12 },
  large: { rowHeight: 60, fontPx: 19, paddingPx: 24 },
};

/** Digits are all of one width in every font of the page, about this share of their size. */
const DIGIT_WIDTH = 0.62;
/** Rows of so many numbers are the easiest to find one's way in. */
const ROUND_COLUMNS = [100, 50, 40, 30, 25, 20, 10] as const;
/** A few numbers do not make one long row on a wide screen, but a field; it has at least so many columns where they fit. */
const FEWEST_COLUMNS = 10;
/** A round count of columns is taken if it costs no more of those that would fit. */
const MAX_LOSS = 0.25;

export const digitsOf = (total: number): number => String(Math.max(0, total - 1)).length;

/** As on a ticket: all numbers of a raffle with as many digits as its last has. */
export const numberText = (number: number, total: number): string =>
  String(number).padStart(digitsOf(total), "0");

export function layoutOf(options: {
  readonly total: number;
  readonly width: number;
  readonly zoom: Zoom;
}): Layout {
  const { total, zoom } = options;
  const width = Math.max(1, Math.floor(options.width));
  const { fontPx, paddingPx, rowHeight } = SIZES[zoom];
  const digits = digitsOf(total);
  const leastWidth = paddingPx + (fontPx === null ? 0 : digits * fontPx * DIGIT_WIDTH);
  const most = fontPx === null ? total : Math.max(FEWEST_COLUMNS, 2 * Math.sqrt(total));
  const fitting = Math.max(1, Math.floor(Math.min(width / leastWidth, most)));
  const round = ROUND_COLUMNS.find((columns) => columns <= fitting);
  const isCheap = round !== undefined && round >= fitting * (1 - MAX_LOSS);
  const columns = isCheap ? round : fitting;
  const rows = Math.ceil(total / columns);
  return { total, columns, rows, width, height: rows * rowHeight, rowHeight, fontPx, digits };
}

const edge = ({ columns, width }: Layout, column: number): number =>
  Math.round((column * width) / columns);

export const rowOf = ({ columns }: Layout, number: number): number => Math.floor(number / columns);

export function boxOf(layout: Layout, number: number): Box {
  const column = number % layout.columns;
  const x = edge(layout, column);
  return {
    x,
    y: rowOf(layout, number) * layout.rowHeight,
    width: edge(layout, column + 1) - x,
    height: layout.rowHeight,
  };
}

/** The number at a point of the grid; null where there is none. */
export function numberAt(layout: Layout, x: number, y: number): number | null {
  if (x < 0 || y < 0 || x >= layout.width || y >= layout.height) return null;
  const near = Math.floor((x * layout.columns) / layout.width);
  // Edges were moved to whole pixels, by less than one.
  const column =
    x < edge(layout, near)
      ? near - 1
      : near + 1 < layout.columns && x >= edge(layout, near + 1)
        ? near + 1
        : near;
  const number = Math.floor(y / layout.rowHeight) * layout.columns + column;
  return number < layout.total ? number : null;
}

/** The numbers under a straight line between two points, in its order: what a quick pointer passed between two of its events. */
export function numbersAlong(
  layout: Layout,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): readonly number[] {
  const step = Math.max(1, Math.min(layout.rowHeight, layout.width / layout.columns) / 3);
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step);
  const passed = new Set<number>();
  for (let at = 0; at <= steps; at += 1) {
    const share = steps === 0 ? 1 : at / steps;
    const number = numberAt(
      layout,
      from.x + (to.x - from.x) * share,
      from.y + (to.y - from.y) * share,
    );
    if (number !== null) passed.add(number);
  }
  return [...passed];
}
