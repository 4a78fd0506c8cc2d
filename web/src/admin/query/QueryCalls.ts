import type { DatasetsBody, QueriedBody } from "../../../../rpc/http/query.ts";
import { hasTexts, isRecord } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { hasListOf, hasLists, hasNumbers } from "../call.ts";
import type { Call } from "../call.ts";

export interface QueryCalls {
  readonly datasets: () => Promise<Answer<DatasetsBody>>;
  readonly query: (sql: string, limit: number) => Promise<Answer<QueriedBody>>;
}

/** Above the server's own limit, so that its answer says what was wrong. */
const TIMEOUT_MS = 120_000;

export function queryCalls(call: Call): QueryCalls {
  return {
    datasets: () => call("/api/v1/analytics/datasets", { is: isDatasets }),
    query: (sql, limit) =>
      call("/api/v1/analytics/query", {
        method: "POST",
        body: { sql, limit },
        timeoutMs: TIMEOUT_MS,
        is: isQueried,
      }),
  };
}

const isColumn = (value: unknown) => hasTexts(value, ["name", "type"]);

const isDatasets = (value: unknown): value is DatasetsBody =>
  hasListOf(
    value,
    "datasets",
    (dataset) =>
      hasTexts(dataset, ["name", "about"]) &&
      hasNumbers(dataset, ["rows"]) &&
      hasListOf(dataset, "columns", isColumn),
  );

const isQueried = (value: unknown): value is QueriedBody =>
  hasListOf(value, "columns", isColumn) &&
  hasLists(value, ["rows"]) &&
  isRecord(value) &&
  typeof value["truncated"] === "boolean";
