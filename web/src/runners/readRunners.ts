/** What the server tells of runners; it is asked without a player. */
import { hasTexts, isRecord, request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";
import type {
  RunnerHistoryBody,
  RunnerStartBody,
  RunnerTotalsBody,
} from "../../../rpc/http/analytics.ts";
import type { Form } from "./form.ts";

/** A page of starts: as many as the charts show at once. */
export const STARTS_PER_PAGE = 50;

export interface LobbyField {
  readonly lobby_id: string;
  readonly name: string;
  readonly runners: readonly {
    readonly number: number;
    readonly name: string;
    readonly form: Form;
  }[];
}

export function readRunners(): Promise<Answer<{ readonly runners: readonly RunnerTotalsBody[] }>> {
  return request("/analytics/runners", { is: isRunners });
}

/** `before` is `next_before` of the page before; null for the first. */
export function readHistory(
  name: string,
  before: string | null,
): Promise<Answer<RunnerHistoryBody>> {
  const query = new URLSearchParams({ limit: String(STARTS_PER_PAGE) });
  if (before !== null) query.set("before", before);
  return request(`/analytics/runners/${encodeURIComponent(name)}?${query}`, { is: isHistory });
}

/** Who runs where now. */
export function readFields(): Promise<Answer<{ readonly lobbies: readonly LobbyField[] }>> {
  return request("/lobbies", { is: isFields });
}

const hasNumbers = (value: unknown, names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => typeof value[name] === "number");

function isTotals(value: unknown): value is RunnerTotalsBody {
  return (
    hasTexts(value, ["name"]) &&
    hasNumbers(value, [
      "starts",
      "wins",
      "win_rate",
      "place_rate",
      "average_odds",
      "return_per_unit",
    ])
  );
}

function isRunners(value: unknown): value is { readonly runners: readonly RunnerTotalsBody[] } {
  return isRecord(value) && Array.isArray(value["runners"]) && value["runners"].every(isTotals);
}

function isForm(value: unknown): value is Form {
  return hasNumbers(value, ["speed", "stamina", "start", "consistency"]);
}

function isStart(value: unknown): value is RunnerStartBody {
  return (
    isRecord(value) &&
    hasTexts(value, ["race_id", "lobby_id", "at"]) &&
    hasNumbers(value, ["number", "place"]) &&
    typeof value["won"] === "boolean" &&
    (value["odds"] === null || typeof value["odds"] === "string") &&
    (value["finish_ms"] === null || typeof value["finish_ms"] === "number") &&
    (value["form"] === null || isForm(value["form"]))
  );
}

function isHistory(value: unknown): value is RunnerHistoryBody {
  return (
    isRecord(value) &&
    isTotals(value["totals"]) &&
    Array.isArray(value["starts"]) &&
    value["starts"].every(isStart) &&
    (value["next_before"] === null || typeof value["next_before"] === "string")
  );
}

function isFields(value: unknown): value is { readonly lobbies: readonly LobbyField[] } {
  return (
    isRecord(value) &&
    Array.isArray(value["lobbies"]) &&
    value["lobbies"].every(
      (lobby) =>
        isRecord(lobby) &&
        hasTexts(lobby, ["lobby_id", "name"]) &&
        Array.isArray(lobby["runners"]) &&
        lobby["runners"].every(
          (runner) =>
            isRecord(runner) &&
            hasTexts(runner, ["name"]) &&
            hasNumbers(runner, ["number"]) &&
            isForm(runner["form"]),
        ),
    )
  );
}
