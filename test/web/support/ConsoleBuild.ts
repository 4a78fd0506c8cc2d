/** The console as it is now, built once for all browser tests of a run. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildConsole } from "./buildConsole.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built console is, or empty when the run has no browser tests. */
    consoleDir: string;
  }
}

export default async function setup(project: TestProject) {
  // What the command line asked for; vitest has it and does not declare it.
  const { filenamePattern } = project.vitest as { readonly filenamePattern?: Array<string> };
  const { testFiles } = await project.globTestFiles(filenamePattern);
  if (!testFiles.some((file) => file.includes("/test/web/"))) {
    project.provide("consoleDir", "");
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "croupier-console-"));
  await buildConsole(folder);
  project.provide("consoleDir", folder);
  return () => rm(folder, { recursive: true, force: true });
}
