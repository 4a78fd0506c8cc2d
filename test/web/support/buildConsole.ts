import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds the console as it is now into `outDir`, so that no test passes on yesterday's build. */
export async function buildConsole(outDir: string): Promise<void> {
  // A test runner's NODE_ENV would bring React's development build.
  process.env["NODE_ENV"] = "production";
  await build({
    configFile: fileURLToPath(new URL("../../../web/vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
}
