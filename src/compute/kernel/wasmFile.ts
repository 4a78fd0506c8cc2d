/** Where the compiled kernel is on the disk of a server. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** From `src/compute/kernel`, and from `dist/server/src/compute/kernel`. */
const PLACES = ["../../../dist/compute/kernel.wasm", "../../../../compute/kernel.wasm"].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ENOENT";

/** Its bytes. Rejects when it was not built: `npm run build` does, and so does the start of the tests. */
export const readKernelWasm = async (): Promise<Uint8Array<ArrayBuffer>> => {
  for (const place of PLACES)
    try {
      return new Uint8Array(await readFile(place));
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
    }
  throw new Error(`The kernel has not been built: there is neither ${PLACES.join(" nor ")}.`);
};
