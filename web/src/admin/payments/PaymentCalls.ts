import type {
  AdminPaymentsBody,
  ProviderBody,
  ProvidersBody,
  ResolvedRefundBody,
} from "../../../../rpc/http/payment.ts";
import type { RefundRemedy } from "../../../../rpc/payment.ts";
import { hasTexts } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { asking, pathOf } from "../address.ts";
import { hasListOf, hasNumbers } from "../call.ts";
import type { Call } from "../call.ts";
import type { PaymentFilter } from "../route.ts";

export interface PaymentCalls {
  readonly providers: () => Promise<Answer<ProvidersBody>>;
  readonly switchProvider: (name: string, enabled: boolean) => Promise<Answer<ProviderBody>>;
  readonly payments: (
    filter: PaymentFilter,
    /** Those before this one; null for the newest. */
    before: string | null,
  ) => Promise<Answer<AdminPaymentsBody>>;
  readonly resolveRefund: (
    paymentId: string,
    order: { readonly remedy: RefundRemedy; readonly reason: string; readonly key: string },
  ) => Promise<Answer<ResolvedRefundBody>>;
}

const PROVIDERS = "/api/v1/payment-providers";

export function paymentCalls(call: Call): PaymentCalls {
  return {
    providers: () => call(PROVIDERS, { is: isProviders }),
    switchProvider: (name, enabled) =>
      call(PROVIDERS + pathOf(name), { method: "PUT", body: { enabled }, is: isProvider }),
    payments: ({ player, provider, raffle, status }, before) =>
      call(
        asking("/admin/payments", {
          raffle_id: raffle,
          player_id: player,
          provider,
          status,
          before,
        }),
        { is: isPayments },
      ),
    resolveRefund: (paymentId, { key, reason, remedy }) =>
      call(pathOf("admin", "payments", paymentId, "resolve-refund"), {
        method: "POST",
        body: { remedy, reason },
        idempotencyKey: key,
        is: isResolved,
      }),
  };
}

const isProvider = (value: unknown): value is ProviderBody => hasTexts(value, ["name", "circuit"]);

const isProviders = (value: unknown): value is ProvidersBody =>
  hasListOf(value, "providers", isProvider);

const isResolved = (value: unknown): value is ResolvedRefundBody =>
  hasTexts(value, ["id", "status"]);

const isPayments = (value: unknown): value is AdminPaymentsBody =>
  hasListOf(
    value,
    "payments",
    (payment) =>
      hasTexts(payment, ["id", "reservation_id", "raffle_id", "player_id", "status"]) &&
      hasNumbers(payment, ["amount"]),
  );
