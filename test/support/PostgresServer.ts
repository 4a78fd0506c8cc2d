/**
 * The one PostgreSQL of a test run: the same embedded server as the product's, durable settings included, in a folder
 * of its own that is removed afterwards. It is started only when the run has files of a kind that may use it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../src/ops/EmbeddedPostgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the run's server, or empty when it was not started. */
    postgresUrl: string;
  }
}

const WITHOUT_DATABASE = /\.(unit|property)\.ts$/;

export default async function setup(project: TestProject) {
  // What the command line asked for; vitest has it and does not declare it.
  const { filenamePattern } = project.vitest as { readonly filenamePattern?: Array<string> };
  const { testFiles } = await project.globTestFiles(filenamePattern);
  if (testFiles.every((file) => WITHOUT_DATABASE.test(file))) {
    project.provide("postgresUrl", "");
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "croupier-test-postgres-"));
  const server = await startPostgres({
    folder,
    log: ({ level, message }) => {
      if (level === "warning" && message.startsWith("PANIC")) console.error(message);
    },
  });
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
