// `npm run fuzz -- --minutes 10 [--runs 20] [part of a path …]`: the property tests with cases that nobody has seen. Rounds
// of them, each with a new seed, until so many minutes have passed; within a round each pure test draws `--runs` times
// as many cases as in `npm test`. Says of each failure its seed and the least case that was found, and how to see it again;
// ends with 1 if there was any.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { installIfStale, requireNode, root } from "./install.mjs";

requireNode();
installIfStale();

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "5" },
    runs: { type: "string", default: "10" },
  },
});

const MAX_SEED = 2 ** 31 - 1;

const files = readdirSync(join(root, "test"), { recursive: true })
  .map((path) => join("test", path))
  .filter((path) => /\.(unit|property|int)\.tsx?$/.test(path))
  .filter((path) => /fast-check|FastCheck/.test(readFileSync(join(root, path), "utf8")))
  .filter((path) => positionals.length === 0 || positionals.some((part) => path.includes(part)));
if (files.length === 0) throw new Error(`No property tests in ${positionals.join(", ")}.`);

const report = join(mkdtempSync(join(tmpdir(), "croupier-fuzz-")), "vitest.json");

/** Runs all the files once; what failed, as text. */
const round = (seed) => {
  const { error, stderr } = spawnSync(
    join(root, "node_modules/.bin/vitest"),
    ["run", "--reporter=json", `--outputFile=${report}`, ...files],
    {
      cwd: root,
      env: { ...process.env, FAST_CHECK_SEED: String(seed), FAST_CHECK_TIMES: values.runs },
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  if (error !== undefined) throw error;
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const failures = testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ assertionResults, message, name }) => {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      const path = relative(root, name);
      // Without a failed test the file itself could not be loaded.
      if (failed.length === 0) return [failureText(path, "", message || stderr, seed)];
      return failed.map(({ failureMessages, fullName }) =>
        failureText(path, fullName, failureMessages[0] ?? "", seed),
      );
    });
  rmSync(report);
  return { passed: numPassedTests, failures };
};

const failureText = (path, test, message, roundSeed) => {
  const seed = /seed: (-?\d+)/.exec(message)?.[1] ?? roundSeed;
  return `FAILED: ${path} > ${test}\n${message}\nagain: FAST_CHECK_SEED=${seed} npx vitest run ${path}\n`;
};

const until = performance.now() + Number(values.minutes) * 60_000;
let failed = 0;
for (let rounds = 1; rounds === 1 || performance.now() < until; rounds++) {
  const seed = randomInt(MAX_SEED);
  const began = performance.now();
  const { failures, passed } = round(seed);
  for (const failure of failures) console.log(failure);
  failed += failures.length;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(
    `round ${rounds}, seed ${seed}: ${files.length} files, ${passed} tests passed, ${failures.length} failed, ${seconds} s`,
  );
}
process.exitCode = failed === 0 ? 0 : 1;
