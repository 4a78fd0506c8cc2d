/** Real files, where they are at hand beside the repository; the project itself has none. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../../../shared/winamax/", import.meta.url));

export interface CorpusFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const corpusFiles: ReadonlyArray<CorpusFile> = ["a", "b"]
  .filter((part) => existsSync(`${FOLDER}${part}`))
  .flatMap((part) =>
    readdirSync(`${FOLDER}${part}`).map((name) => ({
      name,
      bytes: readFileSync(`${FOLDER}${part}/${name}`),
    })),
  );

/** A line of each shape that a larger corpus has, and the shape. */
export const lineShapes: ReadonlyArray<{ readonly shape: string; readonly line: string }> =
  existsSync(`${FOLDER}line_templates.tsv`)
    ? readFileSync(`${FOLDER}line_templates.tsv`, "utf8")
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((row) => row.split("\t"))
        .map(([, shape, line]) => ({ shape: shape!, line: line! }))
    : [];
