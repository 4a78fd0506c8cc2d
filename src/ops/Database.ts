/**
 * The database of this process: the one that `DATABASE_URL` names, or an embedded one in `DATA_DIR`, brought to the newest
 * schema and held for this process alone.
 */
import { join } from "node:path";
import { Context, Effect, Layer, Runtime, Schedule, Schema } from "effect";
import pg from "pg";
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

/** Any number that no other advisory lock has. */
const OWNER_LOCK = 7_232_026;
/** A process that was killed may still hold the lock for as long as the server takes to notice. */
const OWNER_WAIT_MS = 5000;
const OWNER_RETRY_MS = 250;

/** A database that does not answer within these is taken for away, rather than waited for. */
const CONNECT_TIMEOUT_MS = 2000;
const ANSWER_TIMEOUT_MS = 8000;

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
    yield* own(url);
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
      (opened) => Effect.promise(() => opened.end()),
    );
    const fork = Runtime.runFork(yield* Effect.runtime<never>());
    // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
    pool.on("error", (cause) => fork(Effect.logWarning("a database connection broke", cause)));
    return { url, pool };
  });

/**
 * Holds the database for this process: a second one, not being in its cluster, would run the same entities again. The
 * fence would keep the money right, but the two would hinder each other. The lock goes with its session, so when that is
 * cut (PostgreSQL was restarted) it is taken again, before anyone else asks for it.
 */
const own = (url: string) =>
  Effect.acquireRelease(
    Effect.tryPromise({ try: () => claim(url), catch: failed("The database is taken") }).pipe(
      Effect.retry(Schedule.spaced(OWNER_RETRY_MS).pipe(Schedule.upTo(OWNER_WAIT_MS))),
      Effect.map((client) => keepOwning(url, client)),
    ),
    (stop) => Effect.promise(stop),
  );

/** The session that has the lock; rejects when another has it. */
const claim = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: OWNER_WAIT_MS,
    application_name: "croupier owner",
  });
  // Without a listener a lost session would end the process; its end is what is looked at.
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ locked: boolean }>(
    "SELECT pg_try_advisory_lock($1) AS locked",
    [OWNER_LOCK],
  );
  if (rows[0]?.locked === true) return client;
  await client.end();
  throw new Error("another Croupier process runs on it; stop that one first");
};

/** Claims the database again whenever the session is cut, until it is told to stop. */
const keepOwning = (url: string, first: pg.Client) => {
  let owner: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopping = false;
  const hold = async (client: pg.Client) => {
    if (stopping) return client.end();
    owner = client;
    client.once("end", lost);
  };
  const lost = () => {
    owner = undefined;
    if (!stopping) claim(url).then(hold, () => (retry = setTimeout(lost, OWNER_RETRY_MS)));
  };
  void hold(first);
  return async () => {
    stopping = true;
    clearTimeout(retry);
    await owner?.end();
  };
};
