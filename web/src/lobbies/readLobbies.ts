import type { LobbyBody } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord, request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";

/** Every lobby as it stands, the one that guests are led to first. */
export async function readLobbies(): Promise<Answer<readonly LobbyBody[]>> {
  const answer = await request("/lobbies", { is: isLobbies });
  return answer.ok ? { ok: true, body: answer.body.lobbies } : answer;
}

export function isLobbies(value: unknown): value is { readonly lobbies: readonly LobbyBody[] } {
  return isRecord(value) && Array.isArray(value["lobbies"]) && value["lobbies"].every(isLobby);
}

const PHASES: readonly unknown[] = ["lobby", "betting", "racing", "settling"];

function isLobby(value: unknown): value is LobbyBody {
  return (
    hasTexts(value, ["lobby_id", "name", "race_id"]) &&
    isRecord(value) &&
    PHASES.includes(value["phase"]) &&
    (value["phase_ends_at"] === null || typeof value["phase_ends_at"] === "string") &&
    Array.isArray(value["runners"]) &&
    value["runners"].every(
      (runner) =>
        isRecord(runner) && hasTexts(runner, ["name"]) && Number.isInteger(runner["number"]),
    ) &&
    isRecord(value["odds"]) &&
    isRecord(value["pools"])
  );
}
