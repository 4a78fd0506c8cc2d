import type { CroupierApi } from "../../../rpc/http/api.ts";
import { RunnerNotFound } from "../../../rpc/http/analytics.ts";
import { failure, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const analyticsHandlers = ({
  game,
}: Services): GroupHandlers<typeof CroupierApi, "analytics"> => ({
  runners: async () => success({ runners: await game.views.analytics.runners() }),
  runner: async ({ path, query }) => {
    const found = await game.views.analytics.runner(path.name, query);
    return found === undefined ? failure(new RunnerNotFound(path)) : success(found);
  },
  races: async ({ query: { before, limit, lobby_id: lobbyId } }) =>
    success(await game.views.analytics.races({ before, limit, lobbyId })),
});
