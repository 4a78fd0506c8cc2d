// npm run cluster -- 3: installs and builds what is missing or out of date, then runs several processes on one database.
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
    [...NODE_FLAGS, join(root, "dist/server/src/cluster.js"), ...process.argv.slice(2)],
    { stdio: "inherit" },
  ),
);
