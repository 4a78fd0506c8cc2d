/** One SELECT, carried out: its first rows, as far as they go into an answer. */
import { type DuckDBConnection, type DuckDBValue, StatementType } from "@duckdb/node-api";
import { type Cell, cellOf } from "./cell.ts";
import { failureSentence, isFileGone } from "./failureSentence.ts";

/** Of an answer as JSON, about: what a browser shows without delay, and the server passes on without a pause. */
const MAX_ANSWER_CHARACTERS = 4_000_000;

export interface Selection {
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>;
  /** There are more rows than the limit, or than go into an answer. */
  readonly truncated: boolean;
}

export type Selected =
  | ({ readonly kind: "selected" } & Selection)
  | { readonly kind: "refused"; readonly reason: string }
  /** A file has been replaced: the question is to be asked of the tables as they are now. */
  | { readonly kind: "gone" };

export interface Question {
  readonly sql: string;
  readonly values: ReadonlyArray<string | number | null>;
  readonly limit: number;
}

export const select = async (
  connection: DuckDBConnection,
  question: Question,
): Promise<Selected> => {
  try {
    return await run(connection, question);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (isFileGone(message)) return { kind: "gone" };
    return { kind: "refused", reason: failureSentence(message) };
  }
};

const run = async (
  connection: DuckDBConnection,
  { limit, sql, values }: Question,
): Promise<Selected> => {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1)
    return {
      kind: "refused",
      reason: `Write one SELECT: these are ${statements.count} statements.`,
    };
  const statement = await statements.prepare(0);
  try {
    if (statement.statementType !== StatementType.SELECT)
      return { kind: "refused", reason: "Only SELECT can be asked: nothing can be changed." };
    if (statement.parameterCount !== values.length)
      return { kind: "refused", reason: "Write values into the query: it has a parameter." };
    statement.bind(values.map((value): DuckDBValue => value));
    const result = await statement.stream();
    const columns = result
      .columnNames()
      .map((name, n) => ({ name, type: result.columnType(n).toString() }));
    const rows: Array<ReadonlyArray<Cell>> = [];
    let characters = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0)
        return { kind: "selected", columns, rows, truncated: false };
      for (let at = 0; at < chunk.rowCount; at += 1) {
        if (rows.length === limit || characters > MAX_ANSWER_CHARACTERS)
          return { kind: "selected", columns, rows, truncated: true };
        const row = columns.map((_, n) =>
          withoutFolder(cellOf(chunk.getColumnVector(n).getItem(at))),
        );
        for (const cell of row) characters += String(cell).length + 1;
        rows.push(row);
      }
    }
  } finally {
    statement.destroySync();
  }
};

/** DuckDB's tables about itself name the files that may be opened; where they lie is nobody's business. */
const withoutFolder = (cell: Cell): Cell =>
  typeof cell === "string" ? cell.replaceAll(`${process.cwd()}/`, "") : cell;
