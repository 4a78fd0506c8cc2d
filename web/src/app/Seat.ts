/**
 * Whether someone sits at a table here: the session in the browser's storage and the table that is open for it, which
 * live and end together.
 */
import { forgetSession, keepSession, keptSession } from "../session/Session.ts";
import type { Session } from "../session/Session.ts";
import { createStore } from "./Store.ts";
import type { Store } from "./Store.ts";
import { openTable } from "./Table.ts";
import type { Table } from "./Table.ts";

export interface SeatState {
  /** Null at the door. */
  readonly table: Table | null;
  /** Why the player stands at the door again. */
  readonly notice: string | null;
}

export interface Seat {
  readonly store: Store<SeatState>;
  readonly take: (session: Session) => void;
  readonly leave: () => void;
}

/** Takes the seat that `storage` remembers, if any. */
export function openSeat(storage: Storage): Seat {
  const store = createStore<SeatState>({ table: null, notice: null });

  const give = (notice: string | null): void => {
    forgetSession(storage);
    store.get().table?.close();
    store.update(() => ({ table: null, notice }));
  };
  const sit = (session: Session): void => {
    store.get().table?.close();
    const table = openTable(session, () => give("Your seat has expired. Join again to play on."));
    store.update(() => ({ table, notice: null }));
  };
  const wake = (): void => {
    if (document.visibilityState === "visible") store.get().table?.wake();
  };

  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  const kept = keptSession(storage, Date.now());
  if (kept !== null) sit(kept);
  return {
    store,
    take: (session) => {
      keepSession(storage, session);
      sit(session);
    },
    leave: () => give(null),
  };
}
