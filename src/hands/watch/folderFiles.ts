import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** Whether a file may hold hands: the client keeps others beside them. */
export const isHistoryFile = (path: string): boolean => {
  const name = basename(path);
  return name.toLowerCase().endsWith(".txt") && !name.startsWith(".");
};

export interface FoundFile {
  readonly path: string;
  /** Another text when the file has been written. */
  readonly stamp: string;
}

/** Those histories below a folder that can be listed; none when there is no such folder. */
export const historiesBelow = async (folder: string): Promise<ReadonlyArray<FoundFile>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: Array<FoundFile> = [];
  for (const entry of entries) {
    if (!entry.isFile() || !isHistoryFile(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    // It may have gone meanwhile.
    const seen = await stat(path).catch(() => undefined);
    if (seen !== undefined) found.push({ path, stamp: `${seen.size} ${seen.mtimeMs}` });
  }
  return found;
};
