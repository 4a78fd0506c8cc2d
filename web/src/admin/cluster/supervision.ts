/** What can be done to a process from here, in words, and why not. */
import type { ProcessAction } from "../../../../rpc/http/admin.ts";
import { saying } from "../texts/AdminText.ts";
import type { AdminKey, Saying } from "../texts/AdminText.ts";
import type { Member } from "./ClusterState.ts";

export const ACTIONS: readonly ProcessAction[] = ["pause", "resume", "drain", "stop", "kill"];

/** What is being done, and what it does. */
export const ACTION_TEXTS = {
  pause: { asked: "supervision.pausing", means: "supervision.pauseMeans" },
  resume: { asked: "supervision.resuming", means: "supervision.resumeMeans" },
  drain: { asked: "supervision.draining", means: "supervision.drainMeans" },
  stop: { asked: "supervision.stopping", means: "supervision.stopMeans" },
  kill: { asked: "supervision.killing", means: "supervision.killMeans" },
} as const satisfies Readonly<
  Record<ProcessAction, { readonly asked: AdminKey; readonly means: AdminKey }>
>;

const NOT_SUPERVISED = saying("cluster.notSupervised");

/** Why `action` cannot be ordered now; null if it can. */
export function blockerOf(
  action: ProcessAction,
  { process, goneMs }: Member,
  canSupervise: boolean,
): Saying | null {
  if (!canSupervise) return NOT_SUPERVISED;
  if (goneMs !== null) return saying("supervision.ended");
  switch (action) {
    case "pause":
      return process.state === "silent" ? saying("supervision.silentAlready") : null;
    case "resume":
      return process.state === "silent" ? null : saying("supervision.notPaused");
    case "drain":
      if (process.state === "draining") return saying("supervision.drainingAlready");
      return process.state === "silent" ? saying("supervision.hearsNothing") : null;
    case "stop":
    case "kill":
      return null;
  }
}

/** What cannot be taken back is asked about first, and what would take this page's server away. */
export function needsConfirmation(action: ProcessAction, { process }: Member): boolean {
  return action === "kill" || action === "stop" || (process.is_self && action !== "resume");
}
