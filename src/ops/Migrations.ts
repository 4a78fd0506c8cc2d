/**
 * The schema's history: numbered SQL files, applied in order, never edited and never undone. Each runs in its own
 * transaction together with the row of `schema_migration` that records it, so a file is applied wholly or not at all.
 * Several processes may start at once: an advisory lock lets one migrate while the others wait and find it done.
 *
 * A program that meets a history it does not know stops: an edited file would leave two databases of one number with
 * different schemas, and a number it has never heard of was written by a newer release.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Schema } from "effect";
import pg from "pg";

/** The database cannot be brought to this release's schema; the message says why and what to do. */
export class MigrationError extends Schema.TaggedError<MigrationError>()("MigrationError", {
  message: Schema.String,
  cause: Schema.optional(Schema.Defect),
}) {}

/** Held while migrating: "migrate!" in ASCII, as a bigint. */
const MIGRATION_LOCK = "7883946363647714593";

const FILE_NAME = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** `migrations/` beside `src/`, in the sources as in what is built from them. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../migrations", import.meta.url));

export interface Migration {
  readonly number: number;
  /** The file's name. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
}

/** Reads the migrations of a folder, in order. Rejects with `MigrationError` on a gap, a repetition or a stray file. */
export const readMigrations = async (
  folder: string = MIGRATIONS_FOLDER,
): Promise<ReadonlyArray<Migration>> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(FILE_NAME.exec(name)?.[1]);
      if (number !== index + 1)
        throw new MigrationError({
          message: `Migration ${name} stands where number ${index + 1} belongs; the files are numbered 0001_name.sql, 0002_name.sql and so on, without gap or repetition.`,
        });
      // Line ends are no part of the history: a checkout on Windows must not look like an edit.
      const sql = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
      return { number, name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
};

interface AppliedRow {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** What of `known` is still to be applied to a database whose history is `applied`. Throws `MigrationError`. */
export const outstanding = (
  known: ReadonlyArray<Migration>,
  applied: ReadonlyArray<AppliedRow>,
): ReadonlyArray<Migration> => {
  for (const [index, row] of applied.entries()) {
    const migration = known[index];
    if (migration === undefined)
      throw new MigrationError({
        message: `The database has migration ${row.name}, which this release does not know: it was migrated by a newer one. Start that release, or use another database.`,
      });
    if (migration.name !== row.name || migration.checksum !== row.checksum)
      throw new MigrationError({
        message: `Migration ${migration.name} differs from ${row.name} as it was applied to this database; a migration is never edited. Restore the file and put the change in a new one.`,
      });
  }
  return known.slice(applied.length);
};

const apply = async (client: pg.Client, migration: Migration) => {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      "INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)",
      [migration.number, migration.name, migration.checksum],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new MigrationError({
      message: `Migration ${migration.name} failed and changed nothing: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
};

/**
 * Brings the database at `url` to the newest schema and resolves to the names of the files it applied, in order.
 * Rejects with `MigrationError`, or with `pg`'s own error when the database cannot be reached.
 */
export const migrate = async (
  url: string,
  migrations: ReadonlyArray<Migration>,
): Promise<ReadonlyArray<string>> => {
  const client = new pg.Client({ connectionString: url, application_name: "croupier migrations" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(`
      CREATE TABLE IF NOT EXISTS schema_migration (
        number     integer PRIMARY KEY,
        name       text NOT NULL,
        checksum   text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    const { rows } = await client.query<AppliedRow>(
      "SELECT number, name, checksum FROM schema_migration ORDER BY number",
    );
    const todo = outstanding(migrations, rows);
    for (const migration of todo) await apply(client, migration);
    return todo.map(({ name }) => name);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
};
