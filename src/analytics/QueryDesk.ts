/** SQL over the exported tables, for the administrator: one query at a time, with bounds to all it can take. */
import { constants } from "node:os";
import type pg from "pg";
import { Unavailable } from "../../rpc/failure.ts";
import { QueryFailed, QueryTooLong } from "../../rpc/http/query.ts";
import { failure, success } from "../gateway/Answer.ts";
import type { QueryDesk } from "../gateway/PokerDesks.ts";
import { Published } from "./Published.ts";
import { type Answered, QueryApart } from "./QueryApart.ts";
import { Turns } from "./Turns.ts";

export interface QueryDeskOptions {
  readonly pool: pg.Pool;
  /** The folder of exports. */
  readonly folder: string;
  /** A query that takes longer is ended. */
  readonly timeoutMs: number;
  /** A query that needs more is refused. */
  readonly memoryMb: number;
}

export interface ClosableQueryDesk extends QueryDesk {
  /** Ends the program that answers. */
  readonly close: () => void;
}

/** Queries that wait for the one under way; each waits for a few time limits at most. */
const MAX_WAITING = 3;
const RETRY_AFTER_MS = 2000;
/** Kept warm between the queries of one who is at work. */
const IDLE_MS = 300_000;
/** How often files may be replaced under a query before it is given up: once a run of the export, and not thrice. */
const MAX_ATTEMPTS = 3;

export const makeQueryDesk = ({
  folder,
  memoryMb,
  pool,
  timeoutMs,
}: QueryDeskOptions): ClosableQueryDesk => {
  const published = new Published(pool, folder);
  const apart = new QueryApart({
    folder,
    memoryMb,
    timeoutMs,
    nice: constants.priority.PRIORITY_LOW,
    idleMs: IDLE_MS,
    keepOpen: false,
  });
  const turns = new Turns(MAX_WAITING);

  const ask = async (sql: string, limit: number): Promise<Answered> => {
    for (let attempt = 1; ; attempt += 1) {
      const answered = await apart.ask(await published.tables(), { sql, limit, values: [] });
      if (answered.kind !== "gone" || attempt === MAX_ATTEMPTS) return answered;
    }
  };

  const answer = async (sql: string, limit: number) => {
    const startedAt = performance.now();
    const answered = await ask(sql, limit);
    switch (answered.kind) {
      case "selected": {
        const { columns, rows, truncated } = answered;
        return success({
          columns,
          rows,
          truncated,
          elapsed_ms: Math.round((performance.now() - startedAt) * 10) / 10,
        });
      }
      case "refused":
        return failure(new QueryFailed({ reason: answered.reason }));
      case "too-long":
        return failure(new QueryTooLong({ limitMs: timeoutMs }));
      case "too-much-memory":
        return failure(
          new QueryFailed({
            reason: `The query needs more than the ${memoryMb} MB of memory it may use. Ask for fewer or shorter values.`,
          }),
        );
      case "gone":
        return failure(
          new Unavailable({ reason: "the export is at work", retryAfterMs: RETRY_AFTER_MS }),
        );
    }
  };

  return {
    datasets: async () => ({
      datasets: (await published.tables()).map(({ about, columns, exportedAt, name, rows }) => ({
        name,
        about,
        rows,
        columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
        exported_at: exportedAt === undefined ? null : new Date(exportedAt).toISOString(),
      })),
    }),
    query: async (sql, limit) =>
      (await turns.take(() => answer(sql, limit))) ??
      failure(
        new Unavailable({
          reason: "other queries are being answered",
          retryAfterMs: RETRY_AFTER_MS,
        }),
      ),
    close: () => apart.close(),
  };
};
