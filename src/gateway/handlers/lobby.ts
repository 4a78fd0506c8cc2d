import type { CroupierApi } from "../../../rpc/http/api.ts";
import { CommandId, LobbyId } from "../../../rpc/id.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { mapOutcome, success } from "../Answer.ts";
import { lobbyDefaults } from "../LobbyDefaults.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { lobbyBody } from "../Wire.ts";

const LOBBY_ID_BYTES = 8;
const COMMAND_ID_BYTES = 16;

export const lobbyHandlers = ({
  game,
  entropy,
  settings,
}: Services): GroupHandlers<typeof CroupierApi, "lobbies"> => ({
  list: async ({ requestId }) => {
    const ids = await game.views.lobbies();
    const views = await Promise.all(
      ids.map((entityId) => game.ask(Lobby, "GetLobby", { entityId }, { requestId })),
    );
    const lobbies = [];
    for (const view of views) {
      if (view.ok) lobbies.push(lobbyBody(view.value));
      // One that is moving would be missing from the list without a word.
      else if (view.error._tag === "Unavailable")
        return { ok: false, error: view.error, replayed: false };
    }
    return success({ lobbies });
  },

  get: async ({ path, requestId }) =>
    mapOutcome(
      await game.ask(Lobby, "GetLobby", { entityId: path.lobby_id }, { requestId }),
      lobbyBody,
    ),

  create: async ({ payload, caller, requestId }) => {
    const defaults = lobbyDefaults(settings);
    return mapOutcome(
      await game.ask(
        Lobby,
        "Create",
        {
          entityId: payload.lobby_id ?? LobbyId.make(`l_${entropy.hex(LOBBY_ID_BYTES)}`),
          commandId: CommandId.make(`create:${entropy.hex(COMMAND_ID_BYTES)}`),
          name: payload.name,
          settings: {
            ...defaults,
            bettingMs: payload.betting_ms ?? defaults.bettingMs,
            racingMs: payload.racing_ms ?? defaults.racingMs,
            resultsMs: payload.results_ms ?? defaults.resultsMs,
            minBetMinor: payload.min_bet ?? defaults.minBetMinor,
            maxBetMinor: payload.max_bet ?? defaults.maxBetMinor,
          },
        },
        { requestId, by: caller.playerId },
      ),
      lobbyBody,
    );
  },

  stop: async ({ path, caller, requestId }) =>
    mapOutcome(
      await game.ask(
        Lobby,
        "Stop",
        {
          entityId: path.lobby_id,
          commandId: CommandId.make(`stop:${entropy.hex(COMMAND_ID_BYTES)}`),
        },
        { requestId, by: caller.playerId },
      ),
      lobbyBody,
    ),
});
