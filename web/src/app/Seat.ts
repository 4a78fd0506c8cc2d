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
  /** Why the player stands at the door again; null when there is nothing to say. */
  readonly notice: "expired" | null;
}

export interface Seat {
  readonly store: Store<SeatState>;
  readonly take: (session: Session) => void;
  /** Moves to another lobby's table; nothing happens at the one that is open. */
  readonly sitAt: (lobbyId: string) => void;
  readonly leave: () => void;
}

/** Takes the seat that `storage` remembers, if any. */
export function openSeat(storage: Storage): Seat {
  const store = createStore<SeatState>({ table: null, notice: null });

  const give = (notice: SeatState["notice"]): void => {
    forgetSession(storage);
    store.get().table?.close();
    store.update(() => ({ table: null, notice }));
  };
  const sit = (session: Session): void => {
    store.get().table?.close();
    const table = openTable(session, () => give("expired"));
    store.update(() => ({ table, notice: null }));
  };
  const take = (session: Session): void => {
    keepSession(storage, session);
    sit(session);
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
    take,
    sitAt: (lobbyId) => {
      const session = store.get().table?.session;
      if (session !== undefined && session.lobbyId !== lobbyId) take({ ...session, lobbyId });
    },
    leave: () => give(null),
  };
}
