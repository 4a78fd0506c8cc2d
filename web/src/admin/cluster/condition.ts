/** How a process does, in the words and tones that its card and its row share. */
import { NEWCOMER_MS } from "./ClusterState.ts";
import type { Member } from "./ClusterState.ts";

/** A turn of the event loop that lasts longer is felt by players; one of the second length moves entities away. */
const SLOW_LOOP_MS = 100;
const STUCK_LOOP_MS = 1_000;
/** A commit takes some milliseconds; one in a hundred above this is felt by players. */
const SLOW_COMMIT_MS = 100;

export type Condition = Member["process"]["state"] | "gone";
export type Tone = "bad" | "note" | null;

export function conditionOf({ process, goneMs }: Member): Condition {
  return goneMs === null ? process.state : "gone";
}

export function isNewcomer(member: Member, nowMs: number): boolean {
  const { joinedMs } = member;
  return conditionOf(member) === "up" && joinedMs !== null && nowMs - joinedMs < NEWCOMER_MS;
}

export const toneOf = {
  commit: (p99Ms: number): Tone => (p99Ms > SLOW_COMMIT_MS ? "note" : null),
  loop: (delayMs: number): Tone =>
    delayMs > STUCK_LOOP_MS ? "bad" : delayMs > SLOW_LOOP_MS ? "note" : null,
} as const;
