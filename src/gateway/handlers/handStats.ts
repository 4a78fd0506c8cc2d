import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const handStatsHandlers = ({
  poker: { stats },
}: Services): GroupHandlers<typeof CroupierApi, "handStats"> => ({
  player: ({ path, query: { currency, from, game, players, position, site, stake, to } }) =>
    stats.player(
      { name: path.name, site },
      {
        currency: currency ?? null,
        game: game ?? null,
        stakes: stake ?? null,
        players: players ?? null,
        position: position ?? null,
      },
      { from, to },
    ),
  players: async ({ query: { search, ...page } }) => success(await stats.players(search, page)),
  sessions: ({ path, query: { before, limit, site } }) =>
    stats.sessions(
      { name: path.name, site },
      { limit, before: before === undefined ? undefined : Number(before) },
    ),
  tournaments: ({ path, query: { site, ...page } }) =>
    stats.tournaments({ name: path.name, site }, page),
});
