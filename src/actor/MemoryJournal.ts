/**
 * The journal in memory, with the guarantees of the one in PostgreSQL: for unit tests and simulation. `intercept` lets
 * a test delay a commit, fail it, or fail it after it was written.
 */
import type {
  Append,
  CommitResult,
  Conflict,
  EntityKey,
  Journal,
  JournalEntry,
  Loaded,
  LoadRequest,
  Snapshot,
} from "./Journal.ts";
import type { Projection, Row } from "./Projection.ts";

interface Stored {
  readonly entries: Array<JournalEntry>;
  readonly commands: Map<string, JournalEntry>;
  snapshot: Snapshot | undefined;
  alarmDueAt: number | undefined;
}

export class MemoryJournal implements Journal {
  readonly #entities = new Map<string, Stored>();
  /** Projected rows by table and key. */
  readonly tables = new Map<string, Map<string, Row>>();
  /** Stands between the runtime and the store; call `write` to let the batch through. */
  intercept: (write: () => CommitResult) => Promise<CommitResult> = async (write) => write();

  commit(batch: ReadonlyArray<Append>): Promise<CommitResult> {
    // What is written is what would have been sent: later changes to the objects do not reach it.
    const sent = structuredClone(batch) as ReadonlyArray<Append>;
    return this.intercept(() => this.#write(sent));
  }

  #write(batch: ReadonlyArray<Append>): CommitResult {
    const conflicts = new Map<string, Conflict>();
    for (const { entry } of batch) {
      const reason = this.#conflict(entry);
      const { entityId, kind } = entry;
      const key = entityKey(entry);
      if (reason !== undefined && conflicts.get(key)?.reason !== "duplicate")
        conflicts.set(key, { kind, entityId, reason });
    }
    if (conflicts.size > 0) return { _tag: "Conflicted", conflicts: [...conflicts.values()] };
    const cause = this.#violation(batch);
    if (cause !== undefined) return { _tag: "Refused", cause };
    for (const { entry, alarmDueAt, rows } of batch) {
      const stored = this.#stored(entry);
      stored.entries.push(entry);
      stored.commands.set(entry.commandId, entry);
      if (alarmDueAt !== undefined) stored.alarmDueAt = alarmDueAt ?? undefined;
      for (const { projection, row } of rows) {
        const table = this.tables.get(projection.table) ?? new Map<string, Row>();
        this.tables.set(projection.table, table);
        table.set(rowKey(projection, row), row);
      }
    }
    return { _tag: "Committed" };
  }

  /** A key that the batch would write twice, or an `insert` row that is there already. */
  #violation(batch: ReadonlyArray<Append>): string | undefined {
    const written = new Set<string>();
    const isRepeated = (key: string) => written.size === written.add(key).size;
    for (const { entry, rows } of batch) {
      const entity = entityKey(entry);
      if (isRepeated(`version ${entity}\n${entry.version}`)) return "a version is written twice";
      if (isRepeated(`command ${entity}\n${entry.commandId}`)) return "a command is written twice";
      for (const { projection, row } of rows) {
        if (projection.write === "upsert") continue;
        const key = rowKey(projection, row);
        const isThere = this.tables.get(projection.table)?.has(key) === true;
        if (isThere || isRepeated(`row ${projection.table}\n${key}`))
          return `a row of ${projection.table} is inserted twice`;
      }
    }
    return undefined;
  }

  #conflict(entry: JournalEntry): Conflict["reason"] | undefined {
    const { commands, entries } = this.#stored(entry);
    if (commands.has(entry.commandId)) return "duplicate";
    return entries.some((written) => written.version === entry.version) ? "fence" : undefined;
  }

  load(requests: ReadonlyArray<LoadRequest>): Promise<ReadonlyArray<Loaded>> {
    return Promise.resolve(
      requests.map((request) => {
        const { entries, snapshot: kept, alarmDueAt } = this.#stored(request);
        const snapshot = kept?.revision === request.snapshotRevision ? kept : undefined;
        const last = entries.at(-1)?.version ?? 0;
        const from = Math.min(snapshot?.version ?? 0, Math.max(0, last - request.recentReplies));
        return {
          kind: request.kind,
          entityId: request.entityId,
          snapshot: snapshot && {
            version: snapshot.version,
            state: structuredClone(snapshot.state),
          },
          entries: structuredClone(entries.filter((entry) => entry.version > from)),
          alarmDueAt,
        };
      }),
    );
  }

  findCommand(key: EntityKey, commandId: string) {
    return Promise.resolve(this.#stored(key).commands.get(commandId));
  }

  saveSnapshots(snapshots: ReadonlyArray<Snapshot>): Promise<void> {
    for (const snapshot of snapshots) {
      const stored = this.#stored(snapshot);
      const kept = stored.snapshot;
      if (kept?.revision !== snapshot.revision || kept.version < snapshot.version)
        stored.snapshot = structuredClone(snapshot);
    }
    return Promise.resolve();
  }

  overdueAlarms(before: number, limit: number, skip = 0): Promise<ReadonlyArray<EntityKey>> {
    const overdue = [...this.#entities].flatMap(([key, { alarmDueAt }]) => {
      const [kind = "", entityId = ""] = key.split("\n");
      return alarmDueAt !== undefined && alarmDueAt < before
        ? [{ kind, entityId, alarmDueAt }]
        : [];
    });
    overdue.sort((one, other) => one.alarmDueAt - other.alarmDueAt);
    return Promise.resolve(overdue.slice(skip, skip + limit));
  }

  /** All that was written of an entity, oldest first. */
  entriesOf(key: EntityKey): ReadonlyArray<JournalEntry> {
    return this.#stored(key).entries;
  }

  #stored(key: EntityKey): Stored {
    const name = entityKey(key);
    const stored = this.#entities.get(name) ?? {
      entries: [],
      commands: new Map<string, JournalEntry>(),
      snapshot: undefined,
      alarmDueAt: undefined,
    };
    this.#entities.set(name, stored);
    return stored;
  }
}

const entityKey = ({ entityId, kind }: EntityKey) => `${kind}\n${entityId}`;

const rowKey = (projection: Projection, row: Row) =>
  projection.key.map((column) => String(row[column])).join("\n");
