import { DEFAULT_STD_ERROR, MAX_PLAYERS } from "../../../rpc/equity.ts";
import type { CroupierApi } from "../../../rpc/http/api.ts";
import { CURRENCY } from "../../../rpc/money.ts";
import { readRelease } from "../../ops/Release.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const configHandlers = ({
  poker: { equity, hands },
  socketStats,
}: Services): GroupHandlers<typeof CroupierApi, "config"> => {
  const release = readRelease();
  return {
    config: async () =>
      success({
        release,
        currency: CURRENCY,
        watched_folders: hands.watchedFolders,
        equity: {
          max_players: MAX_PLAYERS,
          default_std_error: DEFAULT_STD_ERROR,
          workers: equity.workers,
        },
      }),
    sockets: async () => success(socketStats()),
  };
};
