import type { CroupierApi } from "../../../rpc/http/api.ts";
import { PlayerId } from "../../../rpc/id.ts";
import { failure, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const pushHandlers = ({ push }: Services): GroupHandlers<typeof CroupierApi, "push"> => ({
  key: async () => success({ public_key: await push.publicKey() }),

  subscribe: async ({ caller, payload }) => {
    const refused = await push.subscribe(PlayerId.make(caller.playerId), payload);
    return refused === undefined ? success({ subscribed: true as const }) : failure(refused);
  },

  unsubscribe: async ({ caller, payload }) => {
    await push.unsubscribe(PlayerId.make(caller.playerId), payload.endpoint);
    return success({ subscribed: false as const });
  },
});
