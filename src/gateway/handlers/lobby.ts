import type { ReplyOf } from "../../../rpc/contract.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import type { AdminLobbyBody } from "../../../rpc/http/lobby.ts";
import { CommandId, LobbyId } from "../../../rpc/id.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { failure, mapOutcome, success } from "../Answer.ts";
import { lobbyDefaults } from "../LobbyDefaults.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { isoTime, lobbyBody, settingsBody } from "../Wire.ts";

const LOBBY_ID_BYTES = 8;
const COMMAND_ID_BYTES = 16;

export const lobbyHandlers = ({
  acts,
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
      else if (view.error._tag === "Unavailable") return failure(view.error);
    }
    return success({ lobbies });
  },

  get: async ({ path, requestId }) =>
    mapOutcome(
      await game.ask(Lobby, "GetLobby", { entityId: path.lobby_id }, { requestId }),
      lobbyBody,
    ),

  create: async (request) => {
    const { caller, payload, requestId } = request;
    const defaults = lobbyDefaults(settings);
    const lobbyId = payload.lobby_id ?? LobbyId.make(`l_${entropy.hex(LOBBY_ID_BYTES)}`);
    const { lobby_id: _, ...details } = payload;
    const act = { act: "create_lobby", target: { lobby_id: lobbyId }, details } as const;
    const created = await acts.carryOut(request, act, () =>
      game.ask(
        Lobby,
        "Create",
        {
          entityId: lobbyId,
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
    );
    return mapOutcome(created, lobbyBody);
  },

  stop: async (request) => {
    const { caller, path, requestId } = request;
    const stopped = await acts.carryOut(request, { act: "stop_lobby", target: path }, () =>
      game.ask(
        Lobby,
        "Stop",
        {
          entityId: path.lobby_id,
          commandId: CommandId.make(`stop:${entropy.hex(COMMAND_ID_BYTES)}`),
        },
        { requestId, by: caller.playerId },
      ),
    );
    return mapOutcome(stopped, lobbyBody);
  },

  survey: async ({ requestId }) => {
    const ids = await game.views.lobbies();
    const surveys = await Promise.all(
      ids.map((entityId) => game.ask(Lobby, "GetSurvey", { entityId }, { requestId })),
    );
    const lobbies = [];
    for (const survey of surveys) {
      if (survey.ok) lobbies.push(adminLobbyBody(survey.value));
      else if (survey.error._tag === "Unavailable") return failure(survey.error);
    }
    return success({ lobbies });
  },
});

const adminLobbyBody = (survey: ReplyOf<typeof Lobby, "GetSurvey">): AdminLobbyBody => {
  const { bets, createdAt, lobby, racesRun, settings, stakedMinor } = survey;
  const { name, phase, phase_ends_at, state_version } = lobbyBody(lobby);
  return {
    lobby_id: lobby.lobbyId,
    name,
    created_at: isoTime(createdAt),
    running: lobby.running,
    phase,
    phase_ends_at,
    state_version,
    settings: settingsBody(settings),
    races_run: racesRun,
    // Before the first race there is no field.
    race: lobby.runners.length === 0 ? null : { race_id: lobby.raceId, bets, staked: stakedMinor },
  };
};
