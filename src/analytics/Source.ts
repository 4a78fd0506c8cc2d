/**
 * Where exported rows come from: what is in no file yet, and how rows are given to segments. Rows are given once, in one
 * fenced act (`jobs/Term.ts`), and moved as a whole when a segment replaces one that was still small.
 */
import type { Dataset } from "./Dataset.ts";

/** Reads rows of the database. */
export type Read = <Row extends object>(
  sql: string,
  values: ReadonlyArray<unknown>,
) => Promise<ReadonlyArray<Row>>;

/** Rows that are in no file, to be given to segments at once: one segment for each of `days`. */
export interface Batch {
  /** `2025-03-01`, UTC */
  readonly days: ReadonlyArray<string>;
  /** The act that gives them to segments with these names, in the order of `days`. Branches as `Term.act` takes them. */
  readonly record: (segments: ReadonlyArray<string>) => {
    readonly branches: string;
    readonly values: ReadonlyArray<unknown>;
  };
}

export interface Source {
  readonly name: string;
  readonly datasets: ReadonlyArray<Dataset>;
  /** What is in no file yet, or the first part of it; undefined when everything is. */
  readonly nextBatch: (read: Read) => Promise<Batch | undefined>;
}
