/**
 * The database of this process: the one that `DATABASE_URL` names, or an embedded one in `DATA_DIR`, brought to the newest
 * schema. Processes that share one are one cluster.
 */
import { join } from "node:path";
import { Context, Effect, Layer, Runtime, Schema } from "effect";
import pg from "pg";
import { closing } from "./Closing.ts";
import { Settings } from "./Config.ts";
import { EmbeddedPostgres } from "./EmbeddedPostgres.ts";
import { migrate, readMigrations } from "./Migrations.ts";

export class DatabaseError extends Schema.TaggedError<DatabaseError>()("DatabaseError", {
  sentence: Schema.String,
}) {
  override get message() {
    return this.sentence;
  }
}

/** A database that does not answer within these is taken for away, rather than waited for. */
const CONNECT_TIMEOUT_MS = 2000;
const ANSWER_TIMEOUT_MS = 8000;
/** A query that nobody calls off has failed by then, and its connection is given back. */
const CLOSE_MS = ANSWER_TIMEOUT_MS + 1000;

export interface RunningDatabase {
  readonly url: string;
  /** For reads; the journal commits on a connection of its own. */
  readonly pool: pg.Pool;
}

export class Database extends Context.Tag("croupier/ops/Database")<Database, RunningDatabase>() {
  static readonly layer = Layer.unwrapEffect(
    Effect.map(Settings, ({ dataDir, databaseUrl }) =>
      databaseUrl === undefined
        ? Layer.scoped(
            Database,
            Effect.flatMap(EmbeddedPostgres, ({ url }) => open(url)),
          ).pipe(Layer.provide(EmbeddedPostgres.layer(join(dataDir, "postgres"))))
        : Layer.scoped(Database, open(databaseUrl)),
    ),
  );
}

const failed = (what: string) => (cause: unknown) =>
  new DatabaseError({
    sentence: `${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
  });

const open = (url: string) =>
  Effect.gen(function* () {
    const { databasePoolSize } = yield* Settings;
    const applied = yield* Effect.tryPromise({
      try: async () => migrate(url, await readMigrations()),
      catch: failed("The database cannot be brought to the newest schema (check DATABASE_URL)"),
    });
    if (applied.length > 0) yield* Effect.logInfo(`migrated: ${applied.join(", ")}`);
    const pool = yield* Effect.acquireRelease(
      Effect.sync(
        () =>
          new pg.Pool({
            connectionString: url,
            max: databasePoolSize,
            connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
            query_timeout: ANSWER_TIMEOUT_MS,
          }),
      ),
      (opened) => closing("the database's connections", CLOSE_MS, () => opened.end()),
    );
    const fork = Runtime.runFork(yield* Effect.runtime<never>());
    // One that breaks in use fails what it was asked, and an idle one is replaced at its next use; without a listener either
    // would end the process.
    pool.on("connect", (client) => client.on("error", () => undefined));
    pool.on("error", (cause) => fork(Effect.logWarning("a database connection broke", cause)));
    return { url, pool };
  });
