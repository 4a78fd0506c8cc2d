// npm run dev: the server from its sources, started again when one changes, and the console built again when it does.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installIfStale, requireNode, root } from "./install.mjs";
import { buildKernel } from "./kernel.mjs";
import { NODE_FLAGS, runUntilExit } from "./server-process.mjs";

requireNode();
installIfStale();
buildKernel({ force: false });

const program = (name) => join(root, "node_modules/.bin", name);
const options = { cwd: root, stdio: "inherit" };

if (existsSync(join(root, "web/index.html"))) {
  const web = join(root, "dist/web");
  const args = ["build", "web", "--watch", "--outDir", web, "--emptyOutDir", "--logLevel", "warn"];
  const console = spawn(program("vite"), args, options);
  process.on("exit", () => console.kill());
}
// tsx leaves the screen and its history alone, and gives the server time to drain before it starts the next one.
runUntilExit(
  spawn(program("tsx"), ["watch", "--clear-screen=false", ...NODE_FLAGS, "src/main.ts"], options),
);
