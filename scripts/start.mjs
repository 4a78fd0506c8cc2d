// npm start: installs and builds what is missing or out of date, then runs the server. Plain Node, for on a fresh clone
// there is nothing else. package.json runs it by exec: the shell that npm puts between would not pass SIGTERM on.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { installIfStale, requireNode, root } from "./install.mjs";
import { build } from "./build.mjs";
import { NODE_FLAGS, runUntilExit } from "./server-process.mjs";

requireNode();
installIfStale();
try {
  build({ force: false });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
runUntilExit(
  spawn(
    process.execPath,
    [...NODE_FLAGS, join(root, "dist/server/src/main.js"), ...process.argv.slice(2)],
    {
      stdio: "inherit",
    },
  ),
);
