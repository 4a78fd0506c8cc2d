/**
 * Whether the server is out of reach, for who has no connection that would tell. A device knows when it has no network at
 * all; that the server does not answer shows only when it is asked, so who asks tells here.
 */
import { useSyncExternalStore } from "react";
import { createStore } from "../app/Store.ts";

const reach = createStore({ isReached: true });

/** How the last question to the server went: whether there was any answer. */
export function tellReached(isReached: boolean): void {
  reach.update((state) => (state.isReached === isReached ? state : { isReached }));
}

export function useIsOffline(): boolean {
  return useSyncExternalStore(subscribe, () => !navigator.onLine || !reach.get().isReached);
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  const stop = reach.subscribe(listener);
  return () => {
    stop();
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
