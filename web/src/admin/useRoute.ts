import { useMemo, useSyncExternalStore } from "react";
import { hashOf, parseRoute } from "./route.ts";
import type { AdminRoute } from "./route.ts";

/** The route that the address says, now and whenever it changes. */
export function useRoute(): AdminRoute {
  const hash = useSyncExternalStore(onHashChange, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** `replace` leaves no step to go back to: for what changes with each key that is pressed. */
export function navigate(route: AdminRoute, how: "push" | "replace" = "push"): void {
  const hash = hashOf(route);
  if (hash === location.hash) return;
  if (how === "push") history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
  // Neither of them tells anyone.
  dispatchEvent(new HashChangeEvent("hashchange"));
}

function onHashChange(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
