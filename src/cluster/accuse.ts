/** What is done about a process that has been found dead: one statement, so that nobody sees half of it. */
import type pg from "pg";
import type { ProcessInfo } from "./ProcessReport.ts";

export interface Accusation {
  readonly pool: pg.Pool;
  readonly accused: ProcessInfo;
  /** The name of the database session that has the accused's locks. */
  readonly lockSession: string;
  readonly accuser: ProcessInfo;
}

/**
 * Has a dead process's shards shared out, and its locks taken from it. Nothing happens when the accuser is itself thought
 * dead, or another process has taken over the address; nor yet, and this answers false, when the accuser has not registered
 * as a runner: one that has just started meets the dead of its address's earlier life first. Rejects when the database is away.
 */
export const accuse = async ({
  accused,
  accuser,
  lockSession,
  pool,
}: Accusation): Promise<boolean> => {
  const { rows } = await pool.query<{ registered: boolean }>(ACCUSE, [
    accused.runner,
    accuser.runner,
    accused.processId,
    lockSession,
  ]);
  return rows[0]?.registered ?? false;
};

/**
 * Marks a runner ($1) as dead, unless the accuser ($2) is thought dead itself or another process has taken over the address;
 * raises the dead process's ($3) epoch as a writer, which waits for a batch under way and lets no later one be written;
 * and ends the session that has its locks ($4). All at once: nobody reads that it is dead before its last batch is there.
 */
const ACCUSE = `
WITH accused AS (
  UPDATE cluster_runners SET healthy = false
  WHERE address = $1
    AND EXISTS (SELECT 1 FROM cluster_runners own WHERE own.address = $2 AND own.healthy)
    AND NOT EXISTS (SELECT 1 FROM process other WHERE other.info->>'runner' = $1 AND other.process_id <> $3)
  RETURNING 1
), raised AS (
  UPDATE writer SET epoch = epoch + 1 WHERE writer_id = $3 AND EXISTS (SELECT 1 FROM accused)
)
SELECT count(pg_terminate_backend(pid)) > 0 AS ended,
  EXISTS (SELECT 1 FROM cluster_runners own WHERE own.address = $2) AS registered
FROM pg_stat_activity WHERE application_name = $4 AND EXISTS (SELECT 1 FROM accused)`;
