import type {
  Answer,
  Croupier,
  StatementBody,
  StatementLineBody,
  WalletBody,
} from "../../../sdk/src/index.ts";
import { hasTexts, isRecord } from "../http/request.ts";

/** Two screens full. */
const PAGE_LINES = 50;

export type Hold = WalletBody["open_holds"][number];

/** A page of the statement, newest first; `before` is the last line's id of the page before. */
export function readStatement(
  croupier: Pick<Croupier, "get">,
  before?: string,
): Promise<Answer<StatementBody>> {
  return croupier.get("/wallet/me/statement", { query: { limit: PAGE_LINES, before } });
}

/** Whether what this browser has kept of a statement can still be shown. */
export function isStatement(value: unknown): value is StatementBody {
  return (
    isRecord(value) &&
    Array.isArray(value["lines"]) &&
    value["lines"].every(isLine) &&
    (value["next_before"] === null || typeof value["next_before"] === "string")
  );
}

function isLine(value: unknown): value is StatementLineBody {
  return (
    hasTexts(value, ["line_id", "at", "purpose", "account", "counter_account", "ref"]) &&
    isRecord(value) &&
    ["amount", "balance_total", "balance_locked"].every((name) => Number.isSafeInteger(value[name]))
  );
}
