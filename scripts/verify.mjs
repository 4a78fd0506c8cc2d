// Everything that must hold before a change lands, for people and for continuous integration alike.
// It installs what is missing, goes on after a failed check so that all failures are seen at once,
// and ends with the line "N passed, N failed": each check counts as one, each test as one.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installIfStale, requireNode, root } from "./install.mjs";

requireNode();
installIfStale();

const outcomes = [];
let passed = 0;
let failed = 0;

/** Runs one program of node_modules/.bin and returns whether it succeeded. */
const run = (name, command) => {
  console.log(`\n── ${name} ${"─".repeat(Math.max(2, 76 - name.length))}\n$ ${command.join(" ")}`);
  const [program, ...args] = command;
  const started = performance.now();
  const local = join(root, "node_modules/.bin", program);
  const { status, error } = spawnSync(existsSync(local) ? local : program, args, {
    cwd: root,
    stdio: "inherit",
    // A log file is for reading too.
    env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1" },
  });
  if (error !== undefined) console.error(error.message);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ok = status === 0;
  console.log(`${ok ? "ok" : "FAILED"}: ${name}, ${seconds} s`);
  outcomes.push({ name, ok, seconds });
  return ok;
};

const check = (name, command) => {
  if (run(name, command)) passed += 1;
  else failed += 1;
};

/** Runs vitest and counts its tests. A file that cannot be loaded and a skipped test are failures. */
const tests = () => {
  const folder = mkdtempSync(join(tmpdir(), "croupier-verify-"));
  const report = join(folder, "vitest.json");
  const ok = run("tests", [
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  if (existsSync(report)) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    const unrun = numPendingTests + numTodoTests;
    if (unrun > 0) console.log(`${unrun} tests were skipped; a skipped test proves nothing.`);
    passed += numPassedTests;
    failed += numFailedTests + unrun;
    if (!ok && numFailedTests + unrun === 0) failed += 1;
  } else failed += 1;
  rmSync(folder, { recursive: true, force: true });
};

const present = (folders) => folders.filter((folder) => existsSync(join(root, folder)));
const code = present(["rpc", "entities", "src", "sdk", "web", "test", "bench", "docs", "scripts"]);

check("types", ["tsc", "-p", "."]);
if (existsSync(join(root, "web/tsconfig.json")))
  check("types of the console", ["tsc", "-p", "web"]);
check("lint", ["oxlint", "--deny-warnings"]);
check("format", ["oxfmt", "--check"]);
// Before the imports are looked at: the console imports the kernel that the build makes.
check("build", ["node", "scripts/build.mjs"]);
check("import direction", ["depcruise", "--config", ".dependency-cruiser.cjs", ...code]);
check("dead code", ["knip"]);
tests();

console.log("\n── summary ────────────────────────────────────────────────────────────────────");
for (const { name, ok, seconds } of outcomes)
  console.log(`${ok ? "ok    " : "FAILED"} ${name.padEnd(24)} ${seconds.padStart(7)} s`);
console.log(`\n${passed} passed, ${failed} failed`);
// The exit code is set, not forced, so that a pipe gets the last line.
process.exitCode = failed === 0 ? 0 : 1;
