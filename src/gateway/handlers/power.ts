import type { CroupierApi } from "../../../rpc/http/api.ts";
import { PlayerId } from "../../../rpc/id.ts";
import { failure } from "../Answer.ts";
import { lobbyOf, NO_LOBBY } from "../LobbyOf.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const powerHandlers = ({ game }: Services): GroupHandlers<typeof CroupierApi, "powers"> => ({
  cast: async ({ payload, headers, caller, requestId }) => {
    const lobbyId = lobbyOf(payload.lobby_id, caller.lobbyId);
    if (lobbyId === undefined) return failure(NO_LOBBY);
    return game.castPower(
      { playerId: PlayerId.make(caller.playerId), key: headers["x-idempotency-key"], requestId },
      lobbyId,
      payload,
    );
  },
});
