/** A value of DuckDB as JSON has it. */
import type { DuckDBValue } from "@duckdb/node-api";

/** Longer texts are cut: an answer is read by people. */
const MAX_CELL_CHARACTERS = 10_000;

export type Cell = string | number | boolean | null;

/** Integers beyond 2^53, decimals, dates and nested values are text, as is what JSON has no number for. */
export const cellOf = (value: DuckDBValue): Cell => {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint": {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : value.toString();
    }
    case "string":
      return cut(value);
    default:
      return value === null ? null : cut(value.toString());
  }
};

const cut = (text: string) =>
  text.length <= MAX_CELL_CHARACTERS
    ? text
    : `${text.slice(0, MAX_CELL_CHARACTERS)}… (${text.length} characters)`;
