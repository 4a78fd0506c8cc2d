/**
 * DuckDB with some tables and nothing else: a locked room for SQL that anyone may have written. Each table is a view of
 * Parquet files; those files are all that may be opened, and nothing is stored. Nothing may be configured either, but DuckDB
 * has table functions that do so all the same (`enable_logging`): whoever lets anyone ask gives each question a room of its own.
 */
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Table } from "./Published.ts";

export interface LockedTablesOptions {
  readonly tables: ReadonlyArray<Table>;
  readonly memoryMb: number;
}

export class LockedTables {
  readonly connection: DuckDBConnection;
  readonly #duck: DuckDBInstance;

  private constructor(duck: DuckDBInstance, connection: DuckDBConnection) {
    this.#duck = duck;
    this.connection = connection;
  }

  /** The files are those of this process's working directory. */
  static async open({ memoryMb, tables }: LockedTablesOptions): Promise<LockedTables> {
    const duck = await DuckDBInstance.create(":memory:", {
      threads: "1",
      memory_limit: `${memoryMb}MB`,
      // What does not fit into memory is refused rather than written to a disk.
      temp_directory: "",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await duck.connect();
    for (const table of tables) await connection.run(viewOf(table));
    await connection.run(`SET allowed_paths = ${listOf(tables.flatMap(({ files }) => files))}`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    return new LockedTables(duck, connection);
  }

  close(): void {
    this.connection.closeSync();
    this.#duck.closeSync();
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const listOf = (names: ReadonlyArray<string>) => `[${names.map(quoted).join(", ")}]`;

/** Without a file the table is there all the same, empty. A column that older files lack is null in them. */
const viewOf = ({ columns, files, name }: Table) => {
  const shown = Object.entries(columns);
  return files.length === 0
    ? `CREATE VIEW "${name}" AS SELECT ${shown.map(([column, type]) => `NULL::${type} AS "${column}"`).join(", ")} WHERE false`
    : `CREATE VIEW "${name}" AS SELECT ${shown.map(([column]) => `"${column}"`).join(", ")} FROM read_parquet(${listOf(files)})`;
};
