import { describe, expect, it } from "vitest";
import {
  MAX_PAYMENTS,
  MAX_REFUND_REFUSALS,
  wakesAt,
} from "../../../entities/reservation/decider.ts";
import { broken } from "../../../entities/reservation/invariants.ts";
import { accountBounds } from "../../../entities/reservation/state.ts";
import { PaymentId } from "../../../rpc/id.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import {
  about,
  AT,
  Began,
  begun,
  byCard,
  byWallet,
  Cancelled,
  checkout,
  declined,
  Expired,
  EXPIRES,
  given,
  nextStep,
  p1,
  p2,
  paid,
  pending,
  sold,
  superseded,
} from "./history.ts";

const pay = { playerId: "ada", paymentId: "p1", provider: "sandbox_card", returnUrl: "/back" };
const hear = (status: string, fields: object = {}) => ({
  paymentId: "p1",
  provider: "sandbox_card",
  ref: "ref1",
  status,
  failure: null,
  ...fields,
});
const ID = PaymentId.make("p1");
const learn = (status: "pending" | "authorized" | "succeeded" | "failed" | "cancelled") =>
  ({
    _tag: "Learn",
    paymentId: ID,
    news: { ref: "ref1", status, nextStep: status === "pending" ? nextStep : null, failure: null },
  }) as const;
const sale = (refusal: "sold" | "not_open" | "gone" | null) =>
  ({ _tag: "FinishSale", paymentId: ID, refusal }) as const;
const refund = (outcome: "refunded" | "pending" | "unclaimed" | "refused" | "failed") =>
  ({ _tag: "FinishRefund", paymentId: ID, outcome, why: "no" }) as const;

const statusOf = (history: ReadonlyArray<object>) =>
  given(...history).state.payments.map(({ status }) => status);
const ledgerOf = (history: ReadonlyArray<object>) => {
  const ledger = new PaperLedger();
  for (const { rows } of given(...history).run.steps) ledger.post(rows);
  return Object.fromEntries(ledger.open);
};

describe("Pay", () => {
  it("begins the reservation with its first payment", () => {
    given()
      .when("Pay", { ...pay, checkout })
      .then([Began, begun("p1", "sandbox_card")])
      .replying({ paymentId: "p1" });
    expect(given(...byCard).state.payments[0]).toMatchObject({ status: "creating", isDue: true });
  });

  it("without anything to pay for is before the checkout", () => {
    given().when("Pay", pay).refused("NotInCheckout");
  });

  // Defect of the original: cancel, add and checkout did not look at whose reservation it was.
  it("is for its owner alone", () => {
    given()
      .when("Pay", { ...pay, playerId: "bob", checkout })
      .refused("NotYours");
    given(...pending)
      .when("Pay", { ...pay, playerId: "bob", paymentId: "p2" })
      .refused("NotYours");
    given(...pending)
      .when("Cancel", { playerId: "bob" })
      .refused("NotYours");
    given().when("Cancel", { playerId: "bob", checkout }).refused("NotYours");
  });

  it("by the same provider answers the payment that is open", () => {
    given(...pending)
      .when("Pay", { ...pay, paymentId: "p2" })
      .then([])
      .replying({ paymentId: "p1" });
  });

  it("by another calls the open one off", () => {
    given(...pending)
      .when("Pay", { ...pay, paymentId: "p2", provider: "wallet" })
      .then([{ ...p1.CalledOff, why: superseded }, begun("p2", "wallet")]);
  });

  it("answers the one that has succeeded and is about to buy: nobody pays twice", () => {
    given(...paid)
      .when("Pay", { ...pay, paymentId: "p2", provider: "wallet" })
      .then([])
      .replying({ paymentId: "p1" });
  });

  it("named as one before answers that one, whatever has become of it", () => {
    given(...pending, p1.Failed)
      .when("Pay", pay)
      .then([])
      .replying({ paymentId: "p1" });
  });

  it("comes after a declined one, which may then not be tried again at the provider", () => {
    given(...pending, p1.Failed)
      .when("Pay", { ...pay, paymentId: "p2" })
      .then([{ ...p1.CalledOff, why: superseded }, begun("p2", "sandbox_card")]);
  });

  it("is in time by the clock, whenever the alarm rings", () => {
    given(...byCard, p1.Failed)
      .when("Pay", { ...pay, paymentId: "p2" }, EXPIRES - 1)
      .replying({ paymentId: "p2" });
    given(...byCard, p1.Failed)
      .when("Pay", { ...pay, paymentId: "p2" }, EXPIRES)
      .refused("ReservationClosed", { phase: "expired" });
    given()
      .when("Pay", { ...pay, checkout }, EXPIRES)
      .refused("ReservationClosed", { phase: "expired" });
    given(...sold)
      .when("Pay", { ...pay, paymentId: "p2" }, EXPIRES)
      .refused("ReservationClosed", { phase: "sold" });
  });

  it.each([
    ["sold", sold],
    ["cancelled", [Began, Cancelled]],
    ["expired", [Began, Expired]],
    ["refunded", [...sold, { _tag: "SaleReturned", reason: "x" }, p1.Refunding]],
  ])("of one that is %s is refused", (phase, history) => {
    given(...history)
      .when("Pay", { ...pay, paymentId: "p2" })
      .refused("ReservationClosed", { phase });
  });

  it("is not tried for ever", () => {
    const tries = Array.from({ length: MAX_PAYMENTS }, (_, i) => [
      begun(`t${i}`, "sandbox_card"),
      { ...about(`t${i}`).Failed, ref: null },
    ]).flat();
    given(Began, ...tries)
      .when("Pay", pay)
      .refused("PaymentDeclined", { reason: "too_many_payments" });
  });

  it("does not stand on a hold that its wallet has given up", () => {
    given(Began, { _tag: "HoldVoided", holdId: "p1" })
      .when("Pay", { ...pay, provider: "wallet" })
      .refused("PaymentDeclined", { reason: "hold_lapsed" });
  });
});

describe("what a provider says", () => {
  it("moves a payment only forward", () => {
    const rises: ReadonlyArray<readonly [string, ReadonlyArray<object>, ReadonlyArray<object>]> = [
      ["pending", byCard, [p1.Placed]],
      ["authorized", byWallet, [p1.Authorized]],
      ["succeeded", pending, [p1.Succeeded]],
      ["cancelled", pending, [p1.Cancelled]],
      ["succeeded", [...pending, p1.Failed], [p1.Succeeded]],
      ["succeeded", [...pending, p1.Cancelled], [p1.Succeeded]],
      ["failed", paid, []],
      ["cancelled", paid, []],
      ["pending", paid, []],
      ["succeeded", paid, []],
      ["pending", [...pending, p1.Failed], []],
      ["cancelled", [...pending, p1.Failed], []],
      ["authorized", pending, [p1.Authorized]],
      ["authorized", [...byWallet, Expired, p1.CalledOff], [p1.Authorized]],
      ["authorized", [...byCard, { ...p1.Failed, ref: null }], []],
      ["pending", pending, []],
      ["cancelled", [...pending, p1.Failed, p1.CalledOff], [p1.Cancelled]],
      ["succeeded", [...paid, Expired, p1.Refunding], []],
      ["succeeded", [...paid, Expired, p1.Refunding, p1.Refunded], []],
    ];
    for (const [status, history, events] of rises)
      given(...history)
        .itself(learn(status as "pending"))
        .then(events);
  });

  // Defect of the original: the same event again was carried out again.
  it("is news once, whatever its event's id", () => {
    given(...pending)
      .when("Hear", hear("succeeded"))
      .then([p1.Succeeded])
      .replying({ isNews: true });
    given(...paid)
      .when("Hear", hear("succeeded"))
      .then([])
      .replying({ isNews: false });
    given(...sold)
      .when("Hear", hear("succeeded"))
      .then([])
      .replying({ isNews: false });
  });

  it("of failures leaves what is being called off to the provider's own answer", () => {
    given(...pending, Expired, p1.CalledOff)
      .when("Hear", hear("failed", { failure: declined }))
      .then([]);
    given(...pending)
      .when("Hear", hear("failed", { failure: declined }))
      .then([p1.Failed]);
  });

  it("of a failure without a reason is the reason that is known, or that it gave none", () => {
    const none = { code: "declined", detail: "The provider has declined the payment." };
    given(...pending)
      .itself(learn("failed"))
      .then([{ ...p1.Failed, failure: none }]);
    given(...pending, p1.Failed, p1.CalledOff)
      .itself(learn("failed"))
      .then([p1.Failed]);
  });

  it("of work in progress is no news, also about one that it is about to be asked for", () => {
    for (const history of [byCard, pending, [...pending, p1.Due]])
      given(...history)
        .when("Hear", hear("processing"))
        .then([])
        .replying({ isNews: false });
  });

  it("about what is called off under its name is looked at again, about what has none is news", () => {
    given(...pending, Expired, p1.CalledOff)
      .itself(learn("pending"))
      .then([{ _tag: "PaymentLooked", paymentId: "p1", lookAt: AT + 10_000 }]);
  });

  it("of money set aside is news once", () => {
    given(...byWallet, p1.Authorized)
      .itself(learn("authorized"))
      .then([{ _tag: "PaymentLooked", paymentId: "p1", lookAt: AT + 10_000 }]);
  });

  it("about a payment that there is not changes nothing", () => {
    given(...pending)
      .itself({ ...learn("succeeded"), paymentId: PaymentId.make("p9") })
      .then([]);
  });

  it("of a refund that is not ours ends it, for what is back was never here", () => {
    given(...pending)
      .when("Hear", hear("refunded"))
      .then([p1.Reversed]);
    given(...pending, p1.Reversed)
      .when("Hear", hear("succeeded"))
      .then([]);
    given(...sold)
      .when("Hear", hear("refunded"))
      .then([]);
    given(...pending, p1.Reversed)
      .when("Hear", hear("refunded"))
      .then([]);
    given(...paid, Expired, p1.Refunding)
      .when("Hear", hear("refunded"))
      .then([p1.Refunded]);
  });

  it("about a payment that never began is not found", () => {
    given().when("Hear", hear("succeeded")).refused("ReservationNotFound");
    given(...pending)
      .when("Hear", hear("succeeded", { paymentId: "p9" }))
      .refused("ReservationNotFound");
    given(...pending)
      .when("Hear", hear("succeeded", { provider: "stripe" }))
      .refused("ReservationNotFound");
  });

  it("before it has answered the creation counts as well", () => {
    given(...byCard)
      .when("Hear", hear("succeeded"))
      .then([p1.Succeeded]);
    given(...byCard, p1.Succeeded)
      .itself(learn("pending"))
      .then([]);
  });
});

describe("a payment that is pending", () => {
  it("is looked at after 5 s, 10 s, 20 s and then every minute", () => {
    const looking = given(...pending);
    const waits: Array<number> = [];
    for (let i = 0; i < 6; i++) {
      const at = looking.run.state.payments[0]?.lookAt ?? 0;
      looking.itself({ _tag: "Wake" }, at - 1).then([]);
      looking.itself({ _tag: "Wake" }, at).then([p1.Due]);
      looking.itself(learn("pending"), at);
      waits.push((looking.run.state.payments[0]?.lookAt ?? 0) - at);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  });

  it("wakes at the next look or the deadline, whichever is first", () => {
    expect(wakesAt(given(...pending).state)).toBe(AT + 5_000);
    expect(wakesAt(given(...byCard).state)).toBe(EXPIRES);
    expect(wakesAt(given(...sold).state)).toBeUndefined();
    expect(wakesAt(given().state)).toBeUndefined();
    const placed = (lookAt: number) => [...byCard, { ...p1.Placed, lookAt }];
    expect(wakesAt(given(...placed(EXPIRES + 1)).state)).toBe(EXPIRES);
    const two = [...placed(EXPIRES + 9), Expired, begun("p2", "sandbox_card")];
    expect(wakesAt(given(...two).state)).toBe(EXPIRES + 9);
    for (const lookAt of [EXPIRES + 8, EXPIRES + 10])
      expect(wakesAt(given(...two, { ...p2.Placed, lookAt }).state)).toBe(
        Math.min(lookAt, EXPIRES + 9),
      );
  });

  it("is looked at again later when its provider said nothing, if it was due", () => {
    const again = { _tag: "LookAgain", paymentId: ID } as const;
    given(...byCard)
      .itself(again)
      .then([{ _tag: "PaymentLooked", paymentId: "p1", lookAt: AT + 10_000 }]);
    given(...pending)
      .itself(again)
      .then([]);
  });
});

describe("the deadline", () => {
  it("ends the reservation and calls off its payment, once", () => {
    const late = given(...pending);
    late.itself({ _tag: "Wake" }, EXPIRES).then([Expired, p1.CalledOff]);
    late.itself({ _tag: "Wake" }, EXPIRES).then([]);
    expect(late.run.state).toMatchObject({ phase: "expired" });
    expect(late.run.state.payments[0]).toMatchObject({ status: "cancelling", isDue: true });
  });

  // Defect of the original: a success after the expiry left the money taken and the numbers free.
  it("is not the end of the money: a success after it buys the numbers if they are free", () => {
    const late = given(...pending, Expired, p1.CalledOff, p1.Cancelled);
    late.when("Hear", hear("succeeded")).then([p1.Succeeded]);
    late.itself(sale(null)).then([p1.Sold]);
    expect(late.run.state).toMatchObject({ phase: "sold", boughtBy: "p1" });
  });

  it("is not the end of the money: if they are another's, it goes back", () => {
    const late = given(...pending, Expired, p1.CalledOff, p1.Cancelled, p1.Succeeded);
    late.itself(sale("gone")).then([p1.Refunding]);
    late
      .itself(refund("pending"))
      .then([{ _tag: "PaymentLooked", paymentId: "p1", lookAt: AT + 10_000 }]);
    late.itself({ _tag: "Wake" }, AT + 10_000).then([p1.Due]);
    late.itself(refund("refunded")).then([p1.Refunded]);
    late.itself(refund("refunded")).then([]);
    expect(late.run.state).toMatchObject({ phase: "expired", boughtBy: null });
  });

  it("is not the end of the money: banks take days, and are asked every hour at last", () => {
    const looks = (times: number) =>
      Array.from({ length: times }, () => [
        { _tag: "PaymentLooked", paymentId: "p1", lookAt: AT },
        p1.Due,
      ]).flat();
    for (const [times, pauseMs] of [
      [8, 2_560_000],
      [9, 3_600_000],
      [12, 3_600_000],
    ] as const)
      given(...paid, Expired, p1.Refunding, ...looks(times))
        .itself(refund("pending"))
        .then([{ _tag: "PaymentLooked", paymentId: "p1", lookAt: AT + pauseMs }]);
  });

  it("calls off a payment whose creation is not known to have happened under the name it gets", () => {
    const late = given(...byCard, Expired, p1.CalledOff);
    late.itself(learn("pending")).then([p1.Placed]);
    expect(late.run.state.payments[0]).toMatchObject({
      status: "cancelling",
      ref: "ref1",
      isDue: true,
    });
    late.itself(learn("cancelled")).then([p1.Cancelled]);
  });

  it("calls off at an outside provider what was declined there: the page may still be open", () => {
    const late = given(...pending, p1.Failed);
    late.itself({ _tag: "Wake" }, EXPIRES).then([Expired, p1.CalledOff]);
    expect(late.run.state.payments[0]).toMatchObject({ status: "failed", isDue: true });
    late.itself(learn("succeeded")).then([p1.Succeeded]);
  });

  it.each([
    ["it was called off before", [...pending, p1.Failed, { ...p1.CalledOff, why: superseded }]],
    ["the provider never made it", [...byCard, { ...p1.Failed, ref: null }]],
    ["it is a wallet's", [...byWallet, p1.Failed]],
  ])("leaves what was declined alone when %s", (_, history) => {
    given(...history)
      .itself({ _tag: "Wake" }, EXPIRES)
      .then([Expired]);
  });

  it("looks at the same time at what is still being called off, and not at what it calls off now", () => {
    const looked = (paymentId: string) => ({ _tag: "PaymentLooked", paymentId, lookAt: EXPIRES });
    given(
      ...pending,
      { ...p1.CalledOff, why: superseded },
      looked("p1"),
      begun("p2", "sandbox_card"),
      { ...p2.Placed, lookAt: EXPIRES },
    )
      .itself({ _tag: "Wake" }, EXPIRES)
      .then([Expired, p2.CalledOff, p1.Due]);
  });

  it("is none where there is nothing to pay for, or where it is paid", () => {
    for (const history of [[], sold])
      given(...history)
        .itself({ _tag: "Wake" }, EXPIRES)
        .then([]);
  });
});

describe("a sale", () => {
  it("ends it: what else is open is called off, what else was taken goes back", () => {
    given(
      ...pending,
      { ...p1.CalledOff, why: superseded },
      begun("p2", "sandbox_card"),
      {
        ...p2.Placed,
      },
      p1.Succeeded,
    )
      .itself(sale(null))
      .then([p1.Sold, p2.CalledOff]);
    given(
      ...pending,
      { ...p1.CalledOff, why: superseded },
      begun("p2", "wallet"),
      {
        ...p2.Succeeded,
      },
      p1.Succeeded,
    )
      .itself(sale(null))
      .then([p1.Sold, p2.Refunding]);
  });

  it("that is refused ends it too", () => {
    given(...paid)
      .itself(sale("not_open"))
      .then([Cancelled, p1.Refunding]);
    given(...paid)
      .itself(sale("gone"))
      .then([Expired, p1.Refunding]);
    given(...paid)
      .itself(sale("sold"))
      .then([p1.Refunding]);
    const another = [{ ...p1.CalledOff, why: superseded }, begun("p2", "sandbox_card")];
    given(...pending, ...another, p1.Succeeded)
      .itself(sale("gone"))
      .then([Expired, p2.CalledOff, p1.Refunding]);
  });

  it("is told once", () => {
    given(...sold)
      .itself(sale(null))
      .then([]);
    given(...sold)
      .itself(sale("gone"))
      .then([]);
  });

  it("that the raffle takes back is refunded, also when the sale is not known yet", () => {
    const returned = { _tag: "SaleReturned", reason: "cancelled" };
    const known = given(...sold);
    known.when("Refund", { reason: "cancelled" }).then([returned, p1.Refunding]);
    known.when("Refund", { reason: "cancelled" }).then([]).replying({ phase: "refunded" });
    const unknown = given(...paid);
    unknown
      .when("Refund", { reason: "cancelled" })
      .then([returned])
      .replying({ phase: "checkout" });
    unknown.itself(sale(null)).then([p1.Sold, p1.Refunding]);
    expect(unknown.run.state.phase).toBe("refunded");
    given().when("Refund", { reason: "x" }).refused("ReservationNotFound");
  });
});

describe("Cancel", () => {
  const cancel = { playerId: "ada" };

  it("before any payment leaves a stone: what is paid later goes back", () => {
    given()
      .when("Cancel", { ...cancel, checkout })
      .then([Began, Cancelled])
      .replying({ phase: "cancelled", payments: [] });
    given(Began, Cancelled).when("Pay", pay).refused("ReservationClosed", { phase: "cancelled" });
    given().when("Cancel", cancel).refused("ReservationNotFound");
  });

  it("calls off what is open, and refunds what succeeds all the same", () => {
    const done = given(...pending);
    done
      .when("Cancel", cancel)
      .then([Cancelled, p1.CalledOff])
      .replying({ phase: "cancelled", payments: [{ status: "cancelling" }] });
    done.when("Hear", hear("succeeded")).then([p1.Succeeded, p1.Refunding]);
  });

  it("has the numbers freed, once", () => {
    const done = given(Began, Cancelled);
    expect(done.state.isFreeing).toBe(true);
    done.itself({ _tag: "FinishFreeing" }).then([{ _tag: "NumbersFreed" }]);
    done.itself({ _tag: "FinishFreeing" }).then([]);
  });

  it("comes too late once the money is there", () => {
    given(...paid)
      .when("Cancel", cancel)
      .refused("ReservationClosed", { phase: "sold" });
    given(...sold)
      .when("Cancel", cancel)
      .refused("ReservationClosed", { phase: "sold" });
    given(Began).when("Cancel", cancel, EXPIRES).refused("ReservationClosed", { phase: "expired" });
    given()
      .when("Cancel", { ...cancel, checkout }, EXPIRES)
      .refused("ReservationClosed", { phase: "expired" });
  });
});

describe("a provider that refuses a step for ever", () => {
  const giveUp = { _tag: "GiveUp", paymentId: ID } as const;
  const refused = { code: "provider_refused", detail: "The provider has refused the payment." };

  it("has made nothing, or is asked how it stands", () => {
    given(...byCard)
      .itself(giveUp)
      .then([{ _tag: "PaymentFailed", paymentId: "p1", ref: null, failure: refused }]);
    given(...byWallet, p1.Authorized)
      .itself(giveUp)
      .then([{ ...p1.CalledOff, why: refused }]);
    given(...byCard, Expired, p1.CalledOff)
      .itself(giveUp)
      .then([p1.Cancelled]);
    for (const history of [
      paid,
      [...pending, Expired, p1.CalledOff],
      [...byCard, { ...p1.Failed, ref: null }],
    ])
      given(...history)
        .itself(giveUp)
        .then([]);
  });
});

describe("a payment", () => {
  const first = (history: ReadonlyArray<object>) => given(...history).state.payments[0];

  it.each([
    ["authorized", [...byWallet, p1.Authorized], { isDue: true }],
    ["succeeded", [...byCard, p1.Succeeded], { isDue: true }],
    ["succeeded", [...byCard, p1.Failed, p1.Succeeded], { failure: null }],
    ["failed", [...byCard, p1.Failed], { failure: declined, isDue: false }],
    ["cancelling", [...byCard, Expired, p1.CalledOff, p1.Placed], { isDue: true, calledOff: true }],
    ["cancelling", [...byWallet, Expired, p1.CalledOff, p1.Authorized], { provider: "wallet" }],
  ])("that is %s has the name that its provider has told (%#)", (status, history, fields) => {
    expect(first(history)).toMatchObject({ status, ref: "ref1", ...fields });
  });

  it("is due or waits, never both", () => {
    expect(first([...pending, p1.Due])).toMatchObject({ isDue: true, lookAt: null });
    const looked = { _tag: "PaymentLooked", paymentId: "p1", lookAt: AT + 10_000 };
    const waiting = first([...pending, p1.Due, looked]);
    expect(waiting).toMatchObject({ isDue: false, lookAt: AT + 10_000, looks: 1 });
  });

  it("that never began has no history", () => {
    expect(() => given(Began, p1.Placed)).toThrow("no payment p1");
  });

  it("shows a next step only while it is to be taken", () => {
    const shown = (history: ReadonlyArray<object>) =>
      given(...history).run.query("GetReservation", AT);
    expect(shown(pending)).toMatchObject({ payments: [{ nextStep }] });
    expect(shown(sold)).toMatchObject({ phase: "sold", payments: [{ nextStep: null }] });
    expect(shown([])).toMatchObject({ _tag: "ReservationNotFound" });
  });
});

describe("what the payer is told", () => {
  const answerOf = (history: ReadonlyArray<object>) => given(...history).state.payments[0]?.answer;
  const placed = { _tag: "placed", nextStep };

  it("is set by the first outcome and stays, whatever comes of the payment", () => {
    expect(answerOf(byCard)).toBeNull();
    expect(answerOf(pending)).toEqual(placed);
    expect(answerOf(sold)).toEqual(placed);
    expect(answerOf([...pending, Expired, p1.CalledOff, p1.Cancelled])).toEqual(placed);
    const bought = [...byWallet, p1.Authorized, p1.Succeeded, p1.Sold];
    expect(answerOf(bought)).toEqual({ _tag: "sold" });
    const returned = [...bought, { _tag: "SaleReturned", reason: "x" }, p1.Refunding, p1.Refunded];
    expect(answerOf(returned)).toEqual({ _tag: "sold" });
    const failed = [...byCard, p1.Failed];
    expect(answerOf(failed)).toEqual({ _tag: "declined", failure: declined });
    expect(answerOf([...failed, p1.Succeeded, p1.Sold])).toEqual(answerOf(failed));
  });

  it.each([
    ["that the time is up", [...byCard, Expired, p1.CalledOff], "expired"],
    ["that it was cancelled", [...byCard, Cancelled, p1.CalledOff], "cancelled"],
    ["that the raffle has sold otherwise", [...byCard, p1.Succeeded, p1.Refunding], "expired"],
    ["that the sale is over", [...byCard, p1.Succeeded, Cancelled, p1.Refunding], "cancelled"],
  ])("is %s", (_, history, phase) => {
    expect(answerOf(history)).toEqual({ _tag: "over", phase });
  });

  it("is why it was called off, if the payer or the provider did that", () => {
    const told = (failure: object) => ({ _tag: "declined", failure });
    const gone = { code: "cancelled", detail: "The payment was called off at the provider." };
    expect(answerOf([...byCard, { ...p1.CalledOff, why: superseded }])).toEqual(told(superseded));
    expect(answerOf([...byCard, p1.Cancelled])).toEqual(told(gone));
    expect(answerOf([...byCard, p1.Reversed])).toEqual(told(gone));
  });

  it("is read with the payment", () => {
    expect(given(...pending).run.query("GetPayment", AT, { paymentId: "p1" })).toMatchObject({
      answer: placed,
      payment: { status: "pending", nextStep },
      reservation: { phase: "checkout", amountMinor: 1_001 },
    });
    expect(given(...pending).run.query("GetPayment", AT, { paymentId: "p2" })).toMatchObject({
      _tag: "ReservationNotFound",
    });
  });
});

describe("ReconcileHold", () => {
  const reconcile = { holdId: "p1", ref: "spring" };

  it.each([
    ["creating", byWallet, true],
    ["authorized", [...byWallet, p1.Authorized], true],
    ["cancelling", [...byWallet, Expired, p1.CalledOff], true],
    ["cancelled", [...byWallet, Expired, p1.CalledOff, p1.Cancelled], false],
    ["failed", [...byWallet, p1.Failed], false],
  ])("of a payment that is %s", (status, history, stands) => {
    expect(statusOf(history)).toEqual([status]);
    given(...history)
      .when("ReconcileHold", reconcile)
      .then([])
      .replying({ stands });
  });

  it("of one that never began refuses its id from now on", () => {
    const voided = { _tag: "HoldVoided", holdId: "p1" };
    given().when("ReconcileHold", reconcile).then([voided]).replying({ stands: false });
    given(voided).when("ReconcileHold", reconcile).then([]).replying({ stands: false });
  });
});

describe("the money", () => {
  const account = "reservation:spring.r1";
  const clearing = "provider:sandbox_card:clearing";

  // Defect of the original: amounts were floats times a hundred.
  it("is whole minor units, as the raffle has it", () => {
    expect(ledgerOf(paid)).toEqual({ [account]: 1_001, [clearing]: -1_001 });
    given()
      .when("Pay", { ...pay, checkout: { ...checkout, amountMinor: Number.MAX_SAFE_INTEGER } })
      .replying({ paymentId: "p1" });
    expect(() =>
      given().when("Pay", { ...pay, checkout: { ...checkout, amountMinor: 10.01 } }),
    ).toThrow();
  });

  it("of an outside provider comes with the success and goes with the confirmed refund", () => {
    expect(ledgerOf(pending)).toEqual({});
    expect(ledgerOf([...paid, Expired, p1.Refunding])).toEqual({
      [account]: 1_001,
      [clearing]: -1_001,
    });
    expect(ledgerOf([...paid, Expired, p1.Refunding, p1.Refunded])).toEqual({});
    expect(ledgerOf([...pending, p1.Reversed])).toEqual({});
  });

  it("of a wallet is the wallet's to move, and the house's when it cannot take it back", () => {
    const taken = [...byWallet, p1.Authorized, p1.Succeeded, Expired, p1.Refunding];
    expect(ledgerOf([...taken, p1.Refunded])).toEqual({});
    const full = given(...taken);
    full
      .itself(refund("unclaimed"))
      .then([{ _tag: "RefundUnclaimed", paymentId: "p1", amountMinor: 1_001 }]);
    const ledger = new PaperLedger();
    for (const { rows } of full.run.steps) ledger.post(rows);
    expect(Object.fromEntries(ledger.open)).toEqual({
      [account]: -1_001,
      "house:unclaimed": 1_001,
    });
  });

  const refusing = { _tag: "RefundRefused", paymentId: "p1", why: "no" };
  const calledOff = [...byWallet, p1.Authorized, Expired, p1.CalledOff];
  const walletPaid = [...byWallet, p1.Authorized, p1.Succeeded];
  it.each([
    ["before it begins", [], 0, 0],
    ["creating", byCard, 0, 0],
    ["pending", pending, 0, 0],
    ["authorized", [...byCard, p1.Authorized], 0, 0],
    ["being called off", [...pending, Expired, p1.CalledOff], 0, 0],
    ["paid", paid, 0, 1_001],
    ["to be given back", [...paid, Expired, p1.Refunding], 1_001, 1_001],
    ["refused to be", [...paid, Expired, p1.Refunding, refusing], 1_001, 1_001],
    ["given back", [...paid, Expired, p1.Refunding, p1.Refunded], 0, 0],
    ["a wallet's, creating", byWallet, 0, 0],
    ["a wallet's, authorized", [...byWallet, p1.Authorized], 0, 1_001],
    ["a wallet's, being called off", calledOff, 0, 1_001],
    ["a wallet's, called off", [...calledOff, p1.Cancelled], 0, 0],
    ["a wallet's, paid", walletPaid, 0, 1_001],
    ["a wallet's, to be given back", [...walletPaid, Expired, p1.Refunding], 0, 1_001],
  ])("on the reservation's account, %s, has its bounds", (_, history, leastMinor, mostMinor) => {
    expect(accountBounds(given(...history).state)).toEqual({ leastMinor, mostMinor });
  });
});

describe("a refund that is refused", () => {
  const refunding = [...paid, Expired, p1.Refunding];
  const Refused = { _tag: "RefundRefused", paymentId: "p1", why: "no" };
  const waiting = [...refunding, Refused];
  const reason = "asked for by ada";
  const remedied = (_tag: string) => ({ _tag, paymentId: "p1", reason });
  const Diverted = remedied("RefundDiverted");
  const order = (remedy: string, paymentId = "p1") => ({ paymentId, remedy, reason });

  it("at once when it has failed, after some attempts when it was not even tried", () => {
    given(...refunding)
      .itself(refund("failed"))
      .then([Refused]);
    const looked = { _tag: "PaymentLooked", paymentId: "p1", lookAt: AT };
    const asked = (times: number) =>
      given(...refunding, ...Array.from({ length: times }, () => [looked, p1.Due]).flat());
    asked(MAX_REFUND_REFUSALS - 2)
      .itself(refund("refused"))
      .then([{ ...looked, lookAt: AT + 5_000 * 2 ** (MAX_REFUND_REFUSALS - 1) }]);
    asked(MAX_REFUND_REFUSALS - 1)
      .itself(refund("refused"))
      .then([Refused]);
  });

  it("waits for the house, its money here, and nothing to do by itself", () => {
    const { state } = given(...waiting);
    expect(state.payments[0]).toMatchObject({
      status: "refund_refused",
      isDue: false,
      lookAt: null,
    });
    expect(wakesAt(state)).toBeUndefined();
    expect(broken(state)).toEqual([]);
    expect(accountBounds(state)).toEqual({ leastMinor: 1_001, mostMinor: 1_001 });
    for (const news of ["succeeded", "cancelled", "failed", "processing"])
      given(...waiting)
        .when("Hear", hear(news))
        .then([]);
    given(...waiting)
      .itself({ _tag: "GiveUp", paymentId: ID })
      .then([]);
  });

  it.each([
    ["retry", "RefundRetried"],
    ["wallet", "RefundDiverted"],
    ["by_hand", "RefundMadeByHand"],
  ])("is resolved by %s", (remedy, tag) => {
    given(...waiting)
      .when("ResolveRefund", order(remedy))
      .then([remedied(tag)])
      .replying({ status: remedy === "by_hand" ? "refunded" : "refunding" });
    for (const history of [paid, refunding, [...refunding, p1.Refunded], [...waiting, Diverted]])
      given(...history)
        .when("ResolveRefund", order(remedy))
        .refused("RefundNotRefused");
    given(...waiting)
      .when("ResolveRefund", order(remedy, "p2"))
      .refused("ReservationNotFound");
  });

  it("is asked for anew each time that the house says so", () => {
    const Retried = remedied("RefundRetried");
    const { state } = given(...waiting, Retried, Refused, Retried);
    expect(state.payments[0]).toMatchObject({ status: "refunding", isDue: true, retries: 2 });
    expect(state.payments[0]).not.toHaveProperty("refusal");
  });

  it("is over when the provider gives it back after all, unless the wallet is about to", () => {
    given(...waiting)
      .when("Hear", hear("refunded"))
      .then([p1.Refunded]);
    given(...waiting, Diverted)
      .when("Hear", hear("refunded"))
      .then([]);
  });

  it("comes back to the provider after it was confirmed: it is here again, once", () => {
    const Doubted = { _tag: "RefundDoubted", paymentId: "p1" };
    const back = [...refunding, p1.Refunded];
    given(...back)
      .when("Hear", hear("refund_failed"))
      .then([Doubted])
      .replying({ isNews: true });
    for (const history of [
      pending,
      paid,
      sold,
      refunding,
      waiting,
      [...back, Doubted],
      [...pending, p1.Reversed],
      [...waiting, remedied("RefundMadeByHand")],
      [...waiting, Diverted, p1.Refunded],
      [...waiting, Diverted, { _tag: "RefundUnclaimed", paymentId: "p1", amountMinor: 1_001 }],
    ])
      given(...history)
        .when("Hear", hear("refund_failed"))
        .then([])
        .replying({ isNews: false });
  });

  it("moves money in the ledger when it moves, and not before", () => {
    const here = { "reservation:spring.r1": 1_001, "provider:sandbox_card:clearing": -1_001 };
    expect(ledgerOf(waiting)).toEqual(here);
    expect(ledgerOf([...waiting, remedied("RefundRetried")])).toEqual(here);
    expect(ledgerOf([...waiting, Diverted])).toEqual(here);
    // The wallet's own journal has the rest.
    expect(ledgerOf([...waiting, Diverted, p1.Refunded])).toEqual(here);
    expect(ledgerOf([...waiting, remedied("RefundMadeByHand")])).toEqual({});
    expect(
      ledgerOf([...refunding, p1.Refunded, { _tag: "RefundDoubted", paymentId: "p1" }]),
    ).toEqual(here);
    const { state } = given(...waiting, Diverted);
    expect(accountBounds(state)).toEqual({ leastMinor: 0, mostMinor: 1_001 });
  });
});

describe("two payments", () => {
  it("a sale that one of them missed is still to be asked for by the other", () => {
    const both = [...byCard, p1.Placed, { ...p1.CalledOff }, begun("p2", "wallet")];
    const history = [...both, p1.Succeeded, p2.Authorized, p2.Succeeded];
    given(...history)
      .itself(sale("gone"))
      .then([Expired, p1.Refunding]);
    given(...history)
      .itself(sale("not_open"))
      .then([Cancelled, p1.Refunding, p2.Refunding]);
  });
});

describe("nothing is forced", () => {
  // Defect of the original: numbers were released by force, whoever had them.
  it("a reservation frees numbers only of its own, and only when its player cancels", () => {
    expect(given(...pending, Expired, p1.CalledOff).state.isFreeing).toBe(false);
    expect(given(Began, Cancelled).state.isFreeing).toBe(true);
  });

  it("whatever is written above is sound", () => {
    for (const history of [byCard, pending, paid, sold, byWallet])
      for (const state of given(...history).run.committed) expect(broken(state)).toEqual([]);
  });
});
