/**
 * The one PostgreSQL of a run, on which ours and its peers work, each in a database of its own: the product's embedded
 * server with the product's settings, or the one that `DATABASE_URL` names. Its files lie beside the product's, since
 * the system's folder for temporary files may be in memory, where a commit costs nothing.
 */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { startPostgres } from "../../src/ops/EmbeddedPostgres.ts";

export interface Database {
  readonly url: string;
  readonly query: <Row extends pg.QueryResultRow>(
    sql: string,
    values?: ReadonlyArray<unknown>,
  ) => Promise<ReadonlyArray<Row>>;
  readonly drop: () => Promise<void>;
}

export interface Postgres {
  readonly version: string;
  /** The settings that decide what a commit costs, as the server reports them. */
  readonly durability: string;
  readonly createDatabase: (purpose: string) => Promise<Database>;
  readonly stop: () => Promise<void>;
}

const DURABILITY = ["fsync", "synchronous_commit", "full_page_writes", "shared_buffers"];
const DATA_DIR = fileURLToPath(new URL("../../.data", import.meta.url));

const once = async <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: ReadonlyArray<unknown> = [],
): Promise<ReadonlyArray<Row>> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};

const createDatabase = async (serverUrl: string, purpose: string): Promise<Database> => {
  const name = `bench_${purpose}_${randomBytes(4).toString("hex")}`;
  await once(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: (sql, values) => once(url.href, sql, values),
    drop: async () => {
      await once(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};

const startEmbedded = async () => {
  await mkdir(DATA_DIR, { recursive: true });
  const folder = await mkdtemp(join(DATA_DIR, "bench-"));
  const running = await startPostgres({
    folder,
    // Errors of single statements are their senders' matter; what ends the server is ours.
    log: ({ message }) => {
      if (/^(PANIC:|PostgreSQL (ended|was not))/.test(message)) console.error(message);
    },
  });
  return {
    url: running.url,
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const openPostgres = async (databaseUrl: string | undefined): Promise<Postgres> => {
  const server =
    databaseUrl === undefined
      ? await startEmbedded()
      : { url: databaseUrl, stop: () => Promise.resolve() };
  const [{ version } = { version: "?" }] = await once<{ version: string }>(
    server.url,
    "SELECT current_setting('server_version') AS version",
  );
  const settings = await once<{ setting: string }>(
    server.url,
    "SELECT name || '=' || current_setting(name) AS setting FROM unnest($1::text[]) AS name",
    [DURABILITY],
  );
  return {
    version,
    durability: settings.map(({ setting }) => setting).join(" "),
    createDatabase: (purpose) => createDatabase(server.url, purpose),
    stop: server.stop,
  };
};
