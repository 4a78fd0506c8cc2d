/**
 * The journal in PostgreSQL. A batch is one statement (so one implicit transaction and one round trip): inserts into the
 * journal, the alarms and every projection, as the branches of one `WITH`, each fed by an array a column (`PgArrays.ts`).
 *
 * **Unknown outcomes.** When the connection is lost after the statement was sent, it may have been committed, may be
 * under way, or may never have arrived. The statement writes only `WHERE` this process's row in `writer` still has the
 * epoch it was sent under, and leaves its number there. To find out, a new connection raises the epoch: that waits for
 * a statement under way, keeps a late one from writing anything, and returns the number of the last batch written.
 *
 * **Taken for dead.** Whoever takes this process's entities over raises its epoch first: no batch of it is written after that,
 * however late it arrives, and the new owner reads all that was written before.
 */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { CommitStatement, type Statement } from "./CommitStatement.ts";
import type {
  Append,
  CommitResult,
  Conflict,
  EntityKey,
  Journal,
  Loaded,
  LoadedEntry,
  LoadRequest,
  Snapshot,
  StoredCommand,
} from "./Journal.ts";
import type { Projection } from "./Projection.ts";

export interface PgJournalOptions {
  /** Of this process, in `writer`: its peers know it by the same id. A new one by default. */
  readonly writerId?: string;
  readonly url: string;
  /** Used for reads; commits have a connection of their own. */
  readonly pool: pg.Pool;
  readonly projections: ReadonlyArray<Projection>;
  readonly log: (message: string, fields: Record<string, unknown>) => void;
  /** Told when the outcome of a batch had to be looked up. */
  readonly onUnknownCommit?: (wasCommitted: boolean) => void;
  /** A connection that brings no answer within this is given up. Default 8,000. */
  readonly answerTimeoutMs?: number;
}

/** A database that does not take a connection within this is taken for away. */
const CONNECT_TIMEOUT_MS = 2000;
/**
 * A connection that brings no answer within this is given up, for it may be cut without a sign. Above any wait for a
 * disk or another copy's transaction; being wrong costs no more than looking the outcome up.
 */
const ANSWER_TIMEOUT_MS = 8000;
/** Pause between attempts to look up an unknown outcome. */
const RESOLVE_RETRY_MS = 100;

interface Connection {
  readonly client: pg.Client;
  alive: boolean;
}

export class PgJournal implements Journal {
  readonly #options: PgJournalOptions;
  readonly #writerId: string;
  readonly #statement: CommitStatement;
  #connection: Connection | undefined;
  #epoch = 0;
  #lastBatch = 0;
  #closed = false;

  constructor(options: PgJournalOptions) {
    this.#options = options;
    this.#writerId = options.writerId ?? randomUUID();
    this.#statement = new CommitStatement(options.projections);
  }

  async commit(batch: ReadonlyArray<Append>): Promise<CommitResult> {
    let statement: Statement;
    try {
      statement = this.#statement.of(batch);
    } catch (cause) {
      // Something that JSON cannot say.
      return { _tag: "Refused", cause: String(cause) };
    }
    const { name, text, values } = statement;
    for (;;) {
      let connection: Connection;
      try {
        connection = this.#connection?.alive === true ? this.#connection : await this.#connect();
      } catch (cause) {
        return { _tag: "Away", cause: String(cause) };
      }
      const number = ++this.#lastBatch;
      try {
        const result = await connection.client.query({
          name,
          text,
          values: [this.#writerId, this.#epoch, number, ...values],
        });
        if (result.rowCount === 1) return { _tag: "Committed" };
        return await this.#disowned(batch);
      } catch (cause) {
        const state = sqlState(cause);
        if (state === UNIQUE_VIOLATION) {
          const conflicts = await this.#conflicts(batch);
          if (conflicts === undefined)
            return { _tag: "Away", cause: "lost while looking for conflicts" };
          return conflicts.length > 0
            ? { _tag: "Conflicted", conflicts }
            : { _tag: "Refused", cause: String(cause) };
        }
        if (state !== undefined && connection.alive && isRefusal(state)) {
          return { _tag: "Refused", cause: String(cause) };
        }
        this.#drop(connection);
        const committed = await this.#lookUp(number);
        if (committed === undefined)
          return { _tag: "Away", cause: "closed before the outcome was known" };
        this.#options.onUnknownCommit?.(committed);
        this.#options.log("looked up a commit whose answer was lost", {
          batch: number,
          committed,
          cause: String(cause),
        });
        if (committed) return { _tag: "Committed" };
      }
    }
  }

  /**
   * Another process has raised the epoch: it took this one for dead, and its entities live elsewhere. Nothing was written;
   * under an epoch of its own again, what still belongs here can be.
   */
  async #disowned(batch: ReadonlyArray<Append>): Promise<CommitResult> {
    this.#options.log("this process was taken for dead: what it had in flight is void", {
      appends: batch.length,
    });
    if (this.#connection !== undefined) this.#drop(this.#connection);
    await this.#lookUp(NO_BATCH);
    const conflicts = new Map<string, Conflict>();
    for (const { entry } of batch)
      conflicts.set(`${entry.kind}\n${entry.entityId}`, {
        kind: entry.kind,
        entityId: entry.entityId,
        reason: "fence",
      });
    return { _tag: "Conflicted", conflicts: [...conflicts.values()] };
  }

  /**
   * Raises the epoch on a new connection, however long it takes to get one, and tells whether `batch` was written;
   * undefined when the journal was closed before that could be known.
   */
  async #lookUp(batch: number): Promise<boolean | undefined> {
    while (!this.#closed) {
      try {
        const connection = await this.#connect();
        const { rows } = await connection.client.query<{ epoch: number; last_batch: string }>(
          "UPDATE writer SET epoch = epoch + 1 WHERE writer_id = $1 RETURNING epoch, last_batch",
          [this.#writerId],
        );
        const row = rows[0];
        if (row === undefined) throw new Error(`this process has no row in "writer"`);
        this.#epoch = row.epoch;
        return Number(row.last_batch) === batch;
      } catch (cause) {
        this.#options.log("cannot look up a commit's outcome yet", { cause: String(cause) });
        await new Promise((resolve) => setTimeout(resolve, RESOLVE_RETRY_MS));
      }
    }
    return undefined;
  }

  async #connect(): Promise<Connection> {
    if (this.#connection?.alive === true) return this.#connection;
    const client = new pg.Client({
      connectionString: this.#options.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: this.#options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
      application_name: "croupier-journal",
      // The batch's size says nothing about the best plan, and planning this statement costs more than running it.
      options: "-c plan_cache_mode=force_generic_plan",
      keepAlive: true,
    });
    const connection: Connection = { client, alive: true };
    client.on("error", () => this.#drop(connection));
    client.on("end", () => this.#drop(connection));
    try {
      await client.connect();
      // A database that has not heard of this process yet hears of it here, before its first batch.
      await client.query(
        "INSERT INTO writer (writer_id, epoch, last_batch) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING",
        [this.#writerId],
      );
    } catch (cause) {
      this.#drop(connection);
      throw cause;
    }
    this.#connection = connection;
    return connection;
  }

  #drop(connection: Connection): void {
    connection.alive = false;
    if (this.#connection === connection) this.#connection = undefined;
    connection.client.end(() => undefined);
  }

  async #conflicts(batch: ReadonlyArray<Append>): Promise<ReadonlyArray<Conflict> | undefined> {
    try {
      const { rows } = await this.#options.pool.query<{
        kind: string;
        entity_id: string;
        duplicate: boolean;
      }>(CONFLICTS, [
        JSON.stringify(batch.map(({ entry: { events: _, reply: __, ...entry } }) => entry)),
      ]);
      const found = new Map<string, Conflict>();
      for (const row of rows) {
        const key = `${row.kind}\n${row.entity_id}`;
        const reason =
          row.duplicate || found.get(key)?.reason === "duplicate" ? "duplicate" : "fence";
        found.set(key, { kind: row.kind, entityId: row.entity_id, reason });
      }
      return [...found.values()];
    } catch (cause) {
      this.#options.log("cannot look for conflicts", { cause: String(cause) });
      return undefined;
    }
  }

  async load(requests: ReadonlyArray<LoadRequest>): Promise<ReadonlyArray<Loaded>> {
    const { rows } = await this.#options.pool.query<{
      kind: string;
      entity_id: string;
      snapshot_version: string | null;
      snapshot_state: unknown;
      alarm_due_at: string | null;
      entries: ReadonlyArray<LoadedEntry> | null;
    }>({ name: "load", text: LOAD, values: [JSON.stringify(requests)] });
    return rows.map((row) => ({
      kind: row.kind,
      entityId: row.entity_id,
      snapshot:
        row.snapshot_version === null
          ? undefined
          : { version: Number(row.snapshot_version), state: row.snapshot_state },
      entries: row.entries ?? [],
      alarmDueAt: row.alarm_due_at === null ? undefined : Number(row.alarm_due_at),
    }));
  }

  async findCommand(key: EntityKey, commandId: string): Promise<StoredCommand | undefined> {
    const { rows } = await this.#options.pool.query<StoredCommand>(
      "SELECT fingerprint, reply FROM journal WHERE kind = $1 AND entity_id = $2 AND command_id = $3",
      [key.kind, key.entityId, commandId],
    );
    return rows[0];
  }

  async saveSnapshots(snapshots: ReadonlyArray<Snapshot>): Promise<void> {
    await this.#options.pool.query(SAVE_SNAPSHOTS, [JSON.stringify(snapshots)]);
  }

  async overdueAlarms(before: number, limit: number, skip = 0): Promise<ReadonlyArray<EntityKey>> {
    const { rows } = await this.#options.pool.query<EntityKey>(
      `SELECT kind, entity_id AS "entityId" FROM alarm WHERE due_at < $1
       ORDER BY due_at, kind, entity_id LIMIT $2 OFFSET $3`,
      [before, limit, skip],
    );
    return rows;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection?.alive === true) {
      connection.alive = false;
      try {
        await connection.client.query("DELETE FROM writer WHERE writer_id = $1", [this.#writerId]);
      } catch (cause) {
        // The row is only clutter then.
        this.#options.log("the journal closes without its database", { cause: String(cause) });
      }
      await connection.client.end();
    }
  }
}

/** Batches are numbered from 1. */
const NO_BATCH = 0;

const UNIQUE_VIOLATION = "23505";

/** PostgreSQL's five-character code; undefined when the failure is the connection's. */
const sqlState = (cause: unknown): string | undefined => {
  const code = (cause as { readonly code?: unknown }).code;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

/** Data exceptions and broken constraints are the batch's own fault; the other classes are the server's condition. */
const isRefusal = (state: string) => /^(22|23|42)/.test(state);

const CONFLICTS = `
SELECT r.kind, r."entityId" AS entity_id, j.command_id = r."commandId" AS duplicate
FROM json_to_recordset($1::json) AS r(kind text, "entityId" text, version bigint, "commandId" text)
JOIN journal j ON j.kind = r.kind AND j.entity_id = r."entityId" AND (j.version = r.version OR j.command_id = r."commandId")`;

const LOAD = `
SELECT r.kind, r."entityId" AS entity_id, s.version AS snapshot_version, s.state AS snapshot_state,
  a.due_at AS alarm_due_at, e.entries
FROM json_to_recordset($1::json) AS r(kind text, "entityId" text, "recentReplies" integer, "snapshotRevision" integer)
LEFT JOIN snapshot s ON s.kind = r.kind AND s.entity_id = r."entityId" AND s.revision = r."snapshotRevision"
LEFT JOIN alarm a ON a.kind = r.kind AND a.entity_id = r."entityId"
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('version', j.version, 'commandId', j.command_id, 'fingerprint', j.fingerprint,
    'events', j.events, 'reply', j.reply, 'at', j.at) ORDER BY j.version) AS entries
  FROM journal j
  WHERE j.kind = r.kind AND j.entity_id = r."entityId" AND j.version > LEAST(
    COALESCE(s.version, 0),
    (SELECT COALESCE(max(l.version), 0) FROM journal l WHERE l.kind = r.kind AND l.entity_id = r."entityId") - r."recentReplies"
  )
) e ON true`;

const SAVE_SNAPSHOTS = `
INSERT INTO snapshot (kind, entity_id, version, revision, state)
SELECT r.kind, r."entityId", r.version, r.revision, r.state
FROM json_to_recordset($1::json) AS r(kind text, "entityId" text, version bigint, revision integer, state json)
ON CONFLICT (kind, entity_id) DO UPDATE SET version = excluded.version, revision = excluded.revision, state = excluded.state
WHERE snapshot.revision <> excluded.revision OR snapshot.version < excluded.version`;
