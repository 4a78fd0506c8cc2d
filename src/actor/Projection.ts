/**
 * A projection is a table for reading, kept by an entity's events and written in the transaction that writes them, so
 * it is never behind the journal. Rows are whole: a row written again replaces the one with its key.
 */

import type { PgType } from "./PgArray.ts";

export interface Projection {
  readonly table: string;
  /** Columns with their PostgreSQL types. */
  readonly columns: Readonly<Record<string, PgType>>;
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
