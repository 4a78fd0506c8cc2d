import { expect, test } from "vitest";
import type { PaymentBody, ReservationBody } from "../../../sdk/src/index.ts";
import {
  attemptWith,
  keepAttempt,
  keptAttempt,
  openAttempt,
} from "../../../web/src/checkout/attempt.ts";
import { createCheckout } from "../../../web/src/checkout/Checkout.ts";
import type { CheckoutOptions } from "../../../web/src/checkout/Checkout.ts";
import { memoryStorage } from "../support/memoryStorage.ts";

type Pay = CheckoutOptions["croupier"]["pay"];
type Outcome = Awaited<ReturnType<Pay>>;

const ID = "r.1";
const payment = (part: Partial<PaymentBody> = {}): PaymentBody => ({
  id: "p_1",
  provider: "wallet",
  status: "pending",
  amount: 500,
  next_step: null,
  failure: null,
  started_at: "",
  ...part,
});
const reservation = (part: Partial<ReservationBody> = {}): ReservationBody => ({
  id: ID,
  raffle_id: "r",
  phase: "checkout",
  expires_at: "2026-01-01T00:05:00.000Z",
  numbers: [{ id: "1", number: 1 }],
  total_amount: 500,
  payment: null,
  ...part,
});
const refused = (code: string): Outcome => ({
  ok: false,
  key: "",
  refusal: { code, detail: "", fields: {} },
});
const taken = (of: PaymentBody, phase: ReservationBody["phase"] = "checkout"): Outcome => ({
  ok: true,
  key: "",
  isSold: phase === "sold",
  reservation: reservation({ payment: of, phase }),
  payment: of,
  nextStep: of.next_step,
});

function stage(outcomes: readonly Outcome[], storage = memoryStorage()) {
  const orders: Parameters<Pay>[0][] = [];
  let made = 0;
  let known: ReservationBody | "missing" = reservation();
  let nowMs = 0;
  const left = [...outcomes];
  const unused = () => Promise.reject(new Error("not in this test"));
  const checkout = createCheckout({
    reservationId: ID,
    storage,
    returnUrl: "/#/checkout/r.1",
    go: () => undefined,
    croupier: {
      get: () =>
        Promise.resolve(
          known === "missing"
            ? { ok: false, problem: { status: 404, code: "not_found", detail: "" } }
            : { ok: true, status: 200, body: { reservation: known } },
        ) as never,
      pay: (order) => {
        orders.push(order);
        return Promise.resolve(left.shift() ?? refused("closed"));
      },
      moveToCheckout: unused,
      cancelReservation: unused,
      reservation: unused as never,
      makeKey: () => `key-${(made += 1)}`,
      serverNowMs: () => nowMs,
    },
  });
  return {
    checkout,
    orders,
    storage,
    keys: () => orders.map(({ key }) => key),
    state: () => checkout.store.get(),
    know: (next: ReservationBody | "missing", atMs = 0) => {
      known = next;
      nowMs = atMs;
    },
  };
}

test("given no answer when it is paid again, also after a reload, then with the same key", async () => {
  const storage = memoryStorage();
  const first = stage([refused("abandoned"), refused("offline")], storage);
  await first.checkout.pay("wallet");
  await first.checkout.pay("wallet");
  const second = stage([taken(payment({ status: "succeeded" }), "sold")], storage);
  expect(second.state().attempt).toEqual({ key: "key-1", provider: "wallet", paymentId: null });
  await second.checkout.pay("wallet");
  expect([...first.keys(), ...second.keys()]).toEqual(["key-1", "key-1", "key-1"]);
  expect(second.state().attempt).toBeNull();
  expect(keptAttempt(storage, ID)).toBeNull();
});

test("given a payment that was declined when it is paid again then it is another attempt", async () => {
  const { checkout, keys, state } = stage([refused("payment_declined"), refused("abandoned")]);
  await checkout.pay("wallet");
  expect(state().refusal?.code).toBe("payment_declined");
  expect(state().attempt).toBeNull();
  await checkout.pay("wallet");
  expect(keys()).toEqual(["key-1", "key-2"]);
});

test("given a payment under way when another provider is chosen then it is another attempt", async () => {
  const { checkout, keys, state } = stage([taken(payment()), refused("abandoned")]);
  await checkout.pay("sandbox_card");
  expect(state().attempt).toMatchObject({ key: "key-1", paymentId: "p_1" });
  await checkout.pay("wallet");
  expect(keys()).toEqual(["key-1", "key-2"]);
});

test("two presses are one payment", async () => {
  const { checkout, orders } = stage([taken(payment())]);
  await Promise.all([checkout.pay("wallet"), checkout.pay("wallet")]);
  expect(orders).toHaveLength(1);
});

test("given a reservation that its raffle has forgotten then the clock says how it ended", async () => {
  const { checkout, know, state } = stage([]);
  await checkout.read();
  know("missing", Date.parse("2026-01-01T00:05:00.001Z"));
  await checkout.read();
  expect(state().reservation?.phase).toBe("expired");
  const early = stage([]);
  await early.checkout.read();
  early.know("missing", Date.parse("2026-01-01T00:01:00.000Z"));
  await early.checkout.read();
  expect(early.state().reservation?.phase).toBe("cancelled");
  const never = stage([]);
  never.know("missing");
  await never.checkout.read();
  expect(never.state().absence).toBe("missing");
});

test("an attempt ends with its own payment, not with one before it", () => {
  const open = { key: "k", provider: "wallet", paymentId: "p_2" } as const;
  expect(openAttempt(open, payment({ id: "p_1", status: "failed" }))).toBe(open);
  expect(openAttempt(open, payment({ id: "p_2", status: "pending" }))).toBe(open);
  expect(openAttempt(open, payment({ id: "p_2", status: "failed" }))).toBeNull();
  expect(attemptWith(open, "wallet", () => "new")).toBe(open);
  expect(attemptWith(open, "stripe", () => "new").key).toBe("new");
});

test("what was kept in another shape is no attempt", () => {
  const storage = memoryStorage();
  storage.setItem(`croupier.attempt.${ID}`, '{"key":1}');
  expect(keptAttempt(storage, ID)).toBeNull();
  storage.setItem(`croupier.attempt.${ID}`, "nonsense");
  expect(keptAttempt(storage, ID)).toBeNull();
  keepAttempt(storage, ID, { key: "k", provider: "stripe", paymentId: null });
  expect(keptAttempt(storage, ID)).toEqual({ key: "k", provider: "stripe", paymentId: null });
});
