/**
 * Who is in the cluster: a row for each process, with its addresses, in the table `process`. A process enters itself, says
 * now and then that it is there, and reads the others; what an administrator has ordered for all of them (kinds that
 * are paused) is read along. Deaths are noticed by the links; this list only says whom to dial.
 */
import type pg from "pg";
import type { Clock } from "../actor/Clock.ts";
import type { ProcessInfo } from "./ProcessReport.ts";

const READ_EVERY_MS = 500;
/** A process that has not said for so long that it is there is listed no more. */
const FORGOTTEN_AFTER_SECONDS = 10;

export interface MembersOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly self: ProcessInfo;
  readonly log: (message: string, fields: Record<string, unknown>) => void;
  readonly listed: (processes: ReadonlyArray<ProcessInfo>) => void;
  readonly paused: (kinds: ReadonlyArray<string>) => void;
}

export class Members {
  readonly #options: MembersOptions;
  #cancel: () => void = () => {};
  #isClosed = false;

  constructor(options: MembersOptions) {
    this.#options = options;
  }

  /** Enters this process and reads the others for the first time. Rejects when the database is away. */
  async join(): Promise<void> {
    const { pool, self } = this.#options;
    await pool.query(FORGET_WRITERS);
    await this.#read();
    this.#options.log("joined the cluster", { process: self.name, link: self.link });
    this.#again();
  }

  /** Takes this process from the list. */
  async leave(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#options.pool.query("DELETE FROM process WHERE process_id = $1", [
      this.#options.self.processId,
    ]);
  }

  async setPaused(kind: string, paused: boolean): Promise<void> {
    await this.#options.pool.query(
      paused
        ? "INSERT INTO paused_kind (kind) VALUES ($1) ON CONFLICT DO NOTHING"
        : "DELETE FROM paused_kind WHERE kind = $1",
      [kind],
    );
    await this.#read();
  }

  #again(): void {
    if (this.#isClosed) return;
    this.#cancel = this.#options.clock.after(READ_EVERY_MS, () => {
      this.#read()
        .catch((cause: unknown) => {
          // The links go on with the processes that are known.
          if (!this.#isClosed)
            this.#options.log("the list of processes cannot be read", { cause: String(cause) });
        })
        .finally(() => this.#again());
    });
  }

  async #read(): Promise<void> {
    const { paused, pool, self, listed } = this.#options;
    const { rows } = await pool.query<{
      processes: ReadonlyArray<ProcessInfo> | null;
      paused: ReadonlyArray<string> | null;
    }>({ name: "members", text: READ, values: [self.processId, JSON.stringify(self)] });
    if (this.#isClosed) return;
    listed(rows[0]?.processes ?? []);
    paused(rows[0]?.paused ?? []);
  }
}

/** Rows that killed processes have left in `writer`; long enough after that nothing of theirs can be under way. */
const FORGET_WRITERS = `
DELETE FROM writer WHERE started_at < now() - interval '1 day'
  AND NOT EXISTS (SELECT 1 FROM process WHERE process.process_id = writer.writer_id)`;

/** Says that this process is there, forgets those that have been silent, and reads who is left. */
const READ = `
WITH beat AS (
  INSERT INTO process (process_id, info) VALUES ($1, $2::json)
  ON CONFLICT (process_id) DO UPDATE SET heard_at = now()
), forgotten AS (
  DELETE FROM process WHERE heard_at < now() - interval '${FORGOTTEN_AFTER_SECONDS} seconds' AND process_id <> $1
)
SELECT
  (SELECT json_agg(info) FROM process
   WHERE process_id <> $1 AND heard_at >= now() - interval '${FORGOTTEN_AFTER_SECONDS} seconds') AS processes,
  (SELECT array_agg(kind ORDER BY kind) FROM paused_kind) AS paused`;
