import type { StorageLike } from "../../../sdk/src/index.ts";

/** A storage like a browser's, which outlives the clients that use it. */
export class MemoryStorage implements StorageLike {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }

  readonly key = (index: number): string | null => [...this.#values.keys()][index] ?? null;
  readonly getItem = (key: string): string | null => this.#values.get(key) ?? null;
  readonly setItem = (key: string, value: string): void => {
    this.#values.set(key, value);
  };
  readonly removeItem = (key: string): void => {
    this.#values.delete(key);
  };
}
