import { defineConfig } from "vitest/config";

/** The kinds of test; the kind is in the file's name. */
const KINDS = "{unit,property,int,sim,chaos,e2e}";

export default defineConfig({
  test: {
    include: [`test/**/*.${KINDS}.ts`],
    globalSetup: ["test/support/PostgresServer.ts"],
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
  },
});
