/** `@croupier/sdk/node`: what a browser has and Node lacks, a storage in files and a WebSocket. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { StorageLike } from "./Keep.ts";
import type { OpenSocket } from "./Socket.ts";

/**
 * A folder as a storage, one file a key, which several processes may share. What `setItem` has written is on the disk
 * when it returns: whole, or not at all. Throws what the file system throws.
 */
export function fileStorage(folder: string): StorageLike {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (key: string): string => join(folder, encodeURIComponent(key) + EXTENSION);
  const keys = (): readonly string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => decodeURIComponent(name.slice(0, -EXTENSION.length)));
  let drafts = 0;
  return {
    get length() {
      return keys().length;
    },
    key: (index) => keys()[index] ?? null,
    getItem: (key) => {
      try {
        return readFileSync(fileOf(key), "utf8");
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    setItem: (key, value) => {
      drafts += 1;
      const draft = `${fileOf(key)}.${process.pid}.${drafts}`;
      // A token is as good as its owner's password.
      const file = openSync(draft, "w", 0o600);
      try {
        writeSync(file, value);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(draft, fileOf(key));
      syncFolder(folder);
    },
    removeItem: (key) => rmSync(fileOf(key), { force: true }),
  };
}

const EXTENSION = ".json";

/** A file that was renamed is found again after a power failure only when its folder is on the disk, too. */
function syncFolder(folder: string): void {
  // Windows has no such thing.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** A socket of the package `ws`. */
export const openNodeSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.on("message", (data, isBinary) => {
    if (!isBinary) events.message(String(data));
  });
  socket.on("close", (code) => events.closed(code));
  // An error is always followed by a close, which has the code.
  socket.on("error", () => undefined);
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    // Not `close`, which would wait for the other side's goodbye, and that side may be silent.
    close: () => socket.terminate(),
  };
};
