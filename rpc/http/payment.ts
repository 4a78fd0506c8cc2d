/** Payment providers and payments, for players and the administrator. Webhooks are served beside the contract: raw bytes. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, Unavailable } from "../failure.ts";
import { PaymentId } from "../id.ts";
import { PaymentStatus, ProviderName, RefundRemedy } from "../payment.ts";
import { RefundNotRefused } from "../reservation.ts";
import { Reason } from "../wallet.ts";
import { problem } from "./problem.ts";
import { IdempotencyHeader, PageLimit } from "./request.ts";
import { AdminOnly } from "./security.ts";

export const ProviderBody = Schema.Struct({
  name: ProviderName,
  /** The administrator lets it take payments. */
  enabled: Schema.Boolean,
  /** It has what it needs in the settings. */
  configured: Schema.Boolean,
  /** `open`: it has failed again and again, and is left alone for a while. `half_open`: one call is trying it. */
  circuit: Schema.Literal("closed", "open", "half_open"),
  /** All three are well. */
  available: Schema.Boolean,
});
export type ProviderBody = typeof ProviderBody.Type;

export const ProvidersBody = Schema.Struct({ providers: Schema.Array(ProviderBody) });
export type ProvidersBody = typeof ProvidersBody.Type;

export class ProviderNotConfigured extends Schema.TaggedError<ProviderNotConfigured>()(
  "ProviderNotConfigured",
  { provider: ProviderName },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `${this.provider} cannot be enabled: its settings are missing (see .env.example).`;
  }
}

/** A webhook that its provider has not signed, or signed too long ago. Served beside the contract: see above. */
export class WebhookForged extends Schema.TaggedError<WebhookForged>()(
  "WebhookForged",
  {},
  HttpApiSchema.annotations({ status: 400 }),
) {
  override get message() {
    return "The signature is not this provider's, or too old.";
  }
}

/** A payment as the administrator sees it. */
export const AdminPaymentBody = Schema.Struct({
  id: Schema.String,
  reservation_id: Schema.String,
  raffle_id: Schema.String,
  player_id: Schema.String,
  provider: ProviderName,
  ref: Schema.NullOr(Schema.String),
  status: PaymentStatus,
  amount: Schema.Int,
  /** Why it failed; of a `refund_refused` one, why its provider will not give it back. */
  failure_code: Schema.NullOr(Schema.String),
  started_at: Schema.String,
  updated_at: Schema.String,
});
export type AdminPaymentBody = typeof AdminPaymentBody.Type;

export const AdminPaymentsBody = Schema.Struct({
  payments: Schema.Array(AdminPaymentBody),
  next_before: Schema.NullOr(Schema.String),
});
export type AdminPaymentsBody = typeof AdminPaymentsBody.Type;

export class PaymentNotFound extends Schema.TaggedError<PaymentNotFound>()(
  "PaymentNotFound",
  { paymentId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such payment.";
  }
}

export const ResolveRefundBody = Schema.Struct({ remedy: RefundRemedy, reason: Reason });
export type ResolveRefundBody = typeof ResolveRefundBody.Type;

/** How the payment stands after what the house has decided. */
export const ResolvedRefundBody = Schema.Struct({ id: Schema.String, status: PaymentStatus });
export type ResolvedRefundBody = typeof ResolvedRefundBody.Type;

export class PaymentApi extends HttpApiGroup.make("payments")
  .add(
    HttpApiEndpoint.get("providers", "/api/v1/payment-providers")
      .addSuccess(ProvidersBody)
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.put("switchProvider", "/api/v1/payment-providers/:name")
      .setPath(Schema.Struct({ name: ProviderName }))
      .setPayload(Schema.Struct({ enabled: Schema.Boolean }))
      .addSuccess(ProviderBody)
      .addError(problem(ProviderNotConfigured))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(
        OpenApi.Description,
        "Takes effect in every process within two seconds. Payments that were begun go on.",
      ),
  )
  .add(
    HttpApiEndpoint.get("list", "/admin/payments")
      .setUrlParams(
        Schema.Struct({
          raffle_id: Schema.optional(Schema.String),
          player_id: Schema.optional(Schema.String),
          provider: Schema.optional(ProviderName),
          status: Schema.optional(PaymentStatus),
          before: Schema.optional(Schema.String),
          limit: PageLimit(50),
        }),
      )
      .addSuccess(AdminPaymentsBody)
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "Newest first."),
  )
  .add(
    HttpApiEndpoint.post("resolveRefund", "/admin/payments/:payment_id/resolve-refund")
      .setPath(Schema.Struct({ payment_id: PaymentId }))
      .setPayload(ResolveRefundBody)
      .setHeaders(IdempotencyHeader)
      .addSuccess(ResolvedRefundBody)
      .addError(problem(PaymentNotFound))
      .addError(problem(RefundNotRefused))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(
        OpenApi.Description,
        "What the house does about a payment that is `refund_refused`: `retry` asks the provider once more, `wallet` pays the player's wallet here, `by_hand` records that the money was given back otherwise.",
      ),
  ) {}
