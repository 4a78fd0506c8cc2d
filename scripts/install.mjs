// Brings node_modules in step with package-lock.json. Plain Node without imports from node_modules,
// for it runs before they exist.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

// The least release of Node 20 that has everything the dependencies use. uWebSockets.js ships one
// native library for each major version; those for 22 and later need a newer C library than 20's.
const LEAST_NODE = [20, 19];

/** Ends the process with one sentence when this Node is too old. */
export const requireNode = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  console.error(
    `Croupier needs Node ${LEAST_NODE.join(".")} or newer; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
};

const packages = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
};

/** True unless node_modules has every package of the lock file in its version, optional ones of other platforms aside. */
const stale = () => {
  // npm writes this list last, so an install that was cut short has none.
  const installed = packages(`${root}node_modules/.package-lock.json`);
  return Object.entries(packages(`${root}package-lock.json`)).some(
    ([path, { version, integrity, optional = false, devOptional = false }]) => {
      const found = installed[path];
      if (path === "" || (found === undefined && (optional || devOptional))) return false;
      return found?.version !== version || found?.integrity !== integrity;
    },
  );
};

/** Runs `npm ci` when node_modules is not what the lock file says. */
export const installIfStale = () => {
  if (!stale()) return;
  console.log("Installing the dependencies named by package-lock.json (npm ci) …");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
  if (npm.status === 0) return;
  console.error(`npm ci failed${npm.error === undefined ? "" : `: ${npm.error.message}`}.`);
  process.exit(npm.status ?? 1);
};
