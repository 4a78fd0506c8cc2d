/** The official SDK against a server that speaks as Stripe does, and its own headers against our reading of webhooks. */
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StripeProvider } from "../../src/payments/StripeProvider.ts";
import { orderOf, placed } from "./support/orders.ts";
import { StripeServer } from "./support/StripeServer.ts";

const SECRET = "whsec_of_a_test";
const NOW = 1_700_000_000_000;

describe("the Stripe adapter", () => {
  let stripe: StripeServer;
  let provider: StripeProvider;

  beforeEach(async () => {
    stripe = await StripeServer.open();
    provider = new StripeProvider({
      secretKey: "sk_test_1",
      webhookSecret: SECRET,
      currency: "eur",
      apiUrl: stripe.url,
    });
  });
  afterEach(() => stripe.close());

  const begin = async (paymentId = "p_1") => {
    const order = orderOf(paymentId);
    return placed(order, await provider.create(order));
  };

  it("opens a session that knows what it is for and leads back", async () => {
    const { nextStep, ref } = await provider.create(orderOf("p_1"));
    expect(nextStep).toEqual({ kind: "redirect", url: `https://checkout.stripe.test/c/${ref}` });
    expect(stripe.sessions.get(ref)).toMatchObject({
      amount_total: 1_250,
      currency: "eur",
      client_reference_id: "summer.r1",
      metadata: { payment_id: "p_1", reservation_id: "summer.r1", player_id: "ada" },
      success_url:
        "http://127.0.0.1:1/raffles/summer?lang=en&payment=p_1&status=succeeded#checkout",
      cancel_url: "http://127.0.0.1:1/raffles/summer?lang=en&payment=p_1&status=cancelled#checkout",
    });
    expect(stripe.requests).toEqual([{ line: "POST /v1/checkout/sessions", key: "p_1" }]);
  });

  it.each([
    ["succeeded", "succeeded"],
    ["processing", "pending"],
    ["requires_action", "pending"],
    ["requires_payment_method", "failed"],
    ["canceled", "cancelled"],
    ["requires_capture", "authorized"],
    ["something_new", "pending"],
  ] as const)("shows a complete session whose intent is %s as %s", async (intent, status) => {
    const payment = await begin();
    stripe.complete(payment.ref, intent);
    expect(await provider.get(payment)).toMatchObject({ status });
  });

  it("goes on after a declined card, with the reason", async () => {
    const payment = await begin();
    stripe.decline(payment.ref);
    expect(await provider.get(payment)).toMatchObject({
      status: "pending",
      nextStep: { kind: "redirect" },
      failure: { code: "insufficient_funds", detail: "Your card has insufficient funds." },
    });
    stripe.complete(payment.ref);
    expect(await provider.get(payment)).toMatchObject({ status: "succeeded", failure: null });
  });

  it.each([
    [500, { type: "api_error" }, true],
    [503, {}, true],
    [429, { type: "rate_limit_error" }, true],
    [409, { type: "idempotency_error", code: "idempotency_key_in_use" }, true],
    [400, { type: "invalid_request_error", code: "lock_timeout" }, true],
    [400, { type: "invalid_request_error", code: "parameter_unknown" }, false],
    [400, { type: "idempotency_error" }, false],
    [401, { type: "invalid_request_error" }, false],
    [403, { type: "invalid_request_error" }, false],
  ])("classes %i %o: retryable is %s", async (status, error, retryable) => {
    stripe.failNext(status, { message: "no", ...error });
    await expect(provider.create(orderOf("p_1"))).rejects.toMatchObject({
      name: "ProviderError",
      retryable,
    });
  });

  it("fails a payment that was declined at once", async () => {
    stripe.failNext(402, {
      type: "card_error",
      code: "card_declined",
      decline_code: "do_not_honor",
      message: "Your card was declined.",
    });
    expect(await provider.create(orderOf("p_1"))).toMatchObject({
      status: "failed",
      failure: { code: "do_not_honor", detail: "Your card was declined." },
    });
  });

  it("makes one session when the connection breaks before the answer", async () => {
    // The SDK itself asks once more; whoever drives the payment asks again after that.
    stripe.dropNext();
    stripe.dropNext();
    const order = orderOf("p_1");
    await expect(provider.create(order)).rejects.toMatchObject({ retryable: true });
    await provider.create(order);
    await provider.create(order);
    expect(stripe.sessions.size).toBe(1);
  });

  it("follows a refund that takes its time", async () => {
    const payment = await begin();
    stripe.complete(payment.ref);
    stripe.refundStatus = "pending";
    const { ref, status } = await provider.refund(payment, "r_1");
    expect(status).toBe("pending");
    const refund = stripe.refunds.get(ref);
    if (refund !== undefined) refund.status = "succeeded";
    expect(await provider.refund(payment, "r_1")).toEqual({ ref, status: "succeeded" });
    expect(await provider.get(payment)).toMatchObject({ status: "refunded" });
  });

  it("finds the refund that was made before, when its key is forgotten", async () => {
    const payment = await begin();
    stripe.complete(payment.ref);
    const made = await provider.refund(payment, "r_1");
    expect(await provider.refund(payment, "r_2")).toEqual(made);
    expect(stripe.refunds.size).toBe(1);
  });

  it("says when a refund cannot be made", async () => {
    const payment = await begin();
    await expect(provider.refund(payment, "r_1")).rejects.toMatchObject({ retryable: false });
    stripe.complete(payment.ref);
    stripe.refundStatus = "failed";
    expect(await provider.refund(payment, "r_2")).toMatchObject({ status: "failed" });
  });

  describe("reads webhooks", () => {
    const eventOf = (type: string, object: object = {}) =>
      JSON.stringify({
        id: "evt_1",
        object: "event",
        type,
        data: {
          object: {
            id: "cs_1",
            object: "checkout.session",
            payment_status: "paid",
            metadata: { payment_id: "p_1", reservation_id: "summer.r1" },
            ...object,
          },
        },
      });
    const read = (payload: string, header?: string, secondsLater = 0) => {
      const signature =
        header ??
        Stripe.webhooks.generateTestHeaderString({
          payload,
          secret: SECRET,
          timestamp: NOW / 1000,
        });
      return provider.readWebhook(
        Buffer.from(payload),
        (name) => (name === "stripe-signature" ? signature : undefined),
        NOW + secondsLater * 1000,
      );
    };

    it.each([
      ["checkout.session.completed", { payment_status: "paid" }, "succeeded"],
      ["checkout.session.completed", { payment_status: "unpaid" }, "processing"],
      ["checkout.session.async_payment_succeeded", {}, "succeeded"],
      ["checkout.session.async_payment_failed", {}, "failed"],
      ["checkout.session.expired", {}, "cancelled"],
      ["refund.failed", { object: "refund", status: "failed" }, "refund_failed"],
      ["refund.updated", { object: "refund", status: "canceled" }, "refund_failed"],
      ["charge.refund.updated", { object: "refund", status: "failed" }, "refund_failed"],
    ])("%s %o as %s", (type, object, status) => {
      expect(read(eventOf(type, object))).toEqual({
        _tag: "event",
        event: {
          eventId: "evt_1",
          reservationId: "summer.r1",
          paymentId: "p_1",
          ref: "cs_1",
          status,
          failure: null,
        },
      });
    });

    it.each([
      ["of a refund that goes well", eventOf("refund.updated", { status: "succeeded" })],
      ["of a type that it does not know", eventOf("customer.created")],
      ["of somebody else's session", eventOf("checkout.session.completed", { metadata: {} })],
      ["without metadata", eventOf("checkout.session.completed", { metadata: null })],
      ["that are no JSON", "{"],
    ])("%s as nothing of ours", (_, payload) => {
      expect(read(payload)).toEqual({ _tag: "other" });
    });

    it("refuses what Stripe has not signed, or long ago", () => {
      const payload = eventOf("checkout.session.completed");
      const other = Stripe.webhooks.generateTestHeaderString({
        payload,
        secret: "whsec_other",
        timestamp: NOW / 1000,
      });
      expect(read(payload, other)).toMatchObject({ _tag: "forged" });
      expect(read(payload, "")).toMatchObject({ _tag: "forged" });
      expect(read(payload, "t=1,v1=00")).toMatchObject({ _tag: "forged" });
      expect(read(payload, undefined, 300)).toMatchObject({ _tag: "event" });
      expect(read(payload, undefined, 301)).toMatchObject({ _tag: "forged" });
    });

    it("refuses a body of which one byte was changed", () => {
      const payload = eventOf("checkout.session.completed");
      const header = Stripe.webhooks.generateTestHeaderString({
        payload,
        secret: SECRET,
        timestamp: NOW / 1000,
      });
      expect(read(payload.replace("p_1", "p_2"), header)).toMatchObject({ _tag: "forged" });
    });
  });
});
