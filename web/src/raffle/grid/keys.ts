/** Where a key leads from a number of the grid. Pure. */
import type { Layout } from "./layout.ts";

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The number that the cursor comes to; null for a key that does not move it. It stays within the grid. */
export function moved(
  layout: Layout,
  cursor: number,
  { key, ctrlKey, metaKey, altKey }: KeyPress,
  rowsInView: number,
): number | null {
  const { columns, total } = layout;
  if (altKey) return null;
  const last = total - 1;
  const isFar = ctrlKey || metaKey;
  const column = cursor % columns;
  const page = Math.max(1, rowsInView - 1) * columns;
  /** Over so many whole rows, as far as there is a row with a number in this column. */
  const over = (by: number): number => {
    if (by < 0) return Math.max(column, cursor + by);
    const lowest = last - ((((last - column) % columns) + columns) % columns);
    return Math.max(cursor, Math.min(lowest, cursor + by));
  };
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, cursor - 1);
    case "ArrowRight":
      return Math.min(last, cursor + 1);
    case "ArrowUp":
      return over(-columns);
    case "ArrowDown":
      return over(columns);
    case "PageUp":
      return over(-page);
    case "PageDown":
      return over(page);
    case "Home":
      return isFar ? 0 : cursor - column;
    case "End":
      return isFar ? last : Math.min(last, cursor - column + columns - 1);
    default:
      return null;
  }
}
