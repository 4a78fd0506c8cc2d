/**
 * A job of which one runs in the cluster, again and again, under a term of office (`Term.ts`). The cluster starts it in
 * the process that holds its shard and interrupts it when the shard moves; the term keeps one that does not know yet from
 * writing beside its successor.
 */
import { Singleton } from "@effect/cluster";
import { Cause, Effect, Schedule } from "effect";
import type pg from "pg";
import type { RunningSingletons } from "./RunningSingletons.ts";
import { Term, TermEnded } from "./Term.ts";

/** After a failure (the database is away, the disk is full) the job is tried again this much later. */
const RETRY_MS = 5000;
/**
 * One whose term was ended stands again after this. By then the cluster has interrupted it, unless its shard has come
 * back meanwhile: then the office is its own again, and nobody else would do the job.
 */
const STAND_AGAIN_MS = 10_000;

export interface Job {
  readonly name: string;
  /**
   * Does what is due and resolves to the milliseconds until it wants to be called again. It writes by `term.act` only;
   * for what it does elsewhere it answers itself. `signal` is aborted when the singleton is interrupted: what has not
   * ended then goes on unobserved, beside a successor.
   */
  readonly run: (term: Term, signal: AbortSignal) => Promise<number>;
}

export interface Office {
  readonly pool: pg.Pool;
  /** This process, for people. */
  readonly holder: string;
  readonly running: RunningSingletons;
  /** Told each time that a job here wanted to write after another process had taken its office. */
  readonly onTermEnded: (name: string) => void;
}

export const layer = (job: Job, office: Office) => Singleton.make(job.name, serve(job, office));

/** Takes office and does the job until interrupted. */
export const serve = (job: Job, office: Office): Effect.Effect<never> =>
  takeOffice(job, office).pipe(
    Effect.flatMap((term) =>
      office.running.during(
        job.name,
        Effect.forever(Effect.flatMap(runOnce(job, term), (ms) => Effect.sleep(ms))),
      ),
    ),
    Effect.catchTag("TermEnded", (ended) =>
      Effect.zipRight(
        Effect.sync(() => office.onTermEnded(job.name)),
        Effect.logWarning(ended.message),
      ),
    ),
    Effect.zipRight(Effect.sleep(STAND_AGAIN_MS)),
    Effect.forever,
  );

const takeOffice = ({ name }: Job, { holder, pool }: Office) =>
  Effect.tryPromise(() => Term.take(pool, { name, holder })).pipe(
    Effect.tapErrorCause((cause) =>
      Effect.logWarning(`the office of ${name} cannot be taken yet`, cause),
    ),
    Effect.retry(Schedule.spaced(RETRY_MS)),
    // Endless retries leave no failure.
    Effect.orDie,
  );

/** Runs the job; a failure other than the end of the term is logged, and the job is tried again later. */
const runOnce = (job: Job, term: Term): Effect.Effect<number, TermEnded> =>
  Effect.tryPromise((signal) => job.run(term, signal)).pipe(
    Effect.catchAll(({ error }) =>
      error instanceof TermEnded
        ? Effect.fail(error)
        : Effect.as(
            Effect.logWarning(`${job.name} failed and is tried again`, Cause.fail(error)),
            RETRY_MS,
          ),
    ),
  );
