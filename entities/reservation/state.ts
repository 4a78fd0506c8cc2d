/**
 * What a reservation remembers: what is to be paid for, how far it has come, and each of its payments.
 *
 * A payment that is not at its end is either **due**, so that the process does the next step, or it has a time at which it
 * will be. No payment is forgotten: what nobody tells is asked for.
 */
import { HashSet, Schema } from "effect";
import { HoldId, PaymentId } from "../../rpc/id.ts";
import {
  NextStep,
  PaymentFailure,
  type PaymentStatus,
  PaymentStatus as PaymentStatusSchema,
  type PaymentView,
  ProviderName,
} from "../../rpc/payment.ts";
import { Checkout, PaymentAnswer, ReservationView } from "../../rpc/reservation.ts";
import type { PaymentEvent, ReservationEvent } from "./events.ts";

export const Payment = Schema.Struct({
  paymentId: PaymentId,
  provider: ProviderName,
  status: PaymentStatusSchema,
  ref: Schema.NullOr(Schema.String),
  nextStep: Schema.NullOr(NextStep),
  failure: Schema.NullOr(PaymentFailure),
  returnUrl: Schema.String,
  startedAt: Schema.Int,
  answer: Schema.NullOr(PaymentAnswer),
  /** The process has a step to do. */
  isDue: Schema.Boolean,
  /** When it is due by the clock. */
  lookAt: Schema.NullOr(Schema.Int),
  /** How often it was looked at in this status, and stood as before. */
  looks: Schema.Int,
  /** It buys nothing any more unless it has succeeded by then. */
  calledOff: Schema.Boolean,
  /** Why the provider refuses to give it back, while the house has to decide. */
  refusal: Schema.optional(Schema.String),
  /** How often the provider was asked anew to give it back: each is a refund of its own there. */
  retries: Schema.optional(Schema.Int),
  /** It is given back into the player's wallet here. */
  isDiverted: Schema.optional(Schema.Boolean),
  /** Not by a refund that the house has asked for: what the provider says of one changes nothing any more. */
  isSettled: Schema.optional(Schema.Boolean),
});
export type Payment = typeof Payment.Type;

export const ReservationState = Schema.Struct({
  checkout: Schema.NullOr(Checkout),
  phase: ReservationView.fields.phase,
  /** Oldest first. */
  payments: Schema.Array(Payment),
  boughtBy: Schema.NullOr(PaymentId),
  soldAt: Schema.NullOr(Schema.Int),
  /** The raffle has taken the sale back, which may be known before the sale is. */
  isReturned: Schema.Boolean,
  /** It was cancelled, and the raffle has to free its numbers. */
  isFreeing: Schema.Boolean,
  /** Holds that wallets have given up: a payment that comes for one is refused. */
  voided: Schema.HashSet(HoldId),
});
export type ReservationState = typeof ReservationState.Type;

export const initial: ReservationState = {
  checkout: null,
  phase: "checkout",
  payments: [],
  boughtBy: null,
  soldAt: null,
  isReturned: false,
  isFreeing: false,
  voided: HashSet.empty(),
};

/** Whose refund it is to make: the wallet's own, though the money came from elsewhere, when the house has said so. */
export const refunderOf = ({ isDiverted, provider }: Payment): ProviderName =>
  isDiverted === true ? "wallet" : provider;

/** The payer or the provider is at it, and it may still buy the numbers. */
const OPEN: ReadonlySet<PaymentStatus> = new Set(["creating", "pending", "authorized"]);
export const isOpen = ({ status }: Payment): boolean => OPEN.has(status);

/** The money is here, and whether it buys the numbers is not known yet. */
export const isBuying = ({ boughtBy }: ReservationState, { paymentId, status }: Payment): boolean =>
  status === "succeeded" && boughtBy !== paymentId;

export const paymentOf = (
  { payments }: ReservationState,
  paymentId: PaymentId,
): Payment | undefined => payments.find((payment) => payment.paymentId === paymentId);

export const checkoutOf = ({ checkout }: ReservationState): Checkout => {
  if (checkout === null) throw new Error("a reservation that never came to the checkout");
  return checkout;
};

/** Where an event leads. One about a payment that never began is impossible and dies. */
export const evolve = (state: ReservationState, event: ReservationEvent): ReservationState => {
  switch (event._tag) {
    case "CheckoutBegan": {
      const { _tag, ...checkout } = event;
      return { ...state, checkout };
    }
    case "ReservationCancelled":
      return { ...state, phase: "cancelled", isFreeing: true };
    case "ReservationExpired":
      return { ...state, phase: "expired" };
    case "NumbersFreed":
      return { ...state, isFreeing: false };
    case "HoldVoided":
      return { ...state, voided: HashSet.add(state.voided, event.holdId) };
    case "NumbersSold": {
      const sold = changed(state, event.paymentId, (payment) => ({
        ...resting(payment),
        answer: payment.answer ?? { _tag: "sold" },
      }));
      const { at: soldAt, paymentId: boughtBy } = event;
      return { ...sold, boughtBy, soldAt, phase: state.isReturned ? "refunded" : "sold" };
    }
    case "SaleReturned":
      return {
        ...state,
        isReturned: true,
        phase: state.boughtBy === null ? state.phase : "refunded",
      };
    case "PaymentBegan": {
      const { _tag, at: startedAt, ...began } = event;
      const payment: Payment = {
        ...began,
        startedAt,
        status: "creating",
        ref: null,
        nextStep: null,
        failure: null,
        answer: null,
        isDue: true,
        lookAt: null,
        looks: 0,
        calledOff: false,
      };
      return { ...state, payments: [...state.payments, payment] };
    }
    default:
      return changed(state, event.paymentId, (payment) => next(payment, event, state));
  }
};

const changed = (
  state: ReservationState,
  paymentId: PaymentId,
  change: (payment: Payment) => Payment,
): ReservationState => {
  if (paymentOf(state, paymentId) === undefined)
    throw new Error(`the reservation has no payment ${paymentId}`);
  const payments = state.payments.map((one) => (one.paymentId === paymentId ? change(one) : one));
  return { ...state, payments };
};

/** Nothing more is to be done about it by itself. */
const resting = (payment: Payment): Payment => ({
  ...payment,
  isDue: false,
  lookAt: null,
  looks: 0,
});
const withoutRefusal = ({ refusal: _, ...payment }: Payment): Payment => payment;
const due = (payment: Payment): Payment => ({ ...resting(payment), isDue: true });

const next = (
  payment: Payment,
  event: Exclude<PaymentEvent, { readonly _tag: "PaymentBegan" }>,
  { phase }: ReservationState,
): Payment => {
  const answered = (answer: PaymentAnswer) => ({ answer: payment.answer ?? answer });
  switch (event._tag) {
    case "PaymentPlaced": {
      const { lookAt, nextStep, ref } = event;
      // One that was called off meanwhile has a name now under which it can be cancelled.
      if (payment.status === "cancelling") return { ...payment, ref };
      const placed = answered({ _tag: "placed", nextStep });
      return { ...resting(payment), ...placed, status: "pending", ref, nextStep, lookAt };
    }
    case "PaymentAuthorized":
      if (payment.status === "cancelling") return { ...payment, ref: event.ref };
      return { ...due(payment), status: "authorized", ref: event.ref };
    case "PaymentSucceeded":
      return { ...due(payment), status: "succeeded", ref: event.ref, failure: null };
    case "PaymentFailed": {
      const { failure, ref } = event;
      const declined = answered({ _tag: "declined", failure });
      return { ...resting(payment), ...declined, status: "failed", ref, failure };
    }
    case "PaymentCalledOff": {
      const { why } = event;
      const told = answered(
        why === null
          ? { _tag: "over", phase: phase === "checkout" ? "cancelled" : phase }
          : { _tag: "declined", failure: why },
      );
      // A failed one stays failed, but at the provider the payer may not try again.
      const status = payment.status === "failed" ? "failed" : "cancelling";
      return { ...due(payment), ...told, status, calledOff: true };
    }
    case "PaymentCancelled":
      return { ...resting(payment), ...answered(GONE), status: "cancelled" };
    case "PaymentReversed":
      return { ...resting(payment), ...answered(GONE), status: "refunded", isSettled: true };
    case "RefundBegan": {
      const over = answered({ _tag: "over", phase: phase === "checkout" ? "expired" : phase });
      return { ...due(payment), ...over, status: "refunding" };
    }
    case "PaymentRefunded":
      return { ...withoutRefusal(resting(payment)), status: "refunded" };
    case "RefundUnclaimed":
    case "RefundMadeByHand":
      return { ...withoutRefusal(resting(payment)), status: "refunded", isSettled: true };
    case "RefundRefused":
      return { ...resting(payment), status: "refund_refused", refusal: event.why };
    case "RefundDoubted":
      return { ...due(payment), status: "refunding" };
    case "RefundRetried": {
      const retries = (payment.retries ?? 0) + 1;
      return { ...withoutRefusal(due(payment)), status: "refunding", retries };
    }
    case "RefundDiverted":
      return { ...withoutRefusal(due(payment)), status: "refunding", isDiverted: true };
    case "PaymentDue":
      return { ...payment, isDue: true, lookAt: null };
    case "PaymentLooked":
      return { ...payment, isDue: false, lookAt: event.lookAt, looks: payment.looks + 1 };
  }
};

/** For a payment that the provider has called off by itself. */
const GONE: PaymentAnswer = {
  _tag: "declined",
  failure: { code: "cancelled", detail: "The payment was called off at the provider." },
};

/** The bounds of what is on the reservation's account: they part while another entity may have moved it already. */
export const accountBounds = (
  state: ReservationState,
): { readonly leastMinor: number; readonly mostMinor: number } => {
  const amountMinor = state.checkout?.amountMinor ?? 0;
  let least = 0;
  let most = 0;
  for (const payment of state.payments) {
    // A wallet takes and gives back in its own journal, before it is heard of here.
    const isInWallet = payment.provider === "wallet";
    const { status } = payment;
    const may =
      status === "succeeded" ||
      status === "refunding" ||
      status === "refund_refused" ||
      (isInWallet && (status === "authorized" || status === "cancelling"));
    if (may) most++;
    // Of one that has succeeded the raffle may have taken it, or have given it back.
    const isHere = status === "refunding" && refunderOf(payment) !== "wallet";
    if (isHere || status === "refund_refused") least++;
  }
  return { leastMinor: least * amountMinor, mostMinor: most * amountMinor };
};

const shown = (
  { failure, nextStep, paymentId, provider, startedAt, status }: Payment,
  { amountMinor }: Checkout,
): PaymentView => ({
  paymentId,
  provider,
  status,
  amountMinor,
  nextStep: status === "pending" ? nextStep : null,
  failure,
  startedAt,
});

export const viewOfPayment = (state: ReservationState, payment: Payment): PaymentView =>
  shown(payment, checkoutOf(state));

/** What may be shown of it. */
export const viewOf = (
  state: ReservationState,
  reservationId: ReservationView["reservationId"],
): ReservationView => {
  const checkout = checkoutOf(state);
  return {
    reservationId,
    ...checkout,
    phase: state.phase,
    payments: state.payments.map((payment) => shown(payment, checkout)),
    soldAt: state.soldAt,
  };
};
