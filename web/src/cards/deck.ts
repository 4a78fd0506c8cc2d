/** How cards are coloured: in two colours, or in four, so that no flush is overlooked. One choice for this browser. */
import { useSyncExternalStore } from "react";
import { createStore } from "../app/Store.ts";

const STORAGE_KEY = "croupier.fourColours";
const YES = "yes";

const store = createStore<{ readonly hasFourColours: boolean }>({
  hasFourColours: localStorage.getItem(STORAGE_KEY) === YES,
});

export function useDeck(): {
  readonly hasFourColours: boolean;
  readonly choose: (hasFourColours: boolean) => void;
} {
  return { ...useSyncExternalStore(store.subscribe, store.get), choose };
}

function choose(hasFourColours: boolean): void {
  if (hasFourColours) localStorage.setItem(STORAGE_KEY, YES);
  else localStorage.removeItem(STORAGE_KEY);
  store.update(() => ({ hasFourColours }));
}
