/** Payments as everyone names them: who takes them, how they stand, and what the payer has to do next. */
import { Schema } from "effect";
import { Minor } from "./money.ts";
import { PaymentId } from "./id.ts";

/** Who takes the money. `wallet` is the player's own, here; the others are outside. */
export const ProviderName = Schema.Literal("wallet", "sandbox_card", "stripe");
export type ProviderName = typeof ProviderName.Type;

/**
 * How a payment stands:
 * - `creating`: it is being made at the provider.
 * - `pending`: the payer has something to do there, or the provider is at work.
 * - `authorized`: the money is set aside and not taken yet.
 * - `succeeded`: the money is taken.
 * - `failed`: declined; nothing was taken.
 * - `cancelling`: it is being called off at the provider; it may yet turn out to have succeeded.
 * - `cancelled`: called off; nothing was taken.
 * - `refunding`: the money is on its way back.
 * - `refunded`: the provider has confirmed that it is back.
 * - `refund_refused`: the provider will not give it back. The money is here, and the house has to decide what becomes of it.
 */
export const PaymentStatus = Schema.Literal(
  "creating",
  "pending",
  "authorized",
  "succeeded",
  "failed",
  "cancelling",
  "cancelled",
  "refunding",
  "refunded",
  "refund_refused",
);
export type PaymentStatus = typeof PaymentStatus.Type;

/**
 * What the house does about a refund that the provider refuses: asks it once more, pays the money into the player's wallet
 * here, or has given it back by hand, at the provider or otherwise.
 */
export const RefundRemedy = Schema.Literal("retry", "wallet", "by_hand");
export type RefundRemedy = typeof RefundRemedy.Type;

/** What the payer does next: goes to the provider's page, which leads back. */
export const NextStep = Schema.Struct({ kind: Schema.Literal("redirect"), url: Schema.String });
export type NextStep = typeof NextStep.Type;

/** Why a payment failed: the provider's stable code and a sentence for people. */
export const PaymentFailure = Schema.Struct({ code: Schema.String, detail: Schema.String });
export type PaymentFailure = typeof PaymentFailure.Type;

export const PaymentView = Schema.Struct({
  paymentId: PaymentId,
  provider: ProviderName,
  status: PaymentStatus,
  amountMinor: Minor,
  nextStep: Schema.NullOr(NextStep),
  failure: Schema.NullOr(PaymentFailure),
  /** Epoch milliseconds. */
  startedAt: Schema.Int,
});
export type PaymentView = typeof PaymentView.Type;
