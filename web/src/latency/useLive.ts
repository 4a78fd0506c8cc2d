import { useEffect, useState } from "react";
import type { Desk } from "./Desk.ts";

/**
 * Renders the component again when something was measured, but at most every `everyMs`: what is measured comes faster
 * than anyone reads. Gives the time of this rendering, in epoch milliseconds.
 */
export function useLive(desk: Desk, everyMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = desk.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setNowMs(Date.now());
      }, everyMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [desk, everyMs]);
  return nowMs;
}
