/** A statement as other programs read it: RFC 4180, one header, amounts as decimal text with a point. Pure. */
import type { StatementLineBody } from "../../../sdk/src/index.ts";

const COLUMNS = [
  "line_id",
  "at",
  "purpose",
  "account",
  "counter_account",
  "amount",
  "balance_total",
  "balance_locked",
  "ref",
] as const;

const MINOR_PER_MAJOR = 100;
/** A spreadsheet takes text that begins so for a formula, and would carry it out. */
const FORMULA = /^[=+\-@\t\r]/;

export function statementCsv(lines: readonly StatementLineBody[]): string {
  const rows = lines.map((line) =>
    COLUMNS.map((column) => {
      const value = line[column];
      return typeof value === "number" ? decimal(value) : field(value);
    }),
  );
  return [COLUMNS, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function decimal(minor: number): string {
  const magnitude = Math.abs(minor);
  const fraction = String(magnitude % MINOR_PER_MAJOR).padStart(2, "0");
  return `${minor < 0 ? "-" : ""}${Math.trunc(magnitude / MINOR_PER_MAJOR)}.${fraction}`;
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
