/** What the system grants a process and what it takes, as Linux tells it; undefined elsewhere. */
import { readFileSync } from "node:fs";

const KIBIBYTE = 1024;

/** Memory of a process that is in RAM now, in bytes. What the kernel keeps for its sockets is not in it. */
export const residentBytes = (pid: number): number | undefined => {
  if (process.platform !== "linux") return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * KIBIBYTE;
};

/** How many files and sockets one process may have open: the hard limit, to which Node raises its own by itself. */
export const openFilesLimit = (): number | undefined => {
  if (process.platform !== "linux") return undefined;
  const limits = readFileSync("/proc/self/limits", "latin1");
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  return hard === undefined || hard === "unlimited" ? undefined : Number(hard);
};
