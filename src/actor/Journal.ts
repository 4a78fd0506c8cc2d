/**
 * The journal is the list of commands that took effect, or were refused for good, each with its events and the reply
 * it was given. Its two keys carry two guarantees of the runtime:
 *
 * - `(kind, entity id, version)` is the **fence**: of two copies of an entity only one can write version 8.
 * - `(kind, entity id, command id)` is **idempotency**: a command is written once, with its reply.
 *
 * `PgJournal` keeps it in PostgreSQL, `MemoryJournal` in memory; one suite of contract tests holds for both.
 */
import type { ProjectedRow } from "./Projection.ts";

export interface EntityKey {
  readonly kind: string;
  readonly entityId: string;
}

/** A reply as it is stored: JSON, with rejections encoded by their schema. */
export type StoredReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

export interface JournalEntry extends EntityKey {
  readonly version: number;
  readonly commandId: string;
  readonly command: string;
  readonly fingerprint: string | null;
  readonly events: ReadonlyArray<unknown>;
  readonly reply: StoredReply | null;
  /** When it was decided, epoch milliseconds. */
  readonly at: number;
  readonly by: string | null;
  readonly requestId: string | null;
}

/** One command's writes. All appends of a batch are written, or none is. */
export interface Append {
  readonly entry: JournalEntry;
  /** The entity's alarm from now on; null for none; undefined leaves the row as it is. */
  readonly alarmDueAt: number | null | undefined;
  readonly rows: ReadonlyArray<ProjectedRow>;
}

export type CommitResult =
  | { readonly _tag: "Committed" }
  /** Nothing was written. These entities cannot write what they wanted; the others of the batch can. */
  | { readonly _tag: "Conflicted"; readonly conflicts: ReadonlyArray<Conflict> }
  /** Nothing was written: the store could not be reached. */
  | { readonly _tag: "Away"; readonly cause: string }
  /** Nothing was written: the store found something in the batch that it cannot keep. A defect. */
  | { readonly _tag: "Refused"; readonly cause: string };

export interface Conflict extends EntityKey {
  /** `fence`: another copy has written this version. `duplicate`: the command had been carried out before. */
  readonly reason: "fence" | "duplicate";
}

export interface LoadedEntry {
  readonly version: number;
  readonly commandId: string;
  readonly fingerprint: string | null;
  readonly events: ReadonlyArray<unknown>;
  readonly reply: StoredReply | null;
  readonly at: number;
}

export interface LoadRequest extends EntityKey {
  /** Replies wanted although a snapshot covers their entries. */
  readonly recentReplies: number;
  /** Only a snapshot of this revision is of use. */
  readonly snapshotRevision: number;
}

export interface Loaded extends EntityKey {
  readonly snapshot: { readonly version: number; readonly state: unknown } | undefined;
  /** The entries after the snapshot, and before them those whose replies were wanted. Oldest first. */
  readonly entries: ReadonlyArray<LoadedEntry>;
  readonly alarmDueAt: number | undefined;
}

export interface Snapshot extends EntityKey {
  readonly version: number;
  readonly revision: number;
  readonly state: unknown;
}

export interface StoredCommand {
  readonly fingerprint: string | null;
  readonly reply: StoredReply | null;
}

export interface Journal {
  /**
   * Writes a batch whole or not at all, and returns only when it knows which. An unknown outcome (the connection is
   * lost while committing) is looked up, never guessed.
   */
  readonly commit: (batch: ReadonlyArray<Append>) => Promise<CommitResult>;
  /** Reads many entities in one go. Rejects when the store is away. */
  readonly load: (requests: ReadonlyArray<LoadRequest>) => Promise<ReadonlyArray<Loaded>>;
  /** What a command id was answered, however long ago. Rejects when the store is away. */
  readonly findCommand: (key: EntityKey, commandId: string) => Promise<StoredCommand | undefined>;
  readonly saveSnapshots: (snapshots: ReadonlyArray<Snapshot>) => Promise<void>;
  /** Entities whose alarm was due before `before`, the longest overdue first, from the one after `skip` others on. */
  readonly overdueAlarms: (
    before: number,
    limit: number,
    skip?: number,
  ) => Promise<ReadonlyArray<EntityKey>>;
}
