import { useEffect, useEffectEvent, useRef } from "react";
import { startPoll } from "./poll.ts";
import type { Poll } from "./poll.ts";

const after = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/**
 * Calls `ask` every `everyMs` while the page is in view, and at once when it is to ask about something else. Gives a
 * function that asks at once.
 */
export function usePoll(
  ask: (subject: string) => Promise<void>,
  everyMs: number,
  subject = "",
): () => void {
  const pollRef = useRef<Poll | null>(null);
  const latest = useEffectEvent(ask);
  useEffect(() => {
    const isVisible = () => !document.hidden;
    const poll = startPoll({ everyMs, ask: () => latest(subject), after, isVisible });
    pollRef.current = poll;
    document.addEventListener("visibilitychange", poll.now);
    return () => {
      document.removeEventListener("visibilitychange", poll.now);
      poll.stop();
    };
  }, [everyMs, subject]);
  return () => pollRef.current?.now();
}
