/** What can be done to a process from here, in words, and why not. */
import type { ProcessAction } from "../../../../rpc/http/admin.ts";
import type { Member } from "./ClusterState.ts";

export const ACTIONS: readonly ProcessAction[] = ["pause", "resume", "drain", "stop", "kill"];

export const ACTION_TEXTS: Readonly<
  Record<ProcessAction, { readonly label: string; readonly asked: string; readonly means: string }>
> = {
  pause: {
    label: "Pause",
    asked: "Pausing…",
    means: "SIGSTOP: it freezes where it stands. Its peers notice and take over its shards.",
  },
  resume: { label: "Resume", asked: "Resuming…", means: "SIGCONT: it goes on where it froze." },
  drain: {
    label: "Drain",
    asked: "Draining…",
    means: "It hands over its entities one by one, then ends.",
  },
  stop: {
    label: "Stop",
    asked: "Stopping…",
    means: "SIGTERM: it finishes what it has begun, hands over its shards and ends.",
  },
  kill: {
    label: "Kill",
    asked: "Killing…",
    means: "SIGKILL: it ends at once, in the middle of whatever it does, and tells nobody.",
  },
};

export const NOT_SUPERVISED =
  "Processes can be controlled from here when npm run cluster has started them.";

/** Why `action` cannot be ordered now; null if it can. */
export function blockerOf(
  action: ProcessAction,
  { process, goneMs }: Member,
  canSupervise: boolean,
): string | null {
  if (!canSupervise) return NOT_SUPERVISED;
  if (goneMs !== null) return "It has ended.";
  switch (action) {
    case "pause":
      return process.state === "silent" ? "It is silent already." : null;
    case "resume":
      return process.state === "silent" ? null : "It is not paused.";
    case "drain":
      if (process.state === "draining") return "It is draining already.";
      return process.state === "silent" ? "It hears nothing: resume it first." : null;
    case "stop":
    case "kill":
      return null;
  }
}

/** What cannot be taken back is asked about first, and what would take this page's server away. */
export function needsConfirmation(action: ProcessAction, { process }: Member): boolean {
  return action === "kill" || action === "stop" || (process.is_self && action !== "resume");
}
