import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const handStatsHandlers = ({
  poker: { stats },
}: Services): GroupHandlers<typeof CroupierApi, "handStats"> => ({
  player: ({ path, query: { currency, from, game, players, position, stake, to } }) =>
    stats.player(
      path.name,
      {
        currency: currency ?? null,
        game: game ?? null,
        stakes: stake ?? null,
        players: players ?? null,
        position: position ?? null,
      },
      { from, to },
    ),
  players: async ({ query: { limit, search } }) => success(await stats.players(search, limit)),
  sessions: async ({ path, query: { before, limit } }) =>
    success(
      await stats.sessions(path.name, {
        limit,
        before: before === undefined ? undefined : Number(before),
      }),
    ),
  tournaments: async ({ path, query: { limit } }) =>
    success(await stats.tournaments(path.name, limit)),
});
