import { useSyncExternalStore } from "react";
import { createStore } from "../app/Store.ts";
import type { Store } from "../app/Store.ts";
import type { Table } from "../app/Table.ts";
import { useTable } from "../app/useTable.ts";
import { seenOf } from "../room/useRoom.ts";
import { NO_TRAIL, withBoard } from "./OddsTrail.ts";
import type { OddsTrail } from "./OddsTrail.ts";

const trails = new WeakMap<Table, Store<OddsTrail>>();

/** The movement of the odds since the page came to the race; kept for as long as the table is open. */
export function useOddsTrail(): OddsTrail {
  const { get, subscribe } = trailOf(useTable());
  return useSyncExternalStore(subscribe, get);
}

/** Follows the table while anyone listens. */
function trailOf(table: Table): Pick<Store<OddsTrail>, "get" | "subscribe"> {
  const known = trails.get(table);
  if (known !== undefined) return known;
  const seen = seenOf(table);
  const store = createStore(NO_TRAIL);
  const follow = (): void => {
    const { lobby } = seen.get().lobby;
    if (lobby === null || lobby.phase !== "betting") return;
    const board = { atMs: performance.now(), odds: lobby.odds };
    store.update((trail) => withBoard(trail, lobby.race_id, board));
  };
  let listeners = 0;
  let stop = (): void => undefined;
  const followed: Store<OddsTrail> = {
    ...store,
    subscribe: (listener) => {
      const end = store.subscribe(listener);
      listeners += 1;
      if (listeners === 1) {
        stop = seen.subscribe(follow);
        follow();
      }
      return () => {
        end();
        listeners -= 1;
        if (listeners === 0) stop();
      };
    },
  };
  trails.set(table, followed);
  return followed;
}
