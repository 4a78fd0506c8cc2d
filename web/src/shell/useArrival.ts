/**
 * What a browser does when it comes to a new page, done for pages that are only drawn anew: the reading begins at the
 * page's beginning, for the eyes (scrolling) and for the keyboard and screen readers (focus on `#main`).
 */
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { pathIn } from "../app/useLocationHash.ts";

/** A page's code may still be on its way; who has not waited longer than this has gone elsewhere with the keyboard. */
const ARRIVAL_MS = 10_000;

export function useArrival(): void {
  const [location] = useLocation();
  const before = useRef(location);
  /** The page that back or forward led to, until one is there. */
  const backTo = useRef<string | null>(null);

  useEffect(() => {
    const mark = () => {
      backTo.current = pathIn(globalThis.location.hash);
    };
    addEventListener("popstate", mark);
    return () => removeEventListener("popstate", mark);
  }, []);

  useEffect(() => {
    if (before.current === location) return undefined;
    before.current = location;
    // Back and forward: the browser knows where one was reading.
    if (backTo.current !== location) scrollTo({ top: 0, behavior: "instant" });
    backTo.current = null;
    return arrive();
  }, [location]);
}

/** Focuses the page's main part, and again when its code comes later and takes its place. Returns how to stop. */
function arrive(): () => void {
  const focus = () => {
    // While a page's code is on its way, the page before it is still there, unseen.
    const mains = [...document.querySelectorAll<HTMLElement>("#main")];
    const main = mains.find((found) => found.checkVisibility());
    // A page may have put the focus where it is needed first.
    if (main?.contains(document.activeElement) === false) main.focus({ preventScroll: true });
  };
  focus();
  const watch = new MutationObserver(focus);
  watch.observe(document.body, { childList: true, subtree: true });
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
    removeEventListener("keydown", stop, true);
    removeEventListener("pointerdown", stop, true);
  };
  const timer = setTimeout(stop, ARRIVAL_MS);
  // From here on the focus is the player's.
  addEventListener("keydown", stop, true);
  addEventListener("pointerdown", stop, true);
  return stop;
}
