/**
 * A projection is a table for reading, kept by an entity's events and written in the transaction that writes them, so
 * it is never behind the journal. Rows are whole: a row written again replaces the one with its key.
 */

/** Types of columns. Times are epoch milliseconds in `bigint`. */
export type ColumnType = "text" | "json" | "bigint" | "integer" | "boolean";

export interface Projection {
  readonly table: string;
  /** Columns with their types. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns of the primary key. */
  readonly key: ReadonlyArray<string>;
  /** `insert`: a key is written once (a second time is a defect). `upsert`: the last row wins. */
  readonly write: "insert" | "upsert";
}

export type Row = Readonly<Record<string, unknown>>;

export interface ProjectedRow {
  readonly projection: Projection;
  readonly row: Row;
}
