import { useEffect } from "react";

/** Calls it every so often while the page is seen; null rests. */
export function useEvery(everyMs: number | null, call: () => void): void {
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") call();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, call]);
}
