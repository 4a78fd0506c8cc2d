import type { StatementBody, StatementLineBody, WalletBody } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord, request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";

/** Two screens full. */
const PAGE_LINES = 50;

export type Hold = WalletBody["open_holds"][number];

/** A page of the statement, newest first; `before` is the last line's id of the page before. */
export function readStatement(token: string, before?: string): Promise<Answer<StatementBody>> {
  const query = new URLSearchParams({ limit: String(PAGE_LINES) });
  if (before !== undefined) query.set("before", before);
  return request(`/wallet/me/statement?${query}`, { token, is: isStatement });
}

/** What is set aside now, and what for. */
export async function readHolds(token: string): Promise<Answer<readonly Hold[]>> {
  const answer = await request("/wallet/me", { token, is: isHolding });
  return answer.ok ? { ok: true, body: answer.body.open_holds } : answer;
}

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

function isHolding(value: unknown): value is { readonly open_holds: readonly Hold[] } {
  return (
    isRecord(value) &&
    Array.isArray(value["open_holds"]) &&
    value["open_holds"].every(
      (hold) =>
        hasTexts(hold, ["hold_id", "purpose", "ref", "since"]) &&
        isRecord(hold) &&
        Number.isSafeInteger(hold["amount"]),
    )
  );
}
