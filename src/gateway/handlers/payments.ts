import type { CroupierApi } from "../../../rpc/http/api.ts";
import { ProviderNotConfigured } from "../../../rpc/http/payment.ts";
import { branded, type PlayerId } from "../../../rpc/id.ts";
import { failure, mapOutcome, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const paymentHandlers = ({
  acts,
  game,
  payments,
}: Services): GroupHandlers<typeof CroupierApi, "payments"> => ({
  providers: async () => success({ providers: await payments.list() }),

  switchProvider: (request) => {
    const { name } = request.path;
    const { enabled } = request.payload;
    const act = {
      act: "switch_provider",
      target: { provider: name },
      details: { enabled },
    } as const;
    return acts.carryOut(request, act, () =>
      payments.switch(name, enabled).then(success, (cause: unknown) => {
        if (cause instanceof ProviderNotConfigured) return failure(cause);
        throw cause;
      }),
    );
  },

  resolveRefund: async (request) => {
    const { caller, headers, path, payload, requestId } = request;
    const { payment_id: paymentId } = path;
    const { reason, remedy } = payload;
    const key = headers["x-idempotency-key"];
    const act = {
      act: "resolve_refund",
      target: { payment_id: paymentId },
      details: { remedy },
      reason,
      key,
    } as const;
    const intent = { playerId: branded<PlayerId>(caller.playerId), key, requestId };
    const resolved = await acts.carryOut(request, act, () =>
      game.resolveRefund(intent, paymentId, payload),
    );
    return mapOutcome(resolved, ({ status }) => ({ id: paymentId, status }));
  },

  list: async ({ query }) =>
    success(
      await game.views.payments({
        before: query.before,
        limit: query.limit,
        raffleId: query.raffle_id,
        playerId: query.player_id,
        provider: query.provider,
        status: query.status,
      }),
    ),
});
