/** Named events that a test waits for, with a deadline. */
import { PATIENCE_MS } from "./patience.ts";

export interface Signal {
  readonly fire: () => void;
  /** Resolves when it has fired; rejects with its name when it does not in time. */
  readonly fired: () => Promise<void>;
}

export const signal = (name: string): Signal => {
  let fire = () => {};
  const happened = new Promise<void>((resolve) => {
    fire = resolve;
  });
  return {
    fire,
    fired: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not in time: ${name}`)), PATIENCE_MS);
      });
      await Promise.race([happened, late]);
      clearTimeout(timer);
    },
  };
};

/** Counts what happens again and again, and tells when it has happened often enough. */
export class Tally {
  readonly #name: string;
  readonly #awaited = new Set<{ readonly count: number; readonly signal: Signal }>();
  count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(): void {
    this.count++;
    for (const one of this.#awaited) {
      if (one.count > this.count) continue;
      this.#awaited.delete(one);
      one.signal.fire();
    }
  }

  /** Resolves when it has been counted `by` more times. */
  async more(by: number): Promise<void> {
    const one = { count: this.count + by, signal: signal(`${by} more ${this.#name}`) };
    this.#awaited.add(one);
    await one.signal.fired();
  }
}
