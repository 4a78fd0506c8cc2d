/** The failures that are no one entity's: those that any command can answer with, and a rejection that many share. */
import { HttpApiSchema } from "@effect/platform";
import { Schema } from "effect";

/**
 * Nothing is known to have happened: the entity is moving, its mailbox is full, or the database is away. Ask
 * again, with the same command id, after `retryAfterMs`.
 */
export class Unavailable extends Schema.TaggedError<Unavailable>()(
  "Unavailable",
  { reason: Schema.String, retryAfterMs: Schema.Int },
  HttpApiSchema.annotations({ status: 503 }),
) {
  override get message() {
    return `Unavailable (${this.reason}). Ask again with the same key in ${this.retryAfterMs} ms.`;
  }
}

/** The command id has been used before, for another command. Nothing was changed. */
export class IdempotencyKeyReused extends Schema.TaggedError<IdempotencyKeyReused>()(
  "IdempotencyKeyReused",
  { commandId: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "This idempotency key was used before for a different request. Use a new key for a new request.";
  }
}

/** For rejections of any entity that belongs to someone. */
export class NotYours extends Schema.TaggedError<NotYours>()(
  "NotYours",
  {},
  HttpApiSchema.annotations({ status: 403 }),
) {
  override get message() {
    return "This belongs to another player.";
  }
}

/** What every command may fail with, beside its own rejections. */
export const CommandFailure = Schema.Union(Unavailable, IdempotencyKeyReused);
export type CommandFailure = typeof CommandFailure.Type;
