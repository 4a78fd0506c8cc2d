import type { ServerFrame } from "../../../rpc/frames.ts";

/** Whether the race stands still where `freezeRace` holds it: what is cast from now on stays at work until it is released. */
export function isHeld(heard: readonly ServerFrame[]): boolean {
  const ticks = heard.flatMap((frame) =>
    frame.type === "STATE_SYNC" && frame.tick !== undefined ? [frame.tick] : [],
  );
  const [before, now] = ticks.slice(-2);
  return now !== undefined && now === before;
}
