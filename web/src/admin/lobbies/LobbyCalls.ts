import type { AdminLobbiesBody, CreateLobbyBody } from "../../../../rpc/http/lobby.ts";
import { hasTexts } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { pathOf } from "../address.ts";
import { hasListOf, hasNumbers, hasRecords } from "../call.ts";
import type { Call } from "../call.ts";

/** What is said of a lobby that was made or stopped; the list tells the rest. */
export interface LobbyAnswer {
  readonly lobby_id: string;
  readonly name: string;
}

export type LobbyDraft = typeof CreateLobbyBody.Encoded;

export interface LobbyCalls {
  readonly lobbies: () => Promise<Answer<AdminLobbiesBody>>;
  readonly createLobby: (lobby: LobbyDraft) => Promise<Answer<LobbyAnswer>>;
  readonly stopLobby: (lobbyId: string) => Promise<Answer<LobbyAnswer>>;
}

export function lobbyCalls(call: Call): LobbyCalls {
  return {
    lobbies: () => call("/admin/lobbies", { is: isLobbiesBody }),
    createLobby: (body) => call("/lobbies", { method: "POST", body, is: isLobbyAnswer }),
    stopLobby: (lobbyId) =>
      call(pathOf("lobbies", lobbyId, "stop"), { method: "POST", is: isLobbyAnswer }),
  };
}

function isLobbiesBody(value: unknown): value is AdminLobbiesBody {
  return hasListOf(
    value,
    "lobbies",
    (lobby) =>
      hasTexts(lobby, ["lobby_id", "name", "phase", "created_at"]) &&
      hasNumbers(lobby, ["races_run"]) &&
      hasRecords(lobby, ["settings"]),
  );
}

function isLobbyAnswer(value: unknown): value is LobbyAnswer {
  return hasTexts(value, ["lobby_id", "name"]);
}
