/**
 * Writes snapshots beside the hot path. They only shorten recovery: one that is late, lost or refused costs nothing but
 * the next activation's time. Of an entity's snapshots only the newest is kept waiting.
 */
import type { Journal, Snapshot } from "./Journal.ts";

/** Snapshots in one statement. */
const MAX_PER_WRITE = 50;

export class SnapshotWriter {
  readonly #journal: Journal;
  readonly #log: (message: string, fields: Record<string, unknown>) => void;
  readonly #waiting = new Map<string, () => Snapshot>();
  #writing: Promise<void> | undefined;

  constructor(journal: Journal, log: (message: string, fields: Record<string, unknown>) => void) {
    this.#journal = journal;
    this.#log = log;
  }

  /** `encode` is called when the snapshot's turn comes. */
  offer(key: string, encode: () => Snapshot): void {
    this.#waiting.set(key, encode);
    this.#writing ??= this.#run().finally(() => {
      this.#writing = undefined;
    });
  }

  drained(): Promise<void> {
    return this.#writing ?? Promise.resolve();
  }

  async #run(): Promise<void> {
    // Give way to the commit whose settling offered the first one.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const turn = [...this.#waiting].slice(0, MAX_PER_WRITE);
      for (const [key] of turn) this.#waiting.delete(key);
      try {
        await this.#journal.saveSnapshots(turn.map(([, encode]) => encode()));
      } catch (cause) {
        this.#log("snapshots were not written", { count: turn.length, cause: String(cause) });
      }
    }
  }
}
