import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const unclaimedHandlers = ({
  game,
}: Services): GroupHandlers<typeof CroupierApi, "unclaimed"> => ({
  list: async ({ query: { before, limit, player_id: playerId } }) =>
    success(await game.views.unclaimed({ before, limit, playerId })),
});
