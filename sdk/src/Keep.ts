/**
 * What outlives a page or a process. A storage may be missing, full or forbidden (private windows), and several tabs or
 * processes may share one; nothing here throws for that. What a storage refuses is kept in memory, and said once.
 */
import type { Warning } from "./Warning.ts";

/** The part of the browser's `Storage` that is needed; `fileStorage` of `@croupier/sdk/node` is another. */
export interface StorageLike {
  readonly length: number;
  readonly key: (index: number) => string | null;
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

export interface Keep {
  readonly get: (key: string) => string | null;
  /** Whether the storage has it now; false when it is in memory alone. */
  readonly set: (key: string, value: string) => boolean;
  readonly remove: (key: string) => void;
  /** The keys that begin with `prefix`, in no order. */
  readonly keys: (prefix: string) => readonly string[];
}

export function createKeep(storage: StorageLike | null, warn: (warning: Warning) => void): Keep {
  const memory = new Map<string, string>();
  let hasWarned = false;

  const attempt = <Result>(act: (storage: StorageLike) => Result, otherwise: Result): Result => {
    if (storage === null) return otherwise;
    try {
      return act(storage);
    } catch (cause) {
      if (!hasWarned) {
        hasWarned = true;
        const message = "The storage cannot be used: commands are kept in memory alone.";
        warn({ code: "storage", message, cause });
      }
      return otherwise;
    }
  };

  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key), null),
    set: (key, value) => {
      const isStored = attempt((storage) => {
        storage.setItem(key, value);
        return true;
      }, false);
      if (isStored) memory.delete(key);
      else memory.set(key, value);
      return isStored;
    },
    remove: (key) => {
      memory.delete(key);
      attempt((storage) => storage.removeItem(key), undefined);
    },
    keys: (prefix) => {
      const stored = attempt(
        (storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index)),
        [],
      );
      return [...new Set([...stored, ...memory.keys()])].filter(
        (key): key is string => key !== null && key.startsWith(prefix),
      );
    },
  };
}

/** The object that a text of JSON is, whatever is in it; an empty one for a text that is none. */
export function objectIn(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text ?? ""));
  } catch {
    return {};
  }
}
