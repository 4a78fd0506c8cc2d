/** The sandbox card server as merchants and payers meet it, over HTTP. */
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_PAYMENTS, Processor } from "../../src/sandbox-card/Processor.ts";
import type { PlacedPayment } from "../../src/payments/PaymentProvider.ts";
import { SIGNATURE_HEADER } from "../../src/payments/WebhookSignature.ts";
import { eventually } from "./support/eventually.ts";
import { CARDS, House, SECRET } from "./support/House.ts";
import { orderOf, placed } from "./support/orders.ts";

describe("the sandbox card server", () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
  });
  afterEach(() => house.close());

  const begin = async (paymentId = "p_1"): Promise<PlacedPayment> => {
    const order = orderOf(paymentId);
    return placed(order, await house.provider.create(order));
  };
  const statusOf = async (payment: PlacedPayment) => (await house.provider.get(payment)).status;
  /** What our side makes of the n-th webhook. */
  const heard = (n: number) => {
    const one = house.receiver.received[n];
    if (one === undefined) throw new Error(`there is no webhook ${n}`);
    return house.provider.readWebhook(one.body, (name) => one.headers[name], Date.now());
  };
  const typesOf = (count: number) =>
    house.receiver.first(count).then((some) => some.map(({ type }) => type));

  describe("lets payers", () => {
    it("pay, and leads them back", async () => {
      const payment = await begin();
      const answered = await house.pay(payment.ref, CARDS.pays);
      expect(answered.status).toBe(303);
      expect(answered.headers.get("location")).toBe(
        "http://127.0.0.1:1/raffles/summer?lang=en&payment=p_1&status=succeeded#checkout",
      );
      expect(await statusOf(payment)).toBe("succeeded");
    });

    it("take another card when one is declined", async () => {
      const payment = await begin();
      for (const [card, code] of [
        [CARDS.declined, "card_declined"],
        [CARDS.insufficient, "insufficient_funds"],
      ] as const) {
        const answered = await house.pay(payment.ref, card);
        expect(answered.headers.get("location")).toBe(`/pay/${payment.ref}`);
        expect(await house.provider.get(payment)).toMatchObject({
          status: "pending",
          failure: { code },
        });
      }
      await house.pay(payment.ref, CARDS.pays);
      expect(await house.provider.get(payment)).toMatchObject({
        status: "succeeded",
        failure: null,
      });
      expect((await typesOf(3)).toSorted()).toEqual([
        "payment.declined",
        "payment.declined",
        "payment.succeeded",
      ]);
    });

    it("answer their bank", async () => {
      const payment = await begin();
      await house.pay(payment.ref, CARDS.asks);
      expect(await statusOf(payment)).toBe("pending");
      await house.confirm(payment.ref, false);
      expect(await house.provider.get(payment)).toMatchObject({
        failure: { code: "confirmation_refused" },
      });
      await house.pay(payment.ref, CARDS.asks);
      const answered = await house.confirm(payment.ref, true);
      expect(answered.headers.get("location")).toContain("status=succeeded");
      expect(await statusOf(payment)).toBe("succeeded");
    });

    it("call it off, and nobody pays it then", async () => {
      const payment = await begin();
      const answered = await house.callOff(payment.ref);
      expect(answered.headers.get("location")).toContain("status=cancelled");
      const late = await house.pay(payment.ref, CARDS.pays);
      expect(late.headers.get("location")).toContain("status=cancelled");
      expect(await statusOf(payment)).toBe("cancelled");
    });

    it("pay once, whatever they press", async () => {
      const payment = await begin();
      await Promise.all([1, 2, 3].map(() => house.pay(payment.ref, CARDS.pays)));
      await house.callOff(payment.ref);
      expect(await statusOf(payment)).toBe("succeeded");
      const next = await begin("p_2");
      await house.pay(next.ref, CARDS.pays);
      expect(await typesOf(2)).toEqual(["payment.succeeded", "payment.succeeded"]);
    });

    it("pay nothing when the time is over", async () => {
      const order = orderOf("p_1", { expiresAt: Date.now() - 1 });
      const payment = placed(order, await house.provider.create(order));
      const answered = await house.pay(payment.ref, CARDS.pays);
      expect(answered.headers.get("location")).toContain("status=cancelled");
      expect(await typesOf(1)).toEqual(["payment.cancelled"]);
    });

    it("see what is wrong with a card, and never its code again", async () => {
      const payment = await begin();
      const answered = await house.pay(payment.ref, "4242 4242 4242 4243", { cvc: "12<" });
      expect(answered.status).toBe(422);
      const page = await answered.text();
      expect(page).toContain("There is a digit wrong in the card number.");
      expect(page).toContain("12&lt;");
      expect(page).not.toContain("12<");
      expect(await statusOf(payment)).toBe("pending");
    });
  });

  describe("tells merchants", () => {
    it("signed, of our payment", async () => {
      const payment = await begin();
      await house.pay(payment.ref, CARDS.pays);
      await house.receiver.first(1);
      expect(heard(0)).toEqual({
        _tag: "event",
        event: {
          eventId: `evt_${payment.ref}_1`,
          paymentId: "p_1",
          reservationId: "summer.r1",
          ref: payment.ref,
          status: "succeeded",
          failure: null,
        },
      });
    });

    it("what they can tell from a forgery", async () => {
      const payment = await begin();
      await house.pay(payment.ref, CARDS.declined);
      const [sent] = await house.receiver.first(1);
      if (sent === undefined) throw new Error("nothing was sent");
      const header = sent.headers[SIGNATURE_HEADER];
      const read = (body: Buffer, now = Date.now()) =>
        house.provider.readWebhook(body, (name) => (name === SIGNATURE_HEADER ? header : ""), now);
      expect(read(sent.body)).toMatchObject({
        _tag: "event",
        event: { status: "processing", failure: { code: "card_declined" } },
      });
      const changed = Buffer.from(sent.body.toString().replace("declined", "succeeded"));
      expect(read(changed)).toMatchObject({ _tag: "forged" });
      expect(read(sent.body, Date.now() + 400_000)).toMatchObject({ _tag: "forged" });
    });

    it("again until they take it, with the same id", async () => {
      house.receiver.answer(500, 302, 404, 200);
      const payment = await begin();
      await house.pay(payment.ref, CARDS.pays);
      const four = await house.receiver.first(4);
      expect(new Set(four.map(({ id }) => id)).size).toBe(1);
      expect(four.map(({ answered }) => answered)).toEqual([500, 302, 404, 200]);
      await eventually("the line that says so", async () =>
        (await readFile(house.file, "utf8")).includes('"told"') ? true : undefined,
      );
      expect(house.receiver.received).toHaveLength(4);
    });

    it("late of one card", async () => {
      const payment = await begin();
      await house.pay(payment.ref, CARDS.late);
      expect(await statusOf(payment)).toBe("succeeded");
      expect(house.receiver.received).toHaveLength(0);
      expect(await typesOf(1)).toEqual(["payment.succeeded"]);
    });

    it("twice and in the wrong order of another", async () => {
      const payment = await begin();
      await house.pay(payment.ref, CARDS.repeated);
      const four = await house.receiver.first(4);
      expect(four.map(({ type }) => type)).toEqual([
        "payment.succeeded",
        "payment.succeeded",
        "payment.processing",
        "payment.processing",
      ]);
      expect(new Set(four.map(({ id }) => id)).size).toBe(2);
    });

    it("nothing anywhere else than on this machine", async () => {
      const answered = await house.call(
        "/v1/payments",
        {
          amount: 1,
          currency: "CRD",
          return_url: "http://127.0.0.1:1/",
          webhook_url: "http://192.0.2.1/",
          expires_at: Date.now() + 1000,
          metadata: {},
        },
        { headers: { "idempotency-key": "k" } },
      );
      expect(answered).toMatchObject({
        status: 422,
        body: { error: { code: "webhook_url_not_allowed" } },
      });
    });
  });

  describe("survives", () => {
    it("a restart, with its payments, keys and refunds", async () => {
      const [open, paid] = [await begin("p_1"), await begin("p_2")];
      await house.pay(paid.ref, CARDS.pays);
      await house.receiver.first(1);
      const { ref } = await house.provider.refund(paid, "r_1");
      await house.stop();
      await house.start();
      expect(await house.provider.create(open)).toMatchObject({ ref: open.ref, status: "pending" });
      expect((await house.provider.refund(paid, "r_1")).ref).toBe(ref);
      await house.receiver.first(2);
      expect(await statusOf(paid)).toBe("refunded");
      expect(house.receiver.received.map(({ type }) => type)).toEqual([
        "payment.succeeded",
        "payment.refunded",
      ]);
    });

    it("a restart with webhooks that nobody has taken yet", async () => {
      house.receiver.answer(503);
      await house.pay((await begin()).ref, CARDS.pays);
      const [first] = await house.receiver.first(1);
      await house.stop();
      house.receiver.answer(200);
      const before = house.receiver.received.length;
      await house.start();
      const all = await house.receiver.first(before + 1);
      expect(all.at(-1)).toMatchObject({ id: first?.id, answered: 200 });
    });

    it("a crash in the middle of a line, of which nobody heard", async () => {
      const payment = await begin();
      await house.stop();
      await appendFile(house.file, '{"payment":{"id":"pay_half');
      await house.start();
      expect(await statusOf(payment)).toBe("pending");
    });

    it("no file that is broken elsewhere", async () => {
      await begin();
      await house.stop();
      await writeFile(house.file, `nonsense\n${await readFile(house.file, "utf8")}`);
      await expect(house.start()).rejects.toThrow(/broken in line 1/);
    });
  });

  describe("goes wrong on command", () => {
    it("answers 500 so many times, and has done nothing", async () => {
      await house.faults({ fail_next: 2 });
      const order = orderOf("p_1");
      for (let n = 0; n < 2; n++)
        await expect(house.provider.create(order)).rejects.toMatchObject({ retryable: true });
      await house.provider.create(order);
      expect((await house.call("/v1/faults")).body).toMatchObject({ fail_next: 0 });
    });

    it("drops the connection when it has done what was asked", async () => {
      const payment = await begin();
      await house.faults({ drop_next: 1 });
      await expect(house.provider.cancel(payment)).rejects.toMatchObject({ retryable: true });
      expect(await statusOf(payment)).toBe("cancelled");
    });

    it("holds webhooks back and releases them in the wrong order", async () => {
      await house.faults({ hold_webhooks: true });
      const payment = await begin();
      await house.pay(payment.ref, CARDS.declined);
      await house.pay(payment.ref, CARDS.pays);
      await eventually("both", async () => {
        const { held } = (await house.call("/v1/faults")).body;
        return held === 2 ? true : undefined;
      });
      expect(house.receiver.received).toHaveLength(0);
      await house.call("/v1/faults/release", { reversed: true });
      expect(await typesOf(2)).toEqual(["payment.succeeded", "payment.declined"]);
      await house.callOff((await begin("p_2")).ref);
      expect((await typesOf(3))[2]).toBe("payment.cancelled");
    });

    it("refuses refunds for good: under another key they may be tried again", async () => {
      const payment = await begin();
      await house.pay(payment.ref, CARDS.pays);
      await house.faults({ refuse_refunds: 1 });
      const refund = (key: string) => house.provider.refund(payment, key);
      expect(await refund("r_1")).toMatchObject({ status: "failed" });
      expect(await refund("r_1")).toMatchObject({ status: "failed" });
      expect(await statusOf(payment)).toBe("succeeded");
      expect(await refund("r_2")).toMatchObject({ status: "pending" });
      await expect(refund("r_3")).rejects.toMatchObject({ retryable: false });
      await eventually("the money is back", async () =>
        (await statusOf(payment)) === "refunded" ? true : undefined,
      );
      expect(await refund("r_1")).toMatchObject({ status: "failed" });
    });

    it("tells everything twice", async () => {
      await house.faults({ duplicate_webhooks: true });
      await house.pay((await begin()).ref, CARDS.pays);
      const two = await house.receiver.first(2);
      expect(two[0]?.id).toBe(two[1]?.id);
    });
  });

  describe("refuses", () => {
    it("whoever has not the secret", async () => {
      for (const authorization of ["", "Bearer ", "Bearer wrong", SECRET]) {
        const answered = await house.call("/v1/health", undefined, { headers: { authorization } });
        expect(answered.status).toBe(401);
      }
    });

    it("a key that was used for something else", async () => {
      await house.provider.create(orderOf("p_1"));
      await expect(house.provider.create(orderOf("p_1", { amountMinor: 2 }))).rejects.toMatchObject(
        { retryable: false },
      );
    });

    it("a second refund, and one of nothing", async () => {
      const payment = await begin();
      await expect(house.provider.refund(payment, "r")).rejects.toMatchObject({ retryable: false });
      await house.pay(payment.ref, CARDS.pays);
      await house.provider.refund(payment, "r_1");
      await expect(house.provider.refund(payment, "r_2")).rejects.toMatchObject({
        retryable: false,
      });
    });

    it("what it cannot read, and what is too long", async () => {
      const key = { headers: { "idempotency-key": "k" } };
      expect((await house.call("/v1/payments", { amount: 1.5 }, key)).status).toBe(422);
      expect((await house.call("/v1/nothing")).status).toBe(404);
      expect((await house.call("/v1/payments/none")).status).toBe(404);
      expect((await fetch(`${house.url}/pay/none`)).status).toBe(404);
      const long = { description: "x".repeat(100_000) };
      const answered = await house.call("/v1/payments", long, key).catch(() => ({ status: 413 }));
      expect(answered.status).toBe(413);
    });
  });

  it("forgets the oldest that has ended when it has no place, and nothing that is open", async () => {
    const file = `${house.file}.full`;
    const processor = await Processor.open({
      file,
      secrets: [SECRET],
      origin: "http://127.0.0.1:1",
      lateMs: 0,
      refundMs: 0,
      retryMs: 60_000,
      failed: () => undefined,
    });
    const expiresAt = Date.now() + 600_000;
    const place = (key: string) => {
      const made = processor.place(key, {
        amount: 1,
        currency: "CRD",
        description: "",
        returnUrl: "http://127.0.0.1:1/",
        webhookUrl: house.receiver.url,
        expiresAt,
        metadata: {},
      });
      return typeof made === "string" ? made : made.id;
    };
    const ids = Array.from({ length: MAX_PAYMENTS }, (_, n) => place(`k${n}`));
    expect(place("one more")).toBe("full");
    expect(place("k7")).toBe(ids[7]);
    processor.cancel(ids[500] ?? "");
    processor.cancel(ids[499] ?? "");
    expect(place("one more")).toMatch(/^pay_/);
    expect(ids.filter((id) => processor.find(id) === undefined)).toEqual([ids[499]]);
    await processor.durable();
    await processor.close();
  });

  it("makes one payment for a merchant that asks from another of its processes", async () => {
    const order = orderOf("p_1");
    const { ref } = await house.provider.create(order);
    const elsewhere = await House.open();
    try {
      const answered = await house.call(
        "/v1/payments",
        {
          amount: order.amountMinor,
          currency: order.currency,
          description: "Raffle summer",
          return_url: order.returnUrl,
          webhook_url: elsewhere.receiver.url,
          expires_at: order.expiresAt,
          metadata: {
            payment_id: "p_1",
            reservation_id: "summer.r1",
            raffle_id: "summer",
            player_id: "ada",
          },
        },
        { headers: { "idempotency-key": "p_1" } },
      );
      expect(answered).toMatchObject({ status: 201, body: { id: ref } });
    } finally {
      await elsewhere.close();
    }
  });
});
