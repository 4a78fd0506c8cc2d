/** What has happened to a reservation that is paid for. Kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { HoldId, PaymentId } from "../../rpc/id.ts";
import { Minor } from "../../rpc/money.ts";
import { NextStep, PaymentFailure, ProviderName } from "../../rpc/payment.ts";
import { Checkout } from "../../rpc/reservation.ts";

const Millis = Schema.Int;
const About = { paymentId: PaymentId };
/** The provider's own name of the payment. */
const ref = Schema.String;

/** With the first payment, or with a cancellation before any. */
export const CheckoutBegan = Schema.TaggedStruct("CheckoutBegan", Checkout.fields);
export const ReservationCancelled = Schema.TaggedStruct("ReservationCancelled", {});
export const ReservationExpired = Schema.TaggedStruct("ReservationExpired", {});
/** The raffle has freed the numbers of a cancelled one, or had done so before. */
export const NumbersFreed = Schema.TaggedStruct("NumbersFreed", {});
/** The raffle has sold the numbers for what this payment brought. */
export const NumbersSold = Schema.TaggedStruct("NumbersSold", { ...About, at: Millis });
/** The raffle has taken the sale back: the money is on the reservation's account again. */
export const SaleReturned = Schema.TaggedStruct("SaleReturned", { reason: Schema.String });

export const PaymentBegan = Schema.TaggedStruct("PaymentBegan", {
  ...About,
  provider: ProviderName,
  returnUrl: Schema.String,
  at: Millis,
});
/** It is there, and the payer or the provider has something to do; it is looked at again at `lookAt`. */
export const PaymentPlaced = Schema.TaggedStruct("PaymentPlaced", {
  ...About,
  ref,
  nextStep: Schema.NullOr(NextStep),
  lookAt: Millis,
});
export const PaymentAuthorized = Schema.TaggedStruct("PaymentAuthorized", { ...About, ref });
/** The money is taken, and on the reservation's account. */
export const PaymentSucceeded = Schema.TaggedStruct("PaymentSucceeded", { ...About, ref });
export const PaymentFailed = Schema.TaggedStruct("PaymentFailed", {
  ...About,
  /** Null when it failed before it had one. */
  ref: Schema.NullOr(ref),
  failure: PaymentFailure,
});
/** It is not wanted any more. `why` is what its payer is told; null: the reservation is over. */
export const PaymentCalledOff = Schema.TaggedStruct("PaymentCalledOff", {
  ...About,
  why: Schema.NullOr(PaymentFailure),
});
/** Nothing was taken, and nothing will be. */
export const PaymentCancelled = Schema.TaggedStruct("PaymentCancelled", About);
/** It was taken and given back at the provider before anything was heard of it: none of it was ever here. */
export const PaymentReversed = Schema.TaggedStruct("PaymentReversed", About);
export const RefundBegan = Schema.TaggedStruct("RefundBegan", About);
/** The provider has confirmed that the money is back. */
export const PaymentRefunded = Schema.TaggedStruct("PaymentRefunded", About);
/**
 * The provider will not give it back, for the reason `why`: the money stays on the reservation's account until the house has
 * decided.
 */
export const RefundRefused = Schema.TaggedStruct("RefundRefused", {
  ...About,
  why: Schema.String,
});
/** The provider had confirmed it, and says now that it has come back to it: the money is here again until that is clear. */
export const RefundDoubted = Schema.TaggedStruct("RefundDoubted", About);
/** The house has the provider asked once more. */
export const RefundRetried = Schema.TaggedStruct("RefundRetried", {
  ...About,
  reason: Schema.String,
});
/** The house gives it back into the player's wallet here. */
export const RefundDiverted = Schema.TaggedStruct("RefundDiverted", {
  ...About,
  reason: Schema.String,
});
/** The house has given it back by hand. */
export const RefundMadeByHand = Schema.TaggedStruct("RefundMadeByHand", {
  ...About,
  reason: Schema.String,
});
/** The player's wallet cannot take it: the house keeps it for them. */
export const RefundUnclaimed = Schema.TaggedStruct("RefundUnclaimed", {
  ...About,
  amountMinor: Minor,
});
/** Its time to be looked at has come. */
export const PaymentDue = Schema.TaggedStruct("PaymentDue", About);
/** It was looked at and stands as before; the next time is `lookAt`. */
export const PaymentLooked = Schema.TaggedStruct("PaymentLooked", { ...About, lookAt: Millis });

/** A wallet asked about a hold that nothing stands behind: its id is refused from now on. */
export const HoldVoided = Schema.TaggedStruct("HoldVoided", { holdId: HoldId });

export const PaymentEvent = Schema.Union(
  PaymentBegan,
  PaymentPlaced,
  PaymentAuthorized,
  PaymentSucceeded,
  PaymentFailed,
  PaymentCalledOff,
  PaymentCancelled,
  PaymentReversed,
  RefundBegan,
  PaymentRefunded,
  RefundUnclaimed,
  RefundRefused,
  RefundDoubted,
  RefundRetried,
  RefundDiverted,
  RefundMadeByHand,
  PaymentDue,
  PaymentLooked,
);
export type PaymentEvent = typeof PaymentEvent.Type;

export const ReservationEvent = Schema.Union(
  CheckoutBegan,
  ReservationCancelled,
  ReservationExpired,
  NumbersFreed,
  NumbersSold,
  SaleReturned,
  HoldVoided,
  ...PaymentEvent.members,
);
export type ReservationEvent = typeof ReservationEvent.Type;
