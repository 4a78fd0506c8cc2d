/**
 * Builds the service worker (`src/offline/worker.ts`) after the console, and tells it which files the console is made
 * of: each with a digest of its content, so that what the worker keeps is of one build and no other.
 */
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { Plugin } from "vite";

/** A file of the console, as workbox-precaching takes it. */
interface Entry {
  readonly url: string;
  /** Null where the name itself is the content's. */
  readonly revision: string | null;
  /** The browser refuses anything else, such as the file of a version that is being rolled out meanwhile. */
  readonly integrity: string;
}

const WORKER = "sw.js";
const HASHED_NAME = /-[\w-]{8,}\.\w+$/;
/** Of no use without network, or read by the browser itself. */
const LEFT_OUT = new RegExp(`(\\.map|\\.webmanifest|/${WORKER.replace(".", "\\.")}|/\\.\\w+)$`);

export function offlineWorker(): Plugin {
  let outDir = "";
  return {
    name: "croupier-offline-worker",
    apply: "build",
    configResolved: (config) => {
      ({ outDir } = config.build);
    },
    // After the last file, those of `public/` among them, has been written.
    closeBundle: async () => {
      await build({
        configFile: false,
        root: fileURLToPath(new URL(".", import.meta.url)),
        logLevel: "error",
        publicDir: false,
        define: {
          __FILES__: JSON.stringify(await filesOf(outDir)),
          "process.env.NODE_ENV": JSON.stringify("production"),
        },
        build: {
          outDir,
          emptyOutDir: false,
          // Workers of modules are younger than some of the browsers that the console is built for.
          lib: {
            entry: fileURLToPath(new URL("src/offline/worker.ts", import.meta.url)),
            formats: ["iife"],
            name: "croupierOffline",
            fileName: () => WORKER,
          },
        },
      });
    },
  };
}

async function filesOf(folder: string): Promise<readonly Entry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const all = await Promise.all(
    files.map(async (file): Promise<Entry> => {
      const url = `/${relative(folder, file).split(sep).join("/")}`;
      const digest = createHash("sha384")
        .update(await readFile(file))
        .digest("base64");
      const integrity = `sha384-${digest}`;
      return { url, revision: HASHED_NAME.test(url) ? null : digest, integrity };
    }),
  );
  return all.filter(({ url }) => !LEFT_OUT.test(url));
}
