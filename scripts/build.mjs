// Builds what `npm start` runs: the equity kernel to dist/compute, which both others load, the server
// (its programs in a few files, and the migrations) to dist/server and the console to dist/web.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./install.mjs";
import { buildKernel } from "./kernel.mjs";

const SERVER_SOURCES = ["rpc", "entities", "src", "migrations", "scripts/server.vite.ts"];
const WEB_SOURCES = [
  "web",
  "sdk",
  "rpc",
  "entities/lobby/race",
  "entities/raffle/draw",
  "src/compute",
];

/** The modification time of the newest file below `paths`, in ms since the epoch; 0 when none exists. */
const newestMs = (paths) => {
  let newest = 0;
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    // A folder's own time tells of files removed from it.
    newest = Math.max(newest, stat.mtimeMs);
    if (stat.isDirectory())
      newest = Math.max(newest, newestMs(readdirSync(path).map((name) => join(path, name))));
  }
  return newest;
};

const run = (name, program, args) => {
  const { status } = spawnSync(join(root, "node_modules/.bin", program), args, {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`The ${name} build failed.`);
};

/** Builds `name` unless the stamp of its last whole build is newer than every source. */
const buildIfStale = (name, { sources, output, force, build }) => {
  const stamp = join(output, ".built");
  const shared = ["package-lock.json"];
  const paths = [...sources, ...shared].map((path) => join(root, path));
  // Taken before the build: a source edited while it runs is newer than this.
  const startedAt = new Date();
  if (!force && (statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= newestMs(paths))
    return;
  console.log(`Building the ${name} …`);
  rmSync(output, { recursive: true, force: true });
  build();
  writeFileSync(stamp, startedAt.toISOString());
  utimesSync(stamp, startedAt, startedAt);
};

/** Builds the parts whose sources changed since their last build; all of them with `force`. */
export const build = ({ force }) => {
  buildKernel({ force });
  const server = join(root, "dist/server");
  buildIfStale("server", {
    sources: SERVER_SOURCES,
    output: server,
    force,
    build: () => {
      const config = join(root, "scripts/server.vite.ts");
      run("server", "vite", ["build", "--config", config, "--logLevel", "warn"]);
      cpSync(join(root, "migrations"), join(server, "migrations"), { recursive: true });
    },
  });
  if (!existsSync(join(root, "web/index.html"))) return;
  const web = join(root, "dist/web");
  buildIfStale("console", {
    sources: WEB_SOURCES,
    output: web,
    force,
    build: () =>
      run("console", "vite", [
        "build",
        "web",
        "--outDir",
        web,
        "--emptyOutDir",
        "--logLevel",
        "warn",
      ]),
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    build({ force: true });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
