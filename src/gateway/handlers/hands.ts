import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const handHandlers = ({
  poker: { hands },
}: Services): GroupHandlers<typeof CroupierApi, "hands"> => ({
  recent: async ({ query: { before, limit, offset, player } }) =>
    success(
      await hands.recent({
        limit,
        offset,
        before: before === undefined ? undefined : Number(before),
        player,
      }),
    ),
  hand: ({ path }) => hands.hand(path.hand_id),
});
