/** Acts as a table that any spreadsheet reads (RFC 4180): machine-made names and times, for it may be worked with. */
import type { ActBody } from "../../../../rpc/http/admin/acts.ts";

const COLUMNS = [
  "act_id",
  "at",
  "by",
  "act",
  "target",
  "reason",
  "details",
  "outcome",
  "code",
  "replayed",
  "finished_at",
  "request_id",
  "idempotency_key",
] as const;

const LINE_END = "\r\n";
/** Tells a spreadsheet that it is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

export function actsCsv(acts: readonly ActBody[]): string {
  const lines = acts.map((act) => COLUMNS.map((column) => cell(act[column])).join(","));
  return BYTE_ORDER_MARK + [COLUMNS.join(","), ...lines, ""].join(LINE_END);
}

/** What begins like this a spreadsheet would carry out instead of showing it; a reason is free text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: unknown): string {
  const plain =
    value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  const text = FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
