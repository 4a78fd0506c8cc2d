/**
 * What an entity has decided and the journal has not yet taken, in order. All of it is committed from the oldest on, or
 * void at once: each was decided on top of the one before.
 */
import type { Step } from "./Decided.ts";
import type { Submission } from "./GroupCommit.ts";
import type { JournalEntry } from "./Journal.ts";
import type { AnyOutcome, Delivery } from "./Message.ts";

/** A command that has been decided and not yet committed. */
export interface Pending {
  readonly entry: JournalEntry;
  readonly outcome: AnyOutcome;
  /** The letter, to be delivered again if its id turns out to be an old one; undefined for internal commands. */
  readonly delivery: Delivery | undefined;
  /** Those who asked for the same command id meanwhile. */
  readonly repeats: Array<Delivery>;
  readonly told: ((committed: boolean) => void) | undefined;
  readonly steps: ReadonlyArray<Step>;
  readonly after: unknown;
  readonly submission: Submission;
}

export class InFlight {
  #queue: Array<Pending> = [];
  readonly #byCommandId = new Map<string, Pending>();
  #repeats = 0;
  /** Who waits until nothing is in flight. */
  #whenEmpty: Array<() => void> = [];

  /** Messages whose answer waits for a commit. */
  get depth(): number {
    return this.#queue.length + this.#repeats;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  find(commandId: string): Pending | undefined {
    return this.#byCommandId.get(commandId);
  }

  add(pending: Pending): void {
    this.#queue.push(pending);
    this.#byCommandId.set(pending.entry.commandId, pending);
  }

  /** Somebody else asks for a command in flight, and is answered with it. */
  repeat(pending: Pending, delivery: Delivery): void {
    pending.repeats.push(delivery);
    this.#repeats++;
  }

  /** The oldest has been committed. */
  committed({ entry, repeats }: Pending): void {
    this.#queue.shift();
    if (this.#queue.length === 0) this.#tellEmpty();
    this.#byCommandId.delete(entry.commandId);
    this.#repeats -= repeats.length;
  }

  /** The journal took none of it, and will not: answers what was in flight. */
  void(): ReadonlyArray<Pending> {
    const failed = this.#queue;
    for (const { submission } of failed) submission.void = true;
    this.#queue = [];
    this.#byCommandId.clear();
    this.#repeats = 0;
    this.#tellEmpty();
    return failed;
  }

  /** Resolves when nothing is in flight any more. */
  emptied(): Promise<void> {
    return this.isEmpty
      ? Promise.resolve()
      : new Promise((resolve) => this.#whenEmpty.push(resolve));
  }

  #tellEmpty(): void {
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}
