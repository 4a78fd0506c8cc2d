/**
 * The replies that an entity gave last, kept in memory: a command that is repeated is answered as it was the first time.
 * Most repetitions come soon. A late one is decided as if it were new, and the journal refuses the append: it has the
 * command id already. What was in flight is suspect then, and looked up in the journal before it is decided again; what is
 * found is remembered like a reply that was given just now.
 */
import { IdempotencyKeyReused } from "../../rpc/failure.ts";
import type { StoredCommand } from "./Journal.ts";
import { type AnyOutcome, type Delivery, fromStored, type MessageCodec } from "./Message.ts";

export class RecentReplies {
  readonly #capacity: number;
  readonly #replies = new Map<string, StoredCommand>();
  /** Older ones that were looked up, as many again: reading the entity, which brings the recent, leaves these. */
  readonly #recalled = new Map<string, StoredCommand>();
  /** Ids that may have been carried out before the replies remembered here. Hardly any entity ever has one. */
  #suspects: Set<string> | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  find(commandId: string): StoredCommand | undefined {
    return this.#replies.get(commandId) ?? this.#recalled.get(commandId);
  }

  /** What an entity told itself has no reply, and nobody repeats it. */
  remember(commandId: string, { fingerprint, reply }: StoredCommand): void {
    if (reply !== null) this.#keep(this.#replies, commandId, { fingerprint, reply });
  }

  /** What the journal has of an older command. */
  recall(commandId: string, stored: StoredCommand): void {
    this.#keep(this.#recalled, commandId, stored);
  }

  #keep(replies: Map<string, StoredCommand>, commandId: string, stored: StoredCommand): void {
    replies.set(commandId, stored);
    if (replies.size <= this.#capacity) return;
    for (const oldest of replies.keys()) return void replies.delete(oldest);
  }

  /** Forgets the replies, to free memory. The journal's word on an id stands: suspects stay. */
  forget(): void {
    this.#replies.clear();
    this.#recalled.clear();
  }

  isSuspect(commandId: string): boolean {
    return this.#suspects?.has(commandId) === true;
  }

  suspect(commandId: string): void {
    this.#suspects ??= new Set();
    this.#suspects.add(commandId);
  }

  /** It has been looked up. */
  acquit(commandId: string): void {
    this.#suspects?.delete(commandId);
  }
}

/** What is answered to whoever sends a command id again. */
export const repetition = (
  stored: StoredCommand,
  delivery: Delivery,
  codec: MessageCodec,
  commandId: string,
): AnyOutcome =>
  stored.reply === null || isOther(stored, delivery)
    ? reused(commandId)
    : fromStored(codec, stored.reply);

/** Whether a command id comes again with another request behind it. */
export const isOther = (
  stored: { readonly fingerprint: string | null },
  delivery: Delivery,
): boolean =>
  stored.fingerprint !== null &&
  delivery.fingerprint !== undefined &&
  stored.fingerprint !== delivery.fingerprint;

export const reused = (commandId: string): AnyOutcome => ({
  ok: false,
  error: new IdempotencyKeyReused({ commandId }),
  replayed: false,
});
