/**
 * What follows from what a provider says about a payment, whether it was asked or told by itself. News arrive late, twice
 * and in any order, so a payment only goes forward: `succeeded` is above `failed` and `cancelled`, these are above `pending`,
 * and `refunded` is the end. A declined payer may try another card, so `failed` may become `succeeded`, never the reverse.
 */
import type { NextStep, PaymentFailure, PaymentStatus } from "../../rpc/payment.ts";
import type { ReservationEvent } from "./events.ts";
import { isOpen, type Payment, refunderOf, type ReservationState } from "./state.ts";

/** As the payment port has it. */
export interface News {
  readonly ref: string;
  readonly status: "pending" | "authorized" | "succeeded" | "failed" | "cancelled" | "refunded";
  readonly nextStep: NextStep | null;
  readonly failure: PaymentFailure | null;
}

/**
 * A webhook usually comes within seconds; what nobody tells is asked for after 5 s, 10 s, 20 s, then every minute while someone
 * waits at the checkout. Banks take days for a refund, so pauses grow on then: each look is an entry of the journal.
 */
const FIRST_LOOK_MS = 5_000;
const MAX_LOOK_MS = 60_000;
const MAX_SLOW_LOOK_MS = 3_600_000;

const lookAt = (looks: number, at: number, maxMs: number) =>
  at + Math.min(FIRST_LOOK_MS * 2 ** looks, maxMs);

/** It stands as before: the next look. */
export const lookAfter = (payment: Payment, at: number): ReservationEvent => {
  const { looks, paymentId } = payment;
  const maxMs = isOpen(payment) ? MAX_LOOK_MS : MAX_SLOW_LOOK_MS;
  return { _tag: "PaymentLooked", paymentId, lookAt: lookAt(looks + 1, at, maxMs) };
};

const UNEXPLAINED: PaymentFailure = {
  code: "declined",
  detail: "The provider has declined the payment.",
};

export const learn = (
  state: ReservationState,
  payment: Payment,
  news: News,
  at: number,
): ReadonlyArray<ReservationEvent> => {
  const { isDue, paymentId, status } = payment;
  const { ref } = news;
  // What is being called off at the provider stands there as open or failed.
  const isUnderWay = isOpen(payment) || status === "cancelling" || (status === "failed" && isDue);
  switch (news.status) {
    case "succeeded":
      return succeeded(state, payment, ref);
    case "refunded":
      if (status === "refund_refused") return [{ _tag: "PaymentRefunded", paymentId }];
      // What goes to the player's wallet by now must not go out twice in the books: the provider's report will show it.
      if (status === "refunding")
        return payment.isDiverted === true ? [] : [{ _tag: "PaymentRefunded", paymentId }];
      // The money of one that has succeeded may be in escrow by now: only this house's own refund counts then.
      if (status === "succeeded" || status === "refunded") return [];
      return [{ _tag: "PaymentReversed", paymentId }];
    case "cancelled":
      return isUnderWay ? [{ _tag: "PaymentCancelled", paymentId }] : [];
    case "failed": {
      const failure = news.failure ?? payment.failure ?? UNEXPLAINED;
      return isUnderWay ? [{ _tag: "PaymentFailed", paymentId, ref, failure }] : [];
    }
    case "authorized":
      if (status === "creating" || status === "pending" || isNameless(payment))
        return [{ _tag: "PaymentAuthorized", paymentId, ref }];
      break;
    case "pending":
      if (status === "creating" || isNameless(payment)) {
        const { nextStep } = news;
        return [
          { _tag: "PaymentPlaced", paymentId, ref, nextStep, lookAt: lookAt(0, at, MAX_LOOK_MS) },
        ];
      }
  }
  // It was asked for, or asked to change, and stands as before.
  return isUnderWay && isDue ? [lookAfter(payment, at)] : [];
};

/** It was heard of before that the money was taken. */
const WAS_TAKEN: ReadonlySet<PaymentStatus> = new Set([
  "succeeded",
  "refunding",
  "refunded",
  "refund_refused",
]);

/**
 * A refund has come back to the provider. Which of them, if there were several, asking tells: so it is asked for again, and
 * the money is here until then.
 */
export const doubt = (payment: Payment): ReadonlyArray<ReservationEvent> => {
  const { isSettled, paymentId, status } = payment;
  const isDoubtful =
    status === "refunded" && isSettled !== true && refunderOf(payment) !== "wallet";
  return isDoubtful ? [{ _tag: "RefundDoubted", paymentId }] : [];
};

/** Called off before the provider had answered: it can be cancelled under the name that it turns out to have. */
const isNameless = ({ ref, status }: Payment) => status === "cancelling" && ref === null;

const succeeded = (
  { boughtBy, phase }: ReservationState,
  { paymentId, status }: Payment,
  ref: string,
): ReadonlyArray<ReservationEvent> => {
  if (WAS_TAKEN.has(status)) return [];
  const mayBuy = boughtBy === null && (phase === "checkout" || phase === "expired");
  return [
    { _tag: "PaymentSucceeded", paymentId, ref },
    ...(mayBuy ? [] : [{ _tag: "RefundBegan", paymentId } as const]),
  ];
};
