import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const handHandlers = ({
  poker: { hands },
}: Services): GroupHandlers<typeof CroupierApi, "hands"> => ({
  recent: ({ query: { before, limit, min_pot, offset, player, site, stake, ...filter } }) =>
    hands.recent({
      limit,
      offset,
      before: before === undefined ? undefined : Number(before),
      player: player === undefined ? undefined : { name: player, site },
      filter: { ...filter, stakes: stake, minPot: min_pot },
    }),
  kinds: async () => success(await hands.kinds()),
  hand: ({ path }) => hands.hand(path.hand_id),
});
