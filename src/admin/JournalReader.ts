/** What the inspector reads of the journal, its snapshots and alarms. No question scans more than it answers. */
import type pg from "pg";
import type { EntityKey, StoredReply } from "../actor/Journal.ts";

/** Entries folded at a time: a fraction of a megabyte, and a few milliseconds of work. */
const PAGE_ENTRIES = 500;

export interface EntityHead {
  readonly newestVersion: number;
  /** When the version asked for was written; undefined when there is none such. */
  readonly at: number | undefined;
  /** The snapshot, unless it is of another revision or past the version asked for. */
  readonly snapshot: { readonly version: number; readonly state: unknown } | undefined;
  readonly alarmDueAt: number | undefined;
}

export interface ReadEntry {
  readonly version: number;
  readonly command: string;
  readonly commandId: string;
  readonly by: string | null;
  readonly requestId: string | null;
  readonly at: number;
  readonly reply: StoredReply | null;
  readonly events: ReadonlyArray<unknown>;
}

export class JournalReader {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Entities of a kind that have a journal, counted up to `limit` and one more. */
  async count(kind: string, limit: number): Promise<number> {
    const { rows } = await this.#pool.query<{ entities: string }>(COUNT, [kind, limit]);
    return Number(rows[0]?.entities);
  }

  async entities(
    kind: string,
    page: { readonly prefix: string; readonly after: string; readonly limit: number },
  ): Promise<
    ReadonlyArray<{ readonly entityId: string; readonly version: number; readonly at: number }>
  > {
    const { rows } = await this.#pool.query<{ entity_id: string; version: string; at: string }>(
      ENTITIES,
      [kind, page.prefix, page.after, page.limit],
    );
    return rows.map(({ at, entity_id, version }) => ({
      entityId: entity_id,
      version: Number(version),
      at: Number(at),
    }));
  }

  /** Undefined when the journal has nothing of it. `version` undefined is the newest. */
  async head(
    { entityId, kind }: EntityKey,
    version: number | undefined,
    revision: number,
  ): Promise<EntityHead | undefined> {
    const { rows } = await this.#pool.query<HeadRow>(HEAD, [kind, entityId, version, revision]);
    const row = rows[0];
    if (row === undefined) return undefined;
    return {
      newestVersion: Number(row.newest),
      at: row.at === null ? undefined : Number(row.at),
      snapshot:
        row.snapshot_version === null
          ? undefined
          : { version: Number(row.snapshot_version), state: row.snapshot_state },
      alarmDueAt: row.due_at === null ? undefined : Number(row.due_at),
    };
  }

  /** The entries after `after` up to `upTo`, oldest first, a page at a time. */
  async *pages(
    { entityId, kind }: EntityKey,
    after: number,
    upTo: number,
  ): AsyncGenerator<ReadonlyArray<{ version: number; events: ReadonlyArray<unknown> }>> {
    for (let last = after; last < upTo;) {
      const { rows } = await this.#pool.query<{ version: string; events: ReadonlyArray<unknown> }>(
        `SELECT version, events FROM journal WHERE kind = $1 AND entity_id = $2 AND version > $3 AND version <= $4
         ORDER BY version LIMIT ${PAGE_ENTRIES}`,
        [kind, entityId, last, upTo],
      );
      const newest = rows.at(-1);
      if (newest === undefined) return;
      last = Number(newest.version);
      yield rows.map(({ events, version }) => ({ version: Number(version), events }));
    }
  }

  /** Newest first. */
  async entries(
    { entityId, kind }: EntityKey,
    page: { readonly before: number | undefined; readonly limit: number },
  ): Promise<ReadonlyArray<ReadEntry>> {
    const { rows } = await this.#pool.query<
      Omit<ReadEntry, "at" | "version"> & { readonly version: string; readonly at: string }
    >(
      `SELECT version, command, command_id AS "commandId", by, request_id AS "requestId", at, reply, events FROM journal
       WHERE kind = $1 AND entity_id = $2 AND ($3::bigint IS NULL OR version < $3::bigint) ORDER BY version DESC LIMIT $4`,
      [kind, entityId, page.before, page.limit],
    );
    return rows.map((row) => ({ ...row, version: Number(row.version), at: Number(row.at) }));
  }
}

interface HeadRow {
  readonly newest: string;
  readonly at: string | null;
  readonly snapshot_version: string | null;
  readonly snapshot_state: unknown;
  readonly due_at: string | null;
}

const HEAD = `
SELECT n.version AS newest, j.at, s.version AS snapshot_version, s.state AS snapshot_state, a.due_at
FROM (SELECT version FROM journal WHERE kind = $1 AND entity_id = $2 ORDER BY version DESC LIMIT 1) n
LEFT JOIN journal j ON j.kind = $1 AND j.entity_id = $2 AND j.version = COALESCE($3::bigint, n.version)
LEFT JOIN snapshot s ON s.kind = $1 AND s.entity_id = $2 AND s.revision = $4
  AND s.version <= COALESCE($3::bigint, n.version)
LEFT JOIN alarm a ON a.kind = $1 AND a.entity_id = $2`;

/**
 * PostgreSQL finds the distinct values at the head of an index only by reading all of it. These walk from one entity to the
 * next instead: one look into the index for each.
 */
const COUNT = `
WITH RECURSIVE walk(entity_id, n) AS (
  SELECT min(entity_id), 1 FROM journal WHERE kind = $1
  UNION ALL
  SELECT (SELECT min(j.entity_id) FROM journal j WHERE j.kind = $1 AND j.entity_id > walk.entity_id), n + 1
  FROM walk WHERE walk.entity_id IS NOT NULL AND n <= $2::integer
)
SELECT count(entity_id) AS entities FROM walk`;

const ENTITIES = `
WITH RECURSIVE walk(entity_id, n) AS (
  SELECT min(entity_id), 1 FROM journal WHERE kind = $1 AND entity_id > $3 AND entity_id >= $2
  UNION ALL
  SELECT (SELECT min(j.entity_id) FROM journal j WHERE j.kind = $1 AND j.entity_id > walk.entity_id), n + 1
  FROM walk WHERE starts_with(walk.entity_id, $2) AND n < $4::integer
)
SELECT walk.entity_id, newest.version, newest.at FROM walk CROSS JOIN LATERAL (
  SELECT j.version, j.at FROM journal j WHERE j.kind = $1 AND j.entity_id = walk.entity_id ORDER BY j.version DESC LIMIT 1
) newest
WHERE starts_with(walk.entity_id, $2) ORDER BY walk.entity_id`;
