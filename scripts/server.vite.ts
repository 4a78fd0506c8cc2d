/**
 * How the server is built: what it imports becomes a few files, for Node spends two thirds of a start on finding, reading and
 * compiling the fifteen hundred modules one by one (docs/adr/0021). Each program that is started by its name is a
 * file of its own at the place that it has among the sources; what several share lies in `dist/server/src/chunks`.
 */
import { builtinModules } from "node:module";
import { posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every file that something starts or imports by its path: a command, a child process, a thread, the package's entry. */
const PROGRAMS = [
  "src/main",
  "src/cluster",
  "src/analytics/ExportProgram",
  "src/analytics/QueryProgram",
  "src/compute/library",
  "src/compute/pool/ComputeWorker",
  "src/jobs/AuditProgram",
  "src/sandbox-card/main",
];

/** Loaded from node_modules: libraries of machine code, and what finds its files by its own place. */
const EXTERNAL = ["@duckdb/node-api", "@node-rs/argon2", "msgpackr-extract", "uWebSockets.js"];

/** The path of a module below the root, with the ending that it has when it was built. */
const builtPath = (id: string) => relative(root, id).replace(/\.ts$/, ".js");

const MARK = "built-place-of:";
const MARKS = new RegExp(`"${MARK}([^"]+)"`, "g");

/**
 * To a module of ours `import.meta.url` is the place that it would have if it were not bundled, so that it finds programs, the
 * kernel and migrations by the same relative paths as among the sources.
 */
const places: Plugin = {
  name: "places",
  transform: {
    filter: { id: /\/(src|entities|rpc)\/.*\.ts$/, code: "import.meta.url" },
    handler: (code, id) => ({
      code: code.replaceAll("import.meta.url", JSON.stringify(MARK + builtPath(id))),
      map: null,
    }),
  },
  renderChunk: (code, { fileName }) => ({
    code: code.replaceAll(MARKS, (_, path: string) => {
      const place = posix.relative(posix.dirname(fileName), path);
      return `new URL("${place.startsWith(".") ? place : `./${place}`}", import.meta.url).href`;
    }),
    map: null,
  }),
};

/**
 * Libraries lie in chunks of their own, without maps: what Node would read and keep for them is five times our own, and where a
 * trace leads into one it names the line of the chunk.
 */
const isLibrary = /\/node_modules\//;
const noMapsOfLibraries: Plugin = {
  name: "no-maps-of-libraries",
  enforce: "post",
  transform: { filter: { id: isLibrary }, handler: (code) => ({ code, map: { mappings: "" } }) },
};

export default defineConfig({
  root,
  // The console's public files are none of the server's.
  publicDir: false,
  plugins: [places, noMapsOfLibraries],
  ssr: { noExternal: true, external: EXTERNAL },
  build: {
    ssr: true,
    outDir: "dist/server",
    target: "node20",
    // So that a stack trace names sources and lines.
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      external: [...builtinModules],
      input: Object.fromEntries(PROGRAMS.map((path) => [path, `${path}.ts`])),
      output: {
        entryFileNames: "[name].js",
        // The bundler names a group after all programs that need it.
        chunkFileNames: ({ name }) => `src/chunks/${name.replace(/~.*/, "")}-[hash].js`,
        sourcemapExcludeSources: true,
        comments: false,
        // Each program loads those that it needs and no other.
        codeSplitting: { groups: [{ name: "libraries", test: isLibrary, entriesAware: true }] },
      },
    },
  },
});
