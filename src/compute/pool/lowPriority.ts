/**
 * Puts the calling thread behind all others: it computes when nobody else wants the core, so that bets wait for no equity.
 * Linux gives each thread its own priority, others have only the process's, which is left as it is.
 */
import { readlinkSync } from "node:fs";
import { constants, setPriority } from "node:os";

/** Ends in the number of the thread that reads it. */
const OWN_THREAD = "/proc/thread-self";

/** False where the system does not know of such a thing. */
export const lowPriority = (): boolean => {
  if (process.platform !== "linux") return false;
  try {
    const thread = Number(readlinkSync(OWN_THREAD).split("/").at(-1));
    setPriority(thread, constants.priority.PRIORITY_LOW);
    return true;
  } catch {
    // A sandbox without /proc, or one that forbids it: the thread works as any other.
    return false;
  }
};
