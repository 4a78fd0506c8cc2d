import type { LobbiesBody, LobbyBody } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord } from "../http/request.ts";

/** Whether what this browser has kept of the lobbies can still be shown. */
export function isLobbies(value: unknown): value is LobbiesBody {
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
