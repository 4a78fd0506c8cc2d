/**
 * The database of a simulation: one journal for all processes, and beside it the row that `PgJournal` keeps for each writer.
 * A batch is written in one moment, if its writer's epoch is still the one it was sent under. Every commit is shown to those
 * who check, in the order in which it became true.
 */
import type { Append, CommitResult } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";

interface Writer {
  epoch: number;
  lastBatch: number;
}

/** What a process sends to the database: which batch of its own this is, and under which epoch. */
export interface Stamp {
  readonly writer: string;
  readonly epoch: number;
  readonly batch: number;
}

export class Store {
  readonly journal: MemoryJournal;
  readonly #writers = new Map<string, Writer>();
  readonly #onCommitted: (writer: string, batch: ReadonlyArray<Append>) => void;
  #result: CommitResult = { _tag: "Away", cause: "nothing was written" };

  constructor(
    journal: MemoryJournal,
    onCommitted: (writer: string, batch: ReadonlyArray<Append>) => void,
  ) {
    this.journal = journal;
    this.#onCommitted = onCommitted;
    journal.intercept = (write) => {
      this.#result = write();
      return Promise.resolve(this.#result);
    };
  }

  /** Writes a batch now; undefined when the writer has moved on to another epoch. */
  write({ batch, epoch, writer }: Stamp, appends: ReadonlyArray<Append>): CommitResult | undefined {
    const row = this.#writer(writer);
    if (row.epoch !== epoch) return undefined;
    void this.journal.commit(appends);
    const result = this.#result;
    if (result._tag === "Committed") {
      row.lastBatch = batch;
      this.#onCommitted(writer, appends);
    }
    return result;
  }

  /** Begins a new epoch: what was sent under an earlier one and is not written yet never will be. */
  raiseEpoch(writer: string): Writer {
    const row = this.#writer(writer);
    row.epoch++;
    return { ...row };
  }

  #writer(name: string): Writer {
    let row = this.#writers.get(name);
    if (row === undefined) this.#writers.set(name, (row = { epoch: 0, lastBatch: 0 }));
    return row;
  }
}
