/** Which refusals are outcomes, and how those of this side are made. */
import type { Refusal } from "./Command.ts";
import type { LocalProblem } from "./Rest.ts";
import type { Problem } from "./wire.ts";

/** There was no answer, or the server or its database is away or busy for now: ask again with the key. */
export const RETRIED_CODES: readonly string[] = [
  "offline",
  "unexpected",
  "unavailable",
  "rate_limited",
];
/** A fault of the server leaves the outcome unknown, so it is asked again; one that repeats so often is its answer. */
export const MAX_FAULTS = 5;
export const ABANDONED = "It was not answered in time. The server shows the outcome.";

export interface Refused {
  readonly ok: false;
  readonly key: string;
  readonly refusal: Refusal;
}

export function refused(
  key: string,
  code: Refusal["code"],
  detail: string,
  fields: Refusal["fields"] = {},
): Refused {
  return { ok: false, key, refusal: { code, detail, fields } };
}

export function refusedBy(key: string, problem: Problem | LocalProblem): Refused {
  const { type: _type, title: _title, status: _status, code, detail, ...fields } = problem;
  return refused(key, code, detail, fields);
}
