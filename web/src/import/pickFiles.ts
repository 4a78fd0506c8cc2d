/** The files that are dropped on the page, those in dropped folders among them, where the browser tells of folders. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** What looks like a history; of a folder everything else is passed over. */
const isHistory = (name: string): boolean => /\.txt$/i.test(name);

/** Nobody has so many on purpose; a whole disk is not gone through. */
const MAX_FILES = 20_000;

export const pickedOf = (files: Iterable<File>): readonly PickedFile[] =>
  [...files]
    .filter(({ name, webkitRelativePath }) => webkitRelativePath === "" || isHistory(name))
    .slice(0, MAX_FILES)
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** To be called while the event is dispatched: afterwards the browser has forgotten what was dropped. */
export async function droppedOf(transfer: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === "file" ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  if (entries.length === 0) return pickedOf(transfer.files);
  const picked: PickedFile[] = [];
  for (const entry of entries) await collect(entry, picked, true);
  return picked;
}

async function collect(entry: FileSystemEntry, into: PickedFile[], isTop: boolean): Promise<void> {
  if (into.length >= MAX_FILES) return;
  if (isFile(entry)) {
    if (!isTop && !isHistory(entry.name)) return;
    const file = await new Promise<File | null>((resolve) =>
      entry.file(resolve, () => resolve(null)),
    );
    if (file !== null) into.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // A folder is told in parts, the last of which is empty.
    const part = await new Promise<readonly FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (part.length === 0) return;
    for (const inner of part) await collect(inner, into, false);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
