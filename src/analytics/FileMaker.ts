/** Makes Parquet files of what PostgreSQL holds. It loads DuckDB: not for the server's process, see `ExportApart.ts`. */
import { createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import type { Dataset, Segment } from "./Dataset.ts";
import { copyOut } from "./copyOut.ts";

export interface MakeOrder {
  readonly dataset: Dataset;
  readonly segment: Segment;
  /** Where the file is to be. */
  readonly path: string;
}

/** For sorting a file's rows, and for the rows of a group before they are compressed. */
const MEMORY_LIMIT = "512MB";
const CONNECT_TIMEOUT_MS = 5000;
/** Beyond this a statement's connection is taken for cut: the largest file takes some seconds. */
const ANSWER_TIMEOUT_MS = 300_000;
/** A hand as JSON is some thousand bytes; what is longer than this cannot be read back. */
const MAX_ROW_BYTES = 4_194_304;
/** Rows on their way from PostgreSQL to DuckDB, beside the file that is made. */
const CSV = ".csv";

export class FileMaker {
  readonly #client: pg.Client;
  readonly #duck: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(client: pg.Client, duck: DuckDBInstance, connection: DuckDBConnection) {
    this.#client = client;
    this.#duck = duck;
    this.#connection = connection;
  }

  static async open(url: string): Promise<FileMaker> {
    // One thread: what players wait for comes first, and the rows stay in their order.
    const duck = await DuckDBInstance.create(":memory:", {
      threads: "1",
      memory_limit: MEMORY_LIMIT,
    });
    const connection = await duck.connect();
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: ANSWER_TIMEOUT_MS,
      application_name: "croupier export",
    });
    // A connection that breaks fails the statement under way, or the next.
    client.on("error", () => undefined);
    await client.connect();
    return new FileMaker(client, duck, connection);
  }

  /** Makes the file, whole and on the disk when the promise resolves: to how many rows it has. */
  async make({ dataset, path, segment }: MakeOrder): Promise<number> {
    const csv = path + CSV;
    try {
      await copyOut(this.#client, dataset.select(segment), createWriteStream(csv));
      const { rowsChanged } = await this.#connection.run(toParquet(dataset, csv, path));
      const file = await open(path, "r+");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      return rowsChanged;
    } finally {
      await rm(csv, { force: true });
    }
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#duck.closeSync();
    await this.#client.end();
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const toParquet = ({ columns, encoding, read, shape }: Dataset, csv: string, path: string) => {
  const types = Object.entries(read).map(([name, type]) => `${quoted(name)}: ${quoted(type)}`);
  const shown = Object.entries(columns).map(
    ([name, type]) => `CAST("${name}" AS ${type}) AS "${name}"`,
  );
  return `
COPY (
  WITH source AS (
    FROM read_csv(${quoted(csv)}, columns = {${types.join(", ")}}, auto_detect = false, header = false, delim = ',',
      quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, max_line_size = ${MAX_ROW_BYTES}, strict_mode = true)
  )
  SELECT ${shown.join(", ")} FROM (${shape})
) TO ${quoted(path)} (${["FORMAT parquet", "COMPRESSION zstd", ...(encoding === undefined ? [] : [encoding])].join(", ")})`;
};
