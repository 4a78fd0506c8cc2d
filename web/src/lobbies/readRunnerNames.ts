import { hasTexts, isRecord, request } from "../http/request.ts";

/** The runners that have started, by name; none while they cannot be read. */
export async function readRunnerNames(): Promise<readonly string[]> {
  const answer = await request("/analytics/runners", { is: isRunners });
  return answer.ok ? answer.body.runners.map(({ name }) => name) : [];
}

function isRunners(
  value: unknown,
): value is { readonly runners: readonly { readonly name: string }[] } {
  return (
    isRecord(value) &&
    Array.isArray(value["runners"]) &&
    value["runners"].every((runner) => hasTexts(runner, ["name"]))
  );
}
