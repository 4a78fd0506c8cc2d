/**
 * A value that changes, and can be watched: what `useSyncExternalStore` and its like in other frameworks take. The value
 * is replaced, never changed in place, so that identity tells whether it is another.
 */
import { createListeners } from "./Listeners.ts";

export interface Readable<Value> {
  readonly get: () => Value;
  /** Calls back after each change; returns what ends that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface Cell<Value> extends Readable<Value> {
  /** Who subscribed is told unless it is the same value. */
  readonly set: (value: Value) => void;
}

export interface CellOptions {
  readonly onError: (error: unknown) => void;
  /** Called when the first listener comes; what it returns is called when the last one has gone. */
  readonly whileWatched?: () => () => void;
}

export function createCell<Value>(
  initial: Value,
  { onError, whileWatched }: CellOptions,
): Cell<Value> {
  let value = initial;
  let unwatched: (() => void) | undefined;
  const listeners = createListeners<void>(onError);
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      listeners.tell();
    },
    subscribe: (listener) => {
      const remove = listeners.add(listener);
      if (listeners.count() === 1) unwatched = whileWatched?.();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        remove();
        if (listeners.count() > 0) return;
        unwatched?.();
        unwatched = undefined;
      };
    },
  };
}

/**
 * Reads a part of the value, and picks it anew only when the value is another: a part that is made, not found, is the
 * same object as long as nothing has changed.
 */
export function selecting<Value, Part>(
  readable: Readable<Value>,
  select: (value: Value) => Part,
): () => Part {
  let last: { readonly value: Value; readonly part: Part } | undefined;
  return () => {
    const value = readable.get();
    if (last === undefined || !Object.is(last.value, value)) last = { value, part: select(value) };
    return last.part;
  };
}
