// Compiles the equity kernel, src/compute/kernel/wasm (AssemblyScript), to dist/compute/kernel.wasm.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./install.mjs";

const SOURCES = join(root, "src/compute/kernel/wasm");
const KERNEL = join(root, "dist/compute/kernel.wasm");

const isStale = () => {
  if (!existsSync(KERNEL)) return true;
  const built = statSync(KERNEL).mtimeMs;
  return readdirSync(SOURCES).some((name) => statSync(join(SOURCES, name)).mtimeMs > built);
};

/** Compiles the kernel unless it is newer than its sources; in any case with `force`. */
export const buildKernel = ({ force }) => {
  if (!force && !isStale()) return;
  console.log("Building the kernel …");
  mkdirSync(dirname(KERNEL), { recursive: true });
  // Under another name first: several processes may build at once, and none may load half a file.
  const draft = `${KERNEL}.${process.pid}`;
  const { status } = spawnSync(
    join(root, "node_modules/.bin/asc"),
    [
      join(SOURCES, "index.ts"),
      ["--outFile", draft],
      ["--enable", "simd"],
      // Nothing is allocated, so there is no heap and nothing to collect.
      ["--runtime", "stub"],
      // There is nobody to tell of an abort, and addresses are not checked.
      ["--use", "abort="],
      "--noAssert",
      "-O3",
    ].flat(),
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) throw new Error("The kernel build failed.");
  renameSync(draft, KERNEL);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    buildKernel({ force: true });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
