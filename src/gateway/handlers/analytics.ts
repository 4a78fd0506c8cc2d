import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const analyticsHandlers = ({
  game,
}: Services): GroupHandlers<typeof CroupierApi, "analytics"> => ({
  runners: async () => success({ runners: await game.views.runnerAnalytics() }),
  races: async ({ query }) => success({ races: await game.views.raceAnalytics(query) }),
});
