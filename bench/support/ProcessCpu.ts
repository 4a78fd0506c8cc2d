import { readFileSync } from "node:fs";

/** Linux counts process times in hundredths of a second, on every architecture that Node runs on. */
const TICK_MS = 10;

/** CPU time that a process has used so far, in milliseconds; undefined where `/proc` does not tell. */
export const processCpuMs = (pid: number): number | undefined => {
  if (process.platform !== "linux") return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The second field is the program's name in parentheses and may contain anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};
