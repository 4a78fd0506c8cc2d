/**
 * What is always true of a reservation, as code: asserted after every step of the property tests, and over the whole
 * database by the audit.
 */
import { HashSet } from "effect";
import type { PaymentStatus } from "../../rpc/payment.ts";
import { branded, type HoldId } from "../../rpc/id.ts";
import { isBuying, isOpen, type Payment, type ReservationState } from "./state.ts";

/** Something is still to be heard or done about it. */
const UNDER_WAY: ReadonlySet<PaymentStatus> = new Set([
  "creating",
  "pending",
  "authorized",
  "cancelling",
  "refunding",
]);

/** The sentences that a reservation's state breaks; none for a sound one. */
export const broken = (state: ReservationState): ReadonlyArray<string> => {
  const { boughtBy, checkout, isFreeing, isReturned, payments, phase, soldAt, voided } = state;
  const found: Array<string> = [];
  const check = (holds: boolean, sentence: string) => void (holds || found.push(sentence));
  check(checkout !== null || payments.length === 0, "what is paid for came to the checkout");
  check(checkout !== null || phase === "checkout", "nothing ends before it has begun");
  check(
    checkout === null || isAscending(checkout.numbers),
    "its numbers are ascending, each of them once",
  );
  const isBought = boughtBy !== null;
  check(isBought === (phase === "sold" || phase === "refunded"), "it is sold once it is bought");
  check((soldAt !== null) === isBought, "the time of the sale is known once it is sold");
  check((phase === "refunded") === (isBought && isReturned), "a sale taken back is refunded");
  check(!isFreeing || phase === "cancelled", "only a cancelled one frees its numbers");
  const ids = payments.map(({ paymentId }) => paymentId);
  check(new Set(ids).size === ids.length, "each payment is there once");
  check(boughtBy === null || ids.includes(boughtBy), "one of its payments has bought it");
  check(
    !payments.some(({ paymentId }) => HashSet.has(voided, branded<HoldId>(paymentId))),
    "nothing stands under a voided id",
  );
  check(
    payments.filter(isOpen).length <= (phase === "checkout" ? 1 : 0),
    "one payment is open at most, and none of a reservation that is over",
  );
  for (const payment of payments) checkPayment(state, payment, check);
  return found;
};

const checkPayment = (
  state: ReservationState,
  payment: Payment,
  check: (holds: boolean, sentence: string) => void,
): void => {
  const { boughtBy, phase } = state;
  const { answer, calledOff, isDiverted, isDue, lookAt, paymentId, ref, refusal, status } = payment;
  const about = (sentence: string) => `payment ${paymentId}: ${sentence}`;
  const isBought = boughtBy === paymentId;
  check(
    !isBuying(state, payment) || phase === "checkout" || phase === "expired",
    about("money that was taken buys the numbers or goes back"),
  );
  check(
    !isBought || status === (phase === "sold" ? "succeeded" : status),
    about("what has bought the numbers goes back only when the sale does"),
  );
  check(
    !isBought || ["succeeded", "refunding", "refunded", "refund_refused"].includes(status),
    about("what has bought the numbers was taken"),
  );
  check(
    !(UNDER_WAY.has(status) || isBuying(state, payment)) || isDue || lookAt !== null,
    about("what is under way is driven or looked at"),
  );
  check(
    !isDue || UNDER_WAY.has(status) || isBuying(state, payment) || status === "failed",
    about("nothing is done about what has ended"),
  );
  check(!isDue || lookAt === null, about("what is due waits for nothing"));
  check(
    (refusal !== undefined) === (status === "refund_refused"),
    about("a refusal waits for the house until that has decided"),
  );
  check(
    isDiverted !== true || ["refunding", "refunded", "refund_refused"].includes(status),
    about("only what goes back goes to the wallet instead"),
  );
  check(status !== "cancelling" || calledOff, about("only what is called off is cancelled"));
  check(
    ref !== null ||
      !["pending", "authorized", "succeeded", "refunding", "refund_refused"].includes(status),
    about("what the provider has made has its name"),
  );
  check(
    answer !== null || status === "creating" || status === "authorized" || isBuying(state, payment),
    about("its payer is told as soon as it is known"),
  );
};

const isAscending = (numbers: ReadonlyArray<number>) =>
  numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? number));
