/** What a reservation decides: pure, with time in `meta`. */
import { HashSet } from "effect";
import { NotYours } from "../../rpc/failure.ts";
import { branded, type HoldId, type PaymentId, type ReservationId } from "../../rpc/id.ts";
import type { PaymentFailure, RefundRemedy } from "../../rpc/payment.ts";
import { NotInCheckout, ReservationClosed, ReservationNotFound } from "../../rpc/raffle.ts";
import {
  PaymentDeclined,
  RefundNotRefused,
  type Reservation,
  type ReservationView,
} from "../../rpc/reservation.ts";
import { accept, answer, type Decider, reject } from "../../src/actor/Decider.ts";
import type { ReservationEvent } from "./events.ts";
import { doubt, learn, lookAfter, type News } from "./news.ts";
import {
  checkoutOf,
  evolve,
  initial,
  isBuying,
  isOpen,
  type Payment,
  paymentOf,
  type ReservationState,
  viewOf,
  viewOfPayment,
} from "./state.ts";

/** Far more than anyone tries in the minutes of a checkout, few enough that a reservation stays small. */
export const MAX_PAYMENTS = 20;

/**
 * A provider may refuse a refund because of its own or the house's condition: no money there yet, a key that is being changed.
 * So it is asked this often, over some five minutes, before the house has to decide.
 */
export const MAX_REFUND_REFUSALS = 7;

/**
 * Why the raffle has not sold: to another payment of this reservation, because it is not on sale, or because the claim
 * is gone and the numbers are another's.
 */
export type SaleRefusal = "sold" | "not_open" | "gone";

/** The steps that a reservation takes by itself. */
export type ReservationInternal =
  /** Time has passed: the numbers may be free again, a payment may want a look. */
  | { readonly _tag: "Wake" }
  /** The provider has said how the payment stands. */
  | { readonly _tag: "Learn"; readonly paymentId: PaymentId; readonly news: News }
  /** It said nothing; there is time to ask later. */
  | { readonly _tag: "LookAgain"; readonly paymentId: PaymentId }
  /** It refuses the step, and will for ever. */
  | { readonly _tag: "GiveUp"; readonly paymentId: PaymentId }
  | {
      readonly _tag: "FinishSale";
      readonly paymentId: PaymentId;
      /** Null: the numbers are sold. */
      readonly refusal: SaleRefusal | null;
    }
  | {
      readonly _tag: "FinishRefund";
      readonly paymentId: PaymentId;
      /** `refused`: it was not even tried. `failed`: it was, and will not come to anything. */
      readonly outcome: "refunded" | "pending" | "unclaimed" | "refused" | "failed";
      /** Of a refusal. */
      readonly why?: string;
    }
  | { readonly _tag: "FinishFreeing" };

type FinishRefund = Extract<ReservationInternal, { readonly _tag: "FinishRefund" }>;

const SUPERSEDED: PaymentFailure = {
  code: "superseded",
  detail: "Another payment was begun in its place.",
};

const REFUSED: PaymentFailure = {
  code: "provider_refused",
  detail: "The provider has refused the payment.",
};

/** When the reservation changes by the clock alone; undefined when it does not. */
export const wakesAt = ({ checkout, payments, phase }: ReservationState): number | undefined => {
  let at = checkout !== null && phase === "checkout" ? checkout.expiresAt : undefined;
  for (const { lookAt } of payments) if (lookAt !== null) at = Math.min(at ?? lookAt, lookAt);
  return at;
};

/**
 * Calls off what is not wanted any more. A failed payment is called off at an outside provider too, once: the payer could
 * still try another card there.
 */
const callOff = (
  { payments }: ReservationState,
  why: PaymentFailure | null,
): ReadonlyArray<ReservationEvent> =>
  payments
    .filter(
      (payment) =>
        isOpen(payment) ||
        (payment.status === "failed" &&
          payment.ref !== null &&
          payment.provider !== "wallet" &&
          !payment.calledOff),
    )
    .map(({ paymentId }) => ({ _tag: "PaymentCalledOff", paymentId, why }));

const refund = ({ paymentId }: { readonly paymentId: PaymentId }): ReservationEvent => ({
  _tag: "RefundBegan",
  paymentId,
});

/** The phase as the clock has it: what is past its time is over, though the alarm may not have rung. */
const phaseAt = ({ checkout, phase }: ReservationState, at: number): ReservationView["phase"] =>
  phase === "checkout" && checkout !== null && at >= checkout.expiresAt ? "expired" : phase;

const shown = (entityId: string) => (after: ReservationState) =>
  viewOf(after, branded<ReservationId>(entityId));

const notFound = (reservationId: string) => reject(new ReservationNotFound({ reservationId }));

export const decider: Decider<
  typeof Reservation,
  ReservationState,
  ReservationEvent,
  ReservationInternal
> = {
  initial: () => initial,
  evolve,
  decide: {
    Pay: (state, { checkout: claim, paymentId, playerId, provider, returnUrl }, { at }) => {
      const checkout = state.checkout ?? claim;
      if (checkout === undefined) return reject(new NotInCheckout());
      if (checkout.playerId !== playerId) return reject(new NotYours());
      const phase = phaseAt({ ...state, checkout }, at);
      if (phase !== "checkout") return reject(new ReservationClosed({ phase }));
      const standing = state.payments.find(
        (one) =>
          one.paymentId === paymentId ||
          isBuying(state, one) ||
          (isOpen(one) && one.provider === provider),
      );
      if (standing !== undefined) return accept([], () => ({ paymentId: standing.paymentId }));
      if (state.payments.length >= MAX_PAYMENTS) return reject(TOO_MANY);
      if (HashSet.has(state.voided, branded<HoldId>(paymentId))) return reject(LAPSED);
      const events: ReadonlyArray<ReservationEvent> = [
        ...(state.checkout === null ? [{ _tag: "CheckoutBegan", ...checkout } as const] : []),
        ...callOff(state, SUPERSEDED),
        { _tag: "PaymentBegan", paymentId, provider, returnUrl, at },
      ];
      return accept(events, () => ({ paymentId }));
    },

    Cancel: (state, { checkout: claim, entityId, playerId }, { at }) => {
      const checkout = state.checkout ?? claim;
      if (checkout === undefined) return notFound(entityId);
      if (checkout.playerId !== playerId) return reject(new NotYours());
      const phase = phaseAt({ ...state, checkout }, at);
      if (phase !== "checkout") return reject(new ReservationClosed({ phase }));
      // The raffle may be selling already; a sale that it refuses ends the reservation anyway.
      if (state.payments.some((payment) => isBuying(state, payment)))
        return reject(new ReservationClosed({ phase: "sold" }));
      const events: ReadonlyArray<ReservationEvent> = [
        ...(state.checkout === null ? [{ _tag: "CheckoutBegan", ...checkout } as const] : []),
        { _tag: "ReservationCancelled" },
        ...callOff(state, null),
      ];
      return accept(events, shown(entityId));
    },

    Hear: (state, { entityId, failure, paymentId, provider, ref, status }, { at }) => {
      const payment = paymentOf(state, paymentId);
      if (payment === undefined || payment.provider !== provider) return notFound(entityId);
      if (status === "refund_failed") {
        const doubts = doubt(payment);
        return accept(doubts, () => ({ isNews: doubts.length > 0 }));
      }
      // Only the provider's answer ends what was called off: this may tell of a card before the last.
      const says = status === "processing" || (status === "failed" && !isOpen(payment));
      const news = { ref, status, nextStep: null, failure };
      const events = says ? [] : learn(state, payment, { ...news, status }, at);
      return accept(events, () => ({ isNews: events.length > 0 }));
    },

    Refund: (state, { entityId, reason }) => {
      if (state.checkout === null) return notFound(entityId);
      if (state.isReturned) return accept([], shown(entityId));
      const { boughtBy } = state;
      const events: ReadonlyArray<ReservationEvent> = [
        { _tag: "SaleReturned", reason },
        // That it was sold may not have been heard yet; the refund then follows when it is.
        ...(boughtBy === null ? [] : [refund({ paymentId: boughtBy })]),
      ];
      return accept(events, shown(entityId));
    },

    ResolveRefund: (state, { entityId, paymentId, reason, remedy }) => {
      const payment = paymentOf(state, paymentId);
      if (payment === undefined) return notFound(entityId);
      if (payment.status !== "refund_refused") return reject(new RefundNotRefused({ paymentId }));
      const event: ReservationEvent = { _tag: REMEDIES[remedy], paymentId, reason };
      return accept([event], (after: ReservationState) =>
        viewOfPayment(after, paymentOf(after, paymentId) ?? payment),
      );
    },

    ReconcileHold: (state, { holdId }) => {
      const payment = paymentOf(state, branded<PaymentId>(holdId));
      const stands = payment !== undefined && (isOpen(payment) || payment.status === "cancelling");
      const voids = payment === undefined && !HashSet.has(state.voided, holdId);
      return accept(voids ? [{ _tag: "HoldVoided", holdId } as const] : [], () => ({ stands }));
    },
  },

  decideInternal: (state, command, { at }) => {
    if (command._tag === "Wake") return wake(state, at);
    if (command._tag === "FinishFreeing") return state.isFreeing ? [{ _tag: "NumbersFreed" }] : [];
    const { paymentId } = command;
    const payment = paymentOf(state, paymentId);
    if (payment === undefined) return [];
    switch (command._tag) {
      case "Learn":
        return learn(state, payment, command.news, at);
      case "LookAgain":
        return payment.isDue ? [lookAfter(payment, at)] : [];
      case "GiveUp":
        return giveUp(payment);
      case "FinishSale":
        return isBuying(state, payment) ? finishSale(state, payment, command.refusal, at) : [];
      case "FinishRefund":
        return payment.status === "refunding" ? finishRefund(state, payment, command, at) : [];
    }
  },

  answer: {
    GetReservation: (state, { entityId }) =>
      state.checkout === null ? notFound(entityId) : answer(shown(entityId)(state)),
    GetPayment: (state, { entityId, paymentId }) => {
      const payment = paymentOf(state, paymentId);
      if (payment === undefined) return notFound(entityId);
      const reservation = shown(entityId)(state);
      return answer({
        answer: payment.answer,
        payment: viewOfPayment(state, payment),
        reservation,
      });
    },
  },
};

const REMEDIES = {
  retry: "RefundRetried",
  wallet: "RefundDiverted",
  by_hand: "RefundMadeByHand",
} as const satisfies Record<RefundRemedy, ReservationEvent["_tag"]>;

const TOO_MANY = new PaymentDeclined({
  reason: "too_many_payments",
  explanation: "This reservation has been tried to be paid for too often.",
});
const LAPSED = new PaymentDeclined({
  reason: "hold_lapsed",
  explanation: "The money that was set aside for it is available again.",
});

const wake = (state: ReservationState, at: number): ReadonlyArray<ReservationEvent> => {
  const expires = phaseAt(state, at) !== state.phase;
  const over: ReadonlyArray<ReservationEvent> = expires
    ? [{ _tag: "ReservationExpired" }, ...callOff(state, null)]
    : [];
  const looks = state.payments.filter(
    (payment) => payment.lookAt !== null && payment.lookAt <= at && !(expires && isOpen(payment)),
  );
  return [...over, ...looks.map(({ paymentId }) => ({ _tag: "PaymentDue", paymentId }) as const)];
};

/** What was never made has failed; what was made is called off, and the provider's answer to that counts. */
const giveUp = ({ paymentId, ref, status }: Payment): ReadonlyArray<ReservationEvent> => {
  if (status === "creating") return [{ _tag: "PaymentFailed", paymentId, ref, failure: REFUSED }];
  if (status === "authorized") return [{ _tag: "PaymentCalledOff", paymentId, why: REFUSED }];
  return status === "cancelling" && ref === null ? [{ _tag: "PaymentCancelled", paymentId }] : [];
};

const finishSale = (
  state: ReservationState,
  payment: Payment,
  refusal: SaleRefusal | null,
  at: number,
): ReadonlyArray<ReservationEvent> => {
  const { paymentId } = payment;
  const others = state.payments.filter((one) => one !== payment && isBuying(state, one));
  if (refusal === "sold") return [refund(payment)];
  if (refusal !== null) {
    const closed = refusal === "not_open" ? "ReservationCancelled" : "ReservationExpired";
    const over: ReadonlyArray<ReservationEvent> =
      state.phase === "checkout" ? [{ _tag: closed }, ...callOff(state, null)] : [];
    // Where the sale is over, no other payment buys either.
    const also = refusal === "not_open" ? others.map(refund) : [];
    return [...over, refund(payment), ...also];
  }
  return [
    { _tag: "NumbersSold", paymentId, at },
    ...(state.isReturned ? [refund(payment)] : []),
    ...others.map(refund),
    ...callOff(state, null),
  ];
};

const finishRefund = (
  state: ReservationState,
  payment: Payment,
  { outcome, why = "" }: Pick<FinishRefund, "outcome" | "why">,
  at: number,
): ReadonlyArray<ReservationEvent> => {
  const { paymentId } = payment;
  switch (outcome) {
    case "refunded":
      return [{ _tag: "PaymentRefunded", paymentId }];
    case "pending":
      return [lookAfter(payment, at)];
    case "unclaimed": {
      const { amountMinor } = checkoutOf(state);
      return [{ _tag: "RefundUnclaimed", paymentId, amountMinor }];
    }
    case "refused":
      return payment.looks + 1 < MAX_REFUND_REFUSALS
        ? [lookAfter(payment, at)]
        : [{ _tag: "RefundRefused", paymentId, why }];
    case "failed":
      return [{ _tag: "RefundRefused", paymentId, why }];
  }
};
