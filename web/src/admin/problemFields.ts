import { isRecord } from "../http/request.ts";
import type { Problem } from "../http/request.ts";

/** What the server says of single fields of a body, by path: `{"errors": [{"path": "max_bet", "message": "…"}]}`. */
export function problemFields(problem: Problem): ReadonlyMap<string, string> {
  const errors = "errors" in problem ? problem.errors : undefined;
  if (!Array.isArray(errors)) return new Map();
  return new Map(
    errors.flatMap((error: unknown) =>
      isRecord(error) && typeof error["path"] === "string" && typeof error["message"] === "string"
        ? [[error["path"], error["message"]]]
        : [],
    ),
  );
}
