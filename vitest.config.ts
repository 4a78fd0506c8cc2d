import { defineConfig } from "vitest/config";

/** The kinds of test; the kind is in the file's name. */
const KINDS = "{unit,property,int,sim,chaos,e2e}";

/**
 * Tests that start several processes and let them die measure how long the others take: they run one after another, when
 * the rest has ended.
 */
const CROWDED = ["test/chaos/**/*.chaos.ts", "test/cluster/{failover,topics}.int.ts"];

/** Browsers, and clients by the dozen, take all the CPU there is: they must not slow down tests that watch a clock. */
const BUSY = ["test/**/*.e2e.ts", "test/sdk/reconnect.int.ts"];

export default defineConfig({
  test: {
    // Processes, since native add-ons (uWebSockets.js, argon2) and signals are part of what is tested.
    pool: "forks",
    // As many as the smallest machine has cores: timing tests must not wait for each other's CPU.
    poolOptions: { forks: { maxForks: 2, minForks: 1 } },
    // A test that waits for an event names its own, shorter deadline and says what it waited for.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // A forgotten `.only` would hide every other test.
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: "alone",
          include: [`test/**/*.${KINDS}.ts`],
          exclude: [...CROWDED, ...BUSY],
          globalSetup: ["test/support/PostgresServer.ts"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "busy",
          include: BUSY,
          globalSetup: ["test/support/PostgresServer.ts", "test/web/support/ConsoleBuild.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "crowded",
          include: CROWDED,
          globalSetup: ["test/support/PostgresServer.ts"],
          poolOptions: { forks: { singleFork: true } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
