/**
 * Writes snapshots beside the hot path. They only shorten recovery: one that is late, lost or refused costs nothing but
 * the next activation's time. Of an entity's snapshots only the newest is kept waiting.
 */
import type { Clock } from "./Clock.ts";
import type { Journal, Snapshot } from "./Journal.ts";

/** Snapshots in one statement. */
const MAX_PER_WRITE = 50;

export class SnapshotWriter {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #log: (message: string, fields: Record<string, unknown>) => void;
  readonly #waiting = new Map<string, () => Snapshot>();
  #writing: Promise<void> | undefined;

  constructor(
    journal: Journal,
    clock: Clock,
    log: (message: string, fields: Record<string, unknown>) => void,
  ) {
    this.#journal = journal;
    this.#clock = clock;
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
    while (this.#waiting.size > 0) {
      const encoded: Array<Snapshot> = [];
      try {
        for (const key of [...this.#waiting.keys()].slice(0, MAX_PER_WRITE)) {
          // One a turn: encoding a large state takes milliseconds that nobody should have to wait for twice.
          await new Promise<void>((resolve) => this.#clock.soon(resolve));
          const encode = this.#waiting.get(key);
          this.#waiting.delete(key);
          if (encode !== undefined) encoded.push(encode());
        }
        await this.#journal.saveSnapshots(encoded);
      } catch (cause) {
        this.#log("snapshots were not written", { count: encoded.length, cause: String(cause) });
      }
    }
  }
}
