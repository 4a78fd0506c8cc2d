// The server as a child process: its flags, and how signals and exit codes pass between it and us.
import { constants } from "node:os";

export const NODE_FLAGS = [
  "--enable-source-maps",
  // Most objects live as long as one request and die before they are ever copied if the young generation is large. At
  // 64 MB it is no faster than at 32, and its collections are long enough to be felt (p99 of a bet 20 ms instead of 13).
  "--max-semi-space-size=32",
];

/**
 * Ends this process as `child` ends. SIGTERM goes to this process alone and is passed on. So is SIGINT, but not from a
 * terminal: Ctrl-C there reaches the whole process group, the child included. Each is passed on once, for npm and service
 * managers signal whole groups as well.
 */
export const runUntilExit = (child) => {
  const passedOn = new Set();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      if (passedOn.has(signal) || (signal === "SIGINT" && process.stdin.isTTY)) return;
      passedOn.add(signal);
      child.kill(signal);
    });
  child.once("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once("exit", (code, signal) => {
    process.exit(signal === null ? code : 128 + constants.signals[signal]);
  });
};
