/** The folder of the export: files that count, and parts of files that do not yet. */
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isFileName } from "./Dataset.ts";

/** Of a file that is being made, or was when its process died. */
const PART = ".part";

export class ExportFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder, and removes what was left half made. */
  async clear(): Promise<void> {
    await mkdir(this.path, { recursive: true });
    const left = (await readdir(this.path)).filter((name) => name.includes(PART));
    await this.remove(left);
  }

  /** The names of the files in it that are the export's, finished. */
  async names(): Promise<ReadonlySet<string>> {
    const all = await readdir(this.path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return [];
      throw cause;
    });
    return new Set(all.filter(isFileName));
  }

  /** Where a file is made in a term of office: two terms that make the same file do not write into each other's. */
  partOf(name: string, term: number): string {
    return join(this.path, `${name}.${term}${PART}`);
  }

  /** Gives files that are made their names, in the place of older ones of the same name. Durable when it resolves. */
  async publish(names: ReadonlyArray<string>, term: number): Promise<void> {
    for (const name of names) await rename(this.partOf(name, term), join(this.path, name));
    const folder = await open(this.path, "r");
    try {
      // Not before this are the new names on the disk.
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async remove(names: ReadonlyArray<string>): Promise<void> {
    await Promise.all(names.map((name) => rm(join(this.path, name), { force: true })));
  }
}
