import { defineConfig } from "vitest/config";

/** Tests that reach nothing outside their process. The kind of a test is in its file's name. */
const PURE = ["test/**/*.{unit,property}.ts"];

/**
 * Tests that start several processes and let them die measure how long the others take: they run one after another, when
 * the rest has ended.
 */
const CROWDED = [
  "test/chaos/**/*.chaos.ts",
  "test/cluster/{failover,topics,computeFailover}.int.ts",
];

/** Browsers, and clients by the dozen, take all the CPU there is: they must not slow down tests that watch a clock. */
const BUSY = ["test/**/*.e2e.ts", "test/sdk/reconnect.int.ts"];

export default defineConfig({
  test: {
    // Processes, since native add-ons (uWebSockets.js, argon2) and signals are part of what is tested.
    pool: "forks",
    // One more than the smallest machine has cores, for tests that start processes mostly wait. Those that measure time allow
    // for the others (`test/support/slowdown.ts`) or stand in `CROWDED`.
    poolOptions: {
      forks: { maxForks: 3, minForks: 1 },
      // Pure tests leave nothing behind: two hundred files need not each load everything anew.
      threads: { maxThreads: 2, minThreads: 1, isolate: false },
    },
    // They find what hangs, and measure nothing. Shorter is `test/support/patience.ts`, with which a test waits for an event
    // and says for which it waited in vain.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    teardownTimeout: 30_000,
    // A forgotten `.only` would hide every other test.
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: PURE,
          pool: "threads",
          globalSetup: ["test/support/BuiltKernel.ts"],
          setupFiles: ["test/support/fixedSeed.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: ["test/**/*.{int,sim}.ts"],
          exclude: [...CROWDED, ...BUSY],
          globalSetup: ["test/support/BuiltKernel.ts", "test/support/PostgresServer.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "busy",
          include: BUSY,
          globalSetup: [
            "test/support/BuiltKernel.ts",
            "test/support/PostgresServer.ts",
            "test/web/support/ConsoleBuild.ts",
          ],
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "crowded",
          include: CROWDED,
          globalSetup: ["test/support/BuiltKernel.ts", "test/support/PostgresServer.ts"],
          poolOptions: { forks: { singleFork: true } },
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
