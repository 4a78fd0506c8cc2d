import { useCallback, useSyncExternalStore } from "react";
import type { Table, TableState } from "../app/Table.ts";
import { useTable } from "../app/useTable.ts";
import { screenFrames, seenPerFrame } from "./Frames.ts";
import type { Seen } from "./Frames.ts";

const seen = new WeakMap<Table, Seen<TableState>>();

/** A table's state as the room shows it: changed at most once an animation frame. */
export function seenOf(table: Table): Seen<TableState> {
  const known = seen.get(table);
  if (known !== undefined) return known;
  const made = seenPerFrame(table.store, screenFrames);
  seen.set(table, made);
  return made;
}

/** A part of the table's state; the component renders again, at most once a frame, when the part is another. */
export function useRoom<Part>(select: (state: TableState) => Part): Part {
  const { get, subscribe } = seenOf(useTable());
  return useSyncExternalStore(subscribe, () => select(get()));
}

/** The server's time in epoch milliseconds, in steps of `everyMs`; told in the same frame as everything else. */
export function useRoomNow(everyMs: number): number {
  const { serverNowMs } = useTable();
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(() => screenFrames.next(listener), everyMs);
      return () => clearInterval(timer);
    },
    [everyMs],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(serverNowMs() / everyMs) * everyMs);
}
