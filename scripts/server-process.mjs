// The server as a child process: its flags, and how signals and exit codes pass between it and us.
import { constants } from "node:os";

export const NODE_FLAGS = ["--enable-source-maps"];

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
