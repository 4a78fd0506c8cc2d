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

/**
 * Those histories below a folder that can be listed; none when there is no such folder. What lies below it and cannot be
 * listed is told of, and keeps nothing else out: folders that belong to others, or whose names are no text. Links to
 * folders are not followed.
 */
export const historiesBelow = async (
  folder: string,
  onUnlistable: (folder: string, cause: NodeJS.ErrnoException) => void = () => {},
): Promise<ReadonlyArray<FoundFile>> => {
  const found: Array<FoundFile> = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const listed = next;
    const entries = await readdir(listed, { withFileTypes: true }).catch(
      (cause: NodeJS.ErrnoException) => {
        if (listed !== folder) onUnlistable(listed, cause);
        return [];
      },
    );
    for (const entry of entries) {
      const path = join(listed, entry.name);
      if (entry.isDirectory()) folders.push(path);
      if (!entry.isFile() || !isHistoryFile(entry.name)) continue;
      // It may have gone meanwhile.
      const seen = await stat(path).catch(() => undefined);
      if (seen !== undefined) found.push({ path, stamp: `${seen.size} ${seen.mtimeMs}` });
    }
  }
  return found;
};
