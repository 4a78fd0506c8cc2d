import { validateSelection } from "../../../entities/lobby/race/market.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { PlayerId } from "../../../rpc/id.ts";
import {
  BetNotFound,
  BettingClosed,
  InvalidSelection,
  Lobby,
  NotYours,
  StakeAboveMax,
  StakeBelowMin,
} from "../../../rpc/lobby.ts";
import { failure, success } from "../Answer.ts";
import { lobbyDefaults } from "../LobbyDefaults.ts";
import { lobbyOf, NO_LOBBY } from "../LobbyOf.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

const SELECTION_PROBLEMS = {
  wrong_count: "win, place and show name one runner, exacta and quinella two, trifecta three.",
  unknown_runner: "There is no such runner in this race.",
  scratched_runner: "This runner has been scratched from the race.",
  duplicate_runner: "A runner can be named once.",
} as const;

export const betHandlers = ({
  game,
  settings,
}: Services): GroupHandlers<typeof CroupierApi, "bets"> => {
  const limits = lobbyDefaults(settings);
  const intent = (caller: CallerClaims, key: string, requestId: string) => ({
    playerId: caller.playerId as PlayerId,
    key,
    requestId,
  });

  return {
    place: async ({ payload, headers, caller, requestId }) => {
      const lobbyId = lobbyOf(payload.lobby_id, caller.lobbyId);
      if (lobbyId === undefined) return failure(NO_LOBBY);
      return game.placeBet(
        intent(caller, headers["x-idempotency-key"], requestId),
        lobbyId,
        payload,
      );
    },

    validate: async ({ payload, caller, requestId }) => {
      const lobbyId = lobbyOf(payload.lobby_id, caller.lobbyId);
      if (lobbyId === undefined) return failure(NO_LOBBY);
      const asked = await game.ask(Lobby, "GetLobby", { entityId: lobbyId }, { requestId });
      if (!asked.ok) return asked;
      const lobby = asked.value;
      const otherRace = payload.race_id !== undefined && payload.race_id !== lobby.raceId;
      if (lobby.phase !== "betting" || otherRace)
        return failure(new BettingClosed({ phase: lobby.phase, raceId: lobby.raceId }));
      const scratched = lobby.runners
        .filter((runner) => runner.scratched)
        .map((runner) => runner.number);
      const wrong = validateSelection(payload.market, payload.selection, lobby.runners, scratched);
      if (wrong !== null)
        return failure(new InvalidSelection({ reason: SELECTION_PROBLEMS[wrong] }));
      if (payload.stake < limits.minBetMinor)
        return failure(new StakeBelowMin({ minStakeMinor: limits.minBetMinor }));
      if (payload.stake > limits.maxBetMinor)
        return failure(new StakeAboveMax({ maxStakeMinor: limits.maxBetMinor }));
      return success({
        valid: true,
        lobby_id: lobby.lobbyId,
        race_id: lobby.raceId,
        market: payload.market,
        selection: payload.selection,
        stake: payload.stake,
      });
    },

    cancel: ({ path, headers, caller, requestId }) =>
      game.cancelBet(intent(caller, headers["x-idempotency-key"], requestId), path.bet_id),

    list: async ({ query, caller }) =>
      success({
        bets: await game.views.bets(PlayerId.make(caller.playerId), {
          limit: query.limit,
          ...(query.race_id === undefined ? {} : { raceId: query.race_id }),
        }),
      }),

    get: async ({ path, caller }) => {
      const found = await game.views.bet(path.bet_id);
      if (found === undefined) return failure(new BetNotFound({ betId: path.bet_id }));
      return found.playerId === caller.playerId ? success(found.bet) : failure(new NotYours());
    },
  };
};
