/**
 * The database session that has this process's shard locks. As long as it lives the locks are held, and what the entities here
 * remember is all that there is. To hold the locks now is not to have held them all the time: when another session has
 * them, others may have written in between, and that memory is old.
 */
import type pg from "pg";

export interface LockSessionOptions {
  readonly pool: pg.Pool;
  /** Of the session. */
  readonly name: string;
  /** The locks of all shards that this process believes to hold, by number. */
  readonly held: () => ReadonlyArray<number>;
}

export class LockSession {
  readonly #options: LockSessionOptions;
  /** The one that had the locks when they were last looked at. */
  #session: string | undefined;
  #isMemoryOld = false;
  #relock: (() => Promise<unknown>) | undefined;

  constructor(options: LockSessionOptions) {
    this.#options = options;
  }

  /** How to take the locks again at once. */
  relockBy(relock: () => Promise<unknown>): void {
    this.#relock = relock;
  }

  /** Whether all shards held here are locked by this process. When they are not, it tries to lock them again. */
  async holds(): Promise<boolean> {
    const held = this.#options.held();
    if (held.length === 0) return true;
    const { rows } = await this.#options.pool.query<{ session: string; lock: number }>(LOCKS, [
      this.#options.name,
    ]);
    const session = rows[0]?.session;
    const locked = new Set(rows.map(({ lock }) => lock));
    const holds = held.every((lock) => locked.has(lock));
    if (session === this.#session && holds) return true;
    if (this.#session !== undefined) this.#isMemoryOld = true;
    if (!holds) {
      await this.#relock?.();
      return false;
    }
    this.#session = session;
    return true;
  }

  /**
   * Whether it is the same session as before, and has all the locks. The table of all locks is read only when the session
   * is another.
   */
  async isAsBefore(): Promise<boolean> {
    if (this.#session !== undefined) {
      const { name, pool } = this.#options;
      const { rows } = await pool.query<{ session: string }>(SESSIONS, [name]);
      if (rows.some(({ session }) => session === this.#session)) return true;
    }
    return (await this.holds()) && !this.#isMemoryOld;
  }

  /** Whether the locks were lost since this was last asked: what the entities here remember may be old. */
  takeIsMemoryOld(): boolean {
    const isOld = this.#isMemoryOld;
    this.#isMemoryOld = false;
    return isOld;
  }
}

/** The sessions of that name; one of them has the locks. */
const SESSIONS = `
SELECT pid || ' since ' || backend_start AS session FROM pg_stat_activity WHERE application_name = $1`;

/** The session that has a process's locks, and their numbers. */
const LOCKS = `
SELECT a.pid || ' since ' || a.backend_start AS session, l.objid::bigint::integer AS lock
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND a.application_name = $1`;
