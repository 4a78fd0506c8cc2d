/**
 * A reservation that is being paid for. Until then it is a claim of its raffle (`raffle.ts`); its first payment makes it an
 * entity of its own, which sees to it that it ends in one of: sold and paid; not sold and not charged; not sold and
 * refunded. Its id begins with its raffle's.
 *
 * The money of a payment that has succeeded is on the ledger's account `reservation:<id>` until the raffle has sold the
 * numbers for it or the provider has confirmed the refund.
 */
import { HttpApiSchema } from "@effect/platform";
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { NotYours } from "./failure.ts";
import { ReconcileHold } from "./holdOwner.ts";
import { PaymentId, PlayerId, RaffleId, ReservationId } from "./id.ts";
import { PositiveMinor } from "./money.ts";
import { NextStep, PaymentFailure, PaymentView, ProviderName, RefundRemedy } from "./payment.ts";
import { Reason } from "./wallet.ts";
import { NotInCheckout, RaffleNumber, ReservationClosed, ReservationNotFound } from "./raffle.ts";

/** `selection` is known to the raffle alone. `refunded`: it was sold, and the money is back. */
export const ReservationPhase = Schema.Literal(
  "selection",
  "checkout",
  "sold",
  "cancelled",
  "expired",
  "refunded",
);
export type ReservationPhase = typeof ReservationPhase.Type;

/** What is to be paid for: the raffle's claim at the checkout. */
export const Checkout = Schema.Struct({
  raffleId: RaffleId,
  playerId: PlayerId,
  /** Ascending. */
  numbers: Schema.Array(RaffleNumber),
  amountMinor: PositiveMinor,
  /** Epoch milliseconds. */
  expiresAt: Schema.Int,
});
export type Checkout = typeof Checkout.Type;

export const ReservationView = Schema.Struct({
  reservationId: ReservationId,
  ...Checkout.fields,
  phase: ReservationPhase.pipe(
    Schema.pickLiteral("checkout", "sold", "cancelled", "expired", "refunded"),
  ),
  /** Oldest first. */
  payments: Schema.Array(PaymentView),
  /** Epoch milliseconds. */
  soldAt: Schema.NullOr(Schema.Int),
});
export type ReservationView = typeof ReservationView.Type;

/**
 * What whoever began a payment is told: set with its first outcome, and the same for ever, whatever comes of it later.
 * `placed`: the payer has to go on. `over`: it buys nothing any more, for the reservation is; what was taken goes back.
 */
export const PaymentAnswer = Schema.Union(
  Schema.TaggedStruct("placed", { nextStep: Schema.NullOr(NextStep) }),
  Schema.TaggedStruct("sold", {}),
  Schema.TaggedStruct("declined", { failure: PaymentFailure }),
  Schema.TaggedStruct("over", { phase: ReservationClosed.fields.phase }),
);
export type PaymentAnswer = typeof PaymentAnswer.Type;

/** The provider is switched off, not set up, or does not answer at the moment. Nothing was charged. */
export class ProviderUnavailable extends Schema.TaggedError<ProviderUnavailable>()(
  "ProviderUnavailable",
  { provider: Schema.String, retryAfterMs: Schema.Int },
  HttpApiSchema.annotations({ status: 503 }),
) {
  override get message() {
    return `${this.provider} takes no payments at the moment. Choose another provider, or try again later.`;
  }
}

/** The provider has refused the payment; nothing was taken. `reason` is its code, such as `insufficient_funds`. */
export class PaymentDeclined extends Schema.TaggedError<PaymentDeclined>()(
  "PaymentDeclined",
  { reason: Schema.String, explanation: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `${this.explanation} Nothing was charged; try again or choose another provider.`;
  }
}

/** No refund of this payment waits for the house: it was not refused, or that has been resolved. */
export class RefundNotRefused extends Schema.TaggedError<RefundNotRefused>()(
  "RefundNotRefused",
  { paymentId: Schema.String },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "No refund of this payment waits for a decision: it was not refused, or that is resolved.";
  }
}

export class ReservationRpcs extends RpcGroup.make(
  /**
   * Begins a payment; what is to be paid for comes with the first. An open payment by another provider is called off; by
   * the same, it is the answer. So is one that has succeeded and is about to buy.
   */
  command("Pay", {
    payload: {
      playerId: PlayerId,
      paymentId: PaymentId,
      provider: ProviderName,
      /** Where the provider's page leads back to. */
      returnUrl: Schema.String.pipe(Schema.maxLength(2000)),
      checkout: Schema.optional(Checkout),
    },
    success: Schema.Struct({ paymentId: PaymentId }),
    error: Schema.Union(NotInCheckout, NotYours, ReservationClosed, PaymentDeclined),
  }),
  /**
   * The player does not want it any more: open payments are called off, what is paid all the same goes back, and the
   * raffle is told to free the numbers. Refused as sold once a payment has succeeded.
   */
  command("Cancel", {
    payload: { playerId: PlayerId, checkout: Schema.optional(Checkout) },
    success: ReservationView,
    error: Schema.Union(ReservationNotFound, NotYours, ReservationClosed),
  }),
  /**
   * What a provider says about a payment, in an event with an id of its own (which makes the command id). News that are older
   * than what is known change nothing.
   */
  command("Hear", {
    payload: {
      paymentId: PaymentId,
      provider: ProviderName,
      /** The provider's own name of the payment. */
      ref: Schema.String,
      status: Schema.Literal(
        "processing",
        "succeeded",
        "failed",
        "cancelled",
        "refunded",
        "refund_failed",
      ),
      failure: Schema.NullOr(PaymentFailure),
    },
    success: Schema.Struct({ isNews: Schema.Boolean }),
    error: ReservationNotFound,
  }),
  /** What was sold is taken back by its raffle, and the money is on the reservation's account: it goes back to the player. */
  command("Refund", {
    payload: { reason: Schema.String },
    success: ReservationView,
    error: ReservationNotFound,
  }),
  /** What the house decides about a refund that the provider refuses. */
  command("ResolveRefund", {
    payload: { paymentId: PaymentId, remedy: RefundRemedy, reason: Reason },
    success: PaymentView,
    error: Schema.Union(ReservationNotFound, RefundNotRefused),
  }),
  ReconcileHold,
  /** The payment, what its payer is told (null while that is not known), and what it is for. */
  query("GetPayment", {
    payload: { paymentId: PaymentId },
    success: Schema.Struct({
      answer: Schema.NullOr(PaymentAnswer),
      payment: PaymentView,
      reservation: ReservationView,
    }),
    error: ReservationNotFound,
  }),
  query("GetReservation", { payload: {}, success: ReservationView, error: ReservationNotFound }),
) {}

export const Reservation = contract("reservation", ReservationRpcs);
