/** A table that any spreadsheet reads (RFC 4180). */

const LINE_END = "\r\n";
/** Tells a spreadsheet that it is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

export function csvOf(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const lines = [columns, ...rows].map((row) => row.map(cell).join(","));
  return BYTE_ORDER_MARK + [...lines, ""].join(LINE_END);
}

/** What begins like this a spreadsheet would carry out instead of showing it; much is free text. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

function cell(value: unknown): string {
  const plain =
    value === null || value === undefined
      ? ""
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
  const text = FORMULA.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
