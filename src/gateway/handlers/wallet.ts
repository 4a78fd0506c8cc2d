import type { CroupierApi } from "../../../rpc/http/api.ts";
import { PlayerId } from "../../../rpc/id.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { mapOutcome, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { walletBody } from "../Wire.ts";

export const walletHandlers = ({
  game,
}: Services): GroupHandlers<typeof CroupierApi, "wallet"> => ({
  get: async ({ caller, requestId }) =>
    mapOutcome(
      await game.ask(Wallet, "GetWallet", { entityId: caller.playerId }, { requestId }),
      (wallet) => walletBody(caller.playerId, wallet),
    ),

  statement: async ({ caller, query }) => {
    const lines = await game.views.statement(PlayerId.make(caller.playerId), {
      limit: query.limit,
      ...(query.before === undefined ? {} : { before: query.before }),
    });
    const last = lines.length === query.limit ? lines.at(-1) : undefined;
    return success({ lines, next_before: last?.line_id ?? null });
  },
});
