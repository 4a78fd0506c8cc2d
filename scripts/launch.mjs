// Installs and builds what is missing or out of date, then runs a built program. Plain Node, for on a fresh clone there is
// nothing else. package.json runs it by exec: the shell that npm puts between would not pass SIGTERM on.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { installIfStale, requireNode, root } from "./install.mjs";
import { build } from "./build.mjs";
import { NODE_FLAGS, runUntilExit } from "./server-process.mjs";

/** `program` is a file in dist/server/src; it gets this command's arguments. */
export const launch = (program) => {
  requireNode();
  installIfStale();
  try {
    build({ force: false });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const file = join(root, "dist/server/src", program);
  const args = [...NODE_FLAGS, file, ...process.argv.slice(2)];
  runUntilExit(spawn(process.execPath, args, { stdio: "inherit" }));
};
