/**
 * The router's location: the hash's path. A query behind it (`#/races/r_1?t=12.3`) is the page's own matter, read with
 * `useHashQuery`; to the router an address with one is the same page.
 */
import { useMemo, useSyncExternalStore } from "react";
import type { useHashLocation } from "wouter/use-hash-location";

type Navigate = ReturnType<typeof useHashLocation>[1];

/** `#/races/r_1?t=12.3` is at `/races/r_1`. */
export const pathIn = (hash: string): string => `/${partsOf(hash)[0].replace(/^#?\/?/, "")}`;

export const queryIn = (hash: string): URLSearchParams => new URLSearchParams(partsOf(hash)[1]);

function partsOf(hash: string): readonly [path: string, query: string] {
  const at = hash.indexOf("?");
  return at === -1 ? [hash, ""] : [hash.slice(0, at), hash.slice(at + 1)];
}

export const useLocationHash = Object.assign(
  (): [string, Navigate] => [useSyncExternalStore(onHashChange, () => pathIn(location.hash)), go],
  { hrefs: (href: string) => `#${href}` },
);

/** What the page's address asks for. */
export function useHashQuery(): URLSearchParams {
  const hash = useSyncExternalStore(onHashChange, () => location.hash);
  return useMemo(() => queryIn(hash), [hash]);
}

/** The router's own would move a query out of the hash, before it. */
const go: Navigate = (to, { state = null, replace = false } = {}) => {
  const oldURL = location.href;
  const hash = `#${to}`;
  if (replace) history.replaceState(state, "", hash);
  else history.pushState(state, "", hash);
  // Neither of them tells anyone.
  dispatchEvent(new HashChangeEvent("hashchange", { oldURL, newURL: location.href }));
};

function onHashChange(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
