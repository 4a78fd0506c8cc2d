/** The invariants themselves: they hold of every sound reservation, and each is broken by what it forbids. */
import { HashSet } from "effect";
import { describe, expect, it } from "vitest";
import { broken } from "../../../entities/reservation/invariants.ts";
import type { Payment, ReservationState } from "../../../entities/reservation/state.ts";
import { HoldId } from "../../../rpc/id.ts";
import {
  AT,
  Began,
  begun,
  byCard,
  byWallet,
  Cancelled,
  checkout,
  Expired,
  given,
  p1,
  p2,
  paid,
  pending,
  sold,
} from "./history.ts";

const Refused = { _tag: "RefundRefused", paymentId: "p1", why: "no" };
const Diverted = { _tag: "RefundDiverted", paymentId: "p1", reason: "asked for" };
const Returned = { _tag: "SaleReturned", reason: "cancelled" };
const calledOff = [...pending, Expired, p1.CalledOff];
const refunding = [...paid, Expired, p1.Refunding];
const refused = [...refunding, Refused];
const diverted = [...refused, Diverted];
const returning = [...sold, Returned, p1.Refunding];
/** The first payment was given up for a second, and both were paid. */
const twice = [...pending, p1.CalledOff, begun("p2", "sandbox_card"), p2.Succeeded, p1.Succeeded];

type Change = Partial<Record<keyof ReservationState, unknown>>;
type PaymentChange = Partial<Record<keyof Payment, unknown>>;

/** Where the history leads, but for these fields of its state and of its first payment. */
const changed = (history: ReadonlyArray<object>, change: Change, ofPayment: PaymentChange = {}) => {
  const { state } = given(...history);
  const [first, ...others] = state.payments;
  const payments = first === undefined ? [] : [{ ...first, ...ofPayment }, ...others];
  return { ...state, payments, ...change } as ReservationState;
};

describe("the invariants of a reservation", () => {
  it.each([
    ["new", []],
    ["at the checkout", [Began]],
    ["creating", byCard],
    ["pending", pending],
    ["due", [...pending, p1.Due]],
    ["authorized", [...byWallet, p1.Authorized]],
    ["paid", paid],
    ["paid before it was placed", [...byCard, p1.Succeeded]],
    ["paid late", [...calledOff, p1.Cancelled, p1.Succeeded]],
    ["sold", sold],
    ["sold to one of two", [...twice, p1.Sold, p2.Refunding]],
    ["failed", [...pending, p1.Failed]],
    ["failed and to be called off", [...pending, p1.Failed, Expired, p1.CalledOff]],
    ["cancelled", [Began, Cancelled]],
    ["called off", calledOff],
    ["being given back", refunding],
    ["refused to be given back", refused],
    ["to be given back into the wallet", diverted],
    ["refused again by the wallet", [...diverted, Refused]],
    ["given back into the wallet", [...diverted, p1.Refunded]],
    ["returned before the sale was known", [...paid, Returned]],
    ["returned", returning],
    ["returned, refused to be given back", [...returning, Refused]],
    ["returned, given back", [...returning, p1.Refunded]],
  ])("hold of one that is %s", (_, history) => {
    expect(broken(given(...history).state)).toEqual([]);
  });

  it.each<[string, ReadonlyArray<object>, Change]>([
    ["what is paid for came to the checkout", pending, { checkout: null }],
    ["nothing ends before it has begun", [], { phase: "expired" }],
    ...[
      [7, 3],
      [3, 3],
      [3, 7, 5],
    ].map((numbers): [string, ReadonlyArray<object>, Change] => [
      "its numbers are ascending, each of them once",
      [Began],
      { checkout: { ...checkout, numbers } },
    ]),
    ["it is sold once it is bought", pending, { phase: "sold" }],
    ["it is sold once it is bought", pending, { phase: "refunded" }],
    ["it is sold once it is bought", sold, { phase: "checkout" }],
    ["the time of the sale is known once it is sold", sold, { soldAt: null }],
    ["the time of the sale is known once it is sold", pending, { soldAt: AT }],
    ["a sale taken back is refunded", sold, { isReturned: true }],
    ["a sale taken back is refunded", returning, { isReturned: false }],
    ["only a cancelled one frees its numbers", pending, { isFreeing: true }],
    [
      "each payment is there once",
      pending,
      { payments: [...given(...pending).state.payments, ...given(...pending).state.payments] },
    ],
    ["one of its payments has bought it", sold, { boughtBy: "p9" }],
    ["nothing stands under a voided id", pending, { voided: HashSet.make(HoldId.make("p1")) }],
    [
      "one payment is open at most, and none of a reservation that is over",
      [...pending, begun("p2", "wallet")],
      {},
    ],
    [
      "one payment is open at most, and none of a reservation that is over",
      pending,
      { phase: "expired" },
    ],
  ])("say that %s", (sentence, history, change) => {
    expect(broken(changed(history, change))).toContain(sentence);
  });

  const stray: PaymentChange = { isDue: false, lookAt: null };
  it.each<[string, ReadonlyArray<object>, PaymentChange, Change?]>([
    ["money that was taken buys the numbers or goes back", paid, {}, { phase: "cancelled" }],
    [
      "what has bought the numbers goes back only when the sale does",
      sold,
      { status: "refunding", isDue: true },
    ],
    ["what has bought the numbers was taken", returning, { status: "cancelled" }],
    ...[byCard, pending, [...byWallet, p1.Authorized], calledOff, refunding, paid].map(
      (history): [string, ReadonlyArray<object>, PaymentChange] => [
        "what is under way is driven or looked at",
        history,
        stray,
      ],
    ),
    ["nothing is done about what has ended", [...calledOff, p1.Cancelled], { isDue: true }],
    ["what is due waits for nothing", pending, { isDue: true }],
    ["a refusal waits for the house until that has decided", refused, { refusal: undefined }],
    ["a refusal waits for the house until that has decided", pending, { refusal: "no" }],
    ["only what goes back goes to the wallet instead", pending, { isDiverted: true }],
    ["only what is called off is cancelled", calledOff, { calledOff: false }],
    ...[pending, [...byWallet, p1.Authorized], paid, refunding, refused].map(
      (history): [string, ReadonlyArray<object>, PaymentChange] => [
        "what the provider has made has its name",
        history,
        { ref: null },
      ],
    ),
    ["its payer is told as soon as it is known", pending, { answer: null }],
  ])("say that, of a payment, %s (%#)", (sentence, history, ofPayment, change = {}) => {
    expect(broken(changed(history, change, ofPayment))).toContain(`payment p1: ${sentence}`);
  });
});
