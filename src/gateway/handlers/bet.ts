import { NotYours } from "../../../rpc/failure.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { branded, PlayerId, type RaceId } from "../../../rpc/id.ts";
import { BetNotFound, Lobby } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { failure, success } from "../Answer.ts";
import { lobbyOf, NO_LOBBY } from "../LobbyOf.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const betHandlers = ({ game }: Services): GroupHandlers<typeof CroupierApi, "bets"> => {
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
      const { market, race_id: raceId, selection, stake } = payload;
      const checked = await game.ask(
        Lobby,
        "CheckBet",
        {
          entityId: lobbyId,
          playerId: caller.playerId as PlayerId,
          market,
          selection,
          stakeMinor: minor(stake),
          ...(raceId === undefined ? {} : { raceId: branded<RaceId>(raceId) }),
        },
        { requestId },
      );
      if (!checked.ok) return checked;
      return success({
        valid: true,
        lobby_id: lobbyId,
        race_id: checked.value.raceId,
        market,
        selection,
        stake,
      });
    },

    cancel: ({ path, headers, caller, requestId }) =>
      game.cancelBet(intent(caller, headers["x-idempotency-key"], requestId), path.bet_id),

    list: async ({ query: { lobby_id, race_id, ...page }, caller }) =>
      success(
        await game.views.bets(PlayerId.make(caller.playerId), {
          ...page,
          raceId: race_id,
          lobbyId: lobby_id,
        }),
      ),

    get: async ({ path, caller }) => {
      const found = await game.views.bet(path.bet_id);
      if (found === undefined) return failure(new BetNotFound({ betId: path.bet_id }));
      return found.playerId === caller.playerId ? success(found.bet) : failure(new NotYours());
    },
  };
};
