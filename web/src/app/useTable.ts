import { createContext, useContext, useSyncExternalStore } from "react";
import type { Table, TableState } from "./Table.ts";

/** The table that is open; null at the door. */
export const TableContext = createContext<Table | null>(null);

/** The table that the page is a view of, for pages that are shown to who has a seat. */
export function useTable(): Table {
  const table = useContext(TableContext);
  if (table === null) throw new Error("No table is open here.");
  return table;
}

/** A part of the table's state; the component renders again when the part is another value or object. */
export function useTableState<Part>(select: (state: TableState) => Part): Part {
  const { store } = useTable();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
