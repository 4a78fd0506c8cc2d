import type { CroupierApi } from "../../../rpc/http/api.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { branded, PlayerId } from "../../../rpc/id.ts";
import { success } from "../Answer.ts";
import type { Intent } from "../../../rpc/intent.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

interface Asked {
  readonly caller: CallerClaims;
  readonly headers: { readonly "x-idempotency-key": string };
  readonly requestId: string;
}

const intentOf = ({ caller, headers, requestId }: Asked): Intent => ({
  playerId: branded<PlayerId>(caller.playerId),
  key: headers["x-idempotency-key"],
  requestId,
});

export const favorHandlers = ({
  game: { favors, views },
}: Services): GroupHandlers<typeof CroupierApi, "favors"> => ({
  offer: (request) => favors.offer(intentOf(request), request.payload),
  accept: (request) => favors.accept(intentOf(request), request.path.favor_id),
  decline: (request) => favors.decline(intentOf(request), request.path.favor_id),
  withdraw: (request) => favors.withdraw(intentOf(request), request.path.favor_id),
  repay: (request) => favors.repay(intentOf(request), request.path.favor_id),
  list: async ({ caller, query }) => {
    const playerId = PlayerId.make(caller.playerId);
    const [mine, loyalty] = await Promise.all([
      views.favors(playerId, query),
      views.loyalty(playerId),
    ]);
    return success({ ...mine, loyalty });
  },
});
