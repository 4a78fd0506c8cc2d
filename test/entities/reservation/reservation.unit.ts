/** What players do about reservations, in a booth that works. */
import { describe, expect, it } from "vitest";
import { house } from "../../../entities/ledger.ts";
import { CommandId, ReservationId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { ProviderUnavailable } from "../../../rpc/reservation.ts";
import { Booth, CHECKOUT_MS, GRANT, PRICE, SELECTION_MS } from "./Booth.ts";

const atCheckout = async () => {
  const booth = await Booth.open();
  const id = booth.reservationId("ada", "r");
  await booth.reserve("ada", "r", [1, 2, 3]);
  await booth.checkOut("ada", "c", id);
  return { booth, id };
};

describe("a reservation", () => {
  it("goes from selection to the checkout, and is paid for out of the wallet", async () => {
    const booth = await Booth.open();
    const id = booth.reservationId("ada", "r");
    const began = booth.clock.now();
    const reserved = await booth.reserve("ada", "r", [3, 1]);
    expect(reserved).toMatchObject({
      ok: true,
      value: { id, phase: "selection", total_amount: 2 * PRICE, payment: null },
    });
    expect(reserved).toMatchObject({
      value: {
        numbers: [
          { id: "1", number: 1 },
          { id: "3", number: 3 },
        ],
        expires_at: new Date(began + SELECTION_MS).toISOString(),
      },
    });
    expect(await booth.add("ada", "a", id, 7)).toMatchObject({
      value: { total_amount: 3 * PRICE },
    });
    expect(await booth.checkOut("ada", "c", id)).toMatchObject({
      value: { phase: "checkout", expires_at: new Date(began + CHECKOUT_MS).toISOString() },
    });
    const paid = await booth.pay("ada", "p", id, "wallet");
    expect(paid).toMatchObject({
      ok: true,
      replayed: false,
      value: {
        isOver: true,
        reservation: { id, phase: "sold", total_amount: 3 * PRICE },
        payment: { provider: "wallet", status: "succeeded", amount: 3 * PRICE, next_step: null },
      },
    });
    await booth.quiet();
    expect(await booth.ending(id)).toBe("sold and paid");
    expect(await booth.totals()).toEqual([GRANT - 3 * PRICE, GRANT]);
    expect(booth.account("raffle:spring:escrow")).toBe(3 * PRICE);
    expect(await booth.get("ada", id)).toMatchObject({
      value: { phase: "sold", payment: { status: "succeeded" } },
    });
  });

  it("is paid for by card when the webhook comes, and the same key answers the same for ever", async () => {
    const { booth, id } = await atCheckout();
    const pay = () => booth.pay("ada", "p", id, "sandbox_card");
    const first = await pay();
    const url = `https://card.test/${booth.paymentId("ada", "p")}`;
    expect(first).toMatchObject({
      value: {
        isOver: false,
        reservation: { phase: "checkout" },
        payment: { status: "pending", next_step: { kind: "redirect", url } },
      },
    });
    const again = { ...first, replayed: true };
    expect(await pay()).toEqual(again);
    booth.card.pays(booth.paymentId("ada", "p"));
    for (const event of booth.card.events) await booth.hear(event);
    expect(await booth.get("ada", id)).toMatchObject({ value: { phase: "sold" } });
    expect(await pay()).toEqual(again);
    booth.restart();
    expect(await pay()).toEqual(again);
    await booth.house("Cancel");
    await booth.quiet();
    expect(await pay()).toEqual(again);
    expect(await booth.ending(id)).toBe("not sold and refunded");
    expect(await booth.get("ada", id)).toMatchObject({
      value: { phase: "refunded", payment: { status: "refunded" } },
    });
  });

  it("is sold though no webhook ever comes: what nobody tells is asked for", async () => {
    const { booth, id } = await atCheckout();
    await booth.pay("ada", "p", id, "sandbox_card");
    booth.card.pays(booth.paymentId("ada", "p"));
    await booth.skip(5_000);
    expect(await booth.get("ada", id)).toMatchObject({ value: { phase: "sold" } });
    expect(await booth.ending(id)).toBe("sold and paid");
  });
});

describe("a payment whose creation never answers", () => {
  const unanswered = async () => {
    const { booth, id } = await atCheckout();
    booth.card.faults.set(
      "create",
      Array.from({ length: 20 }, () => "lost"),
    );
    const asked = await booth.pay("ada", "p", id, "sandbox_card");
    expect(asked).toBeUndefined();
    return { booth, id, paymentId: booth.paymentId("ada", "p") };
  };

  it("is cancelled after the deadline under the name that it turns out to have", async () => {
    const { booth, id, paymentId } = await unanswered();
    await booth.skip(CHECKOUT_MS);
    booth.card.faults.clear();
    await booth.quiet();
    expect(booth.card.books.get(paymentId)?.status).toBe("cancelled");
    expect(await booth.ending(id)).toBe("not sold and not charged");
  });

  it("and is paid all the same, buys the numbers late", async () => {
    const { booth, id, paymentId } = await unanswered();
    expect(booth.card.pays(paymentId)).toBe(true);
    await booth.skip(CHECKOUT_MS);
    booth.card.faults.clear();
    await booth.quiet();
    expect(await booth.ending(id)).toBe("sold and paid");
  });
});

describe("a payment out of the wallet", () => {
  it("is declined without the money, for ever; another way may be chosen", async () => {
    const { booth, id } = await atCheckout();
    const spend = {
      entityId: "ada",
      commandId: CommandId.make("spend"),
      amountMinor: minor(GRANT - 1),
      account: house.powers,
      ref: "x",
    };
    await booth.settle(booth.ask(Wallet, "Spend", spend));
    const declined = await booth.pay("ada", "p", id, "wallet");
    expect(declined).toMatchObject({
      error: { _tag: "PaymentDeclined", reason: "insufficient_funds" },
    });
    expect(await booth.get("ada", id)).toMatchObject({
      value: { phase: "checkout", payment: { status: "failed" } },
    });
    expect(await booth.pay("ada", "p2", id, "sandbox_card")).toMatchObject({ ok: true });
    expect(await booth.pay("ada", "p", id, "wallet")).toEqual({ ...declined, replayed: true });
    await booth.quiet();
    expect(await booth.ending(id)).toBe("not sold and not charged");
  });
});

describe("another's reservation", () => {
  it("cannot be read, paid for or cancelled, and nothing of it is opened", async () => {
    const { booth, id } = await atCheckout();
    const refused = { ok: false, error: { _tag: "NotYours" } };
    expect(await booth.get("bob", id)).toMatchObject(refused);
    expect(await booth.pay("bob", "p", id, "wallet")).toMatchObject(refused);
    expect(await booth.cancel("bob", "x", id)).toMatchObject(refused);
    expect(await booth.add("bob", "a", id, 5)).toMatchObject(refused);
    expect(await booth.checkOut("bob", "c", id)).toMatchObject(refused);
    expect((await booth.state(id)).checkout).toBeNull();
    await booth.pay("ada", "p", id, "wallet");
    expect(await booth.get("bob", id)).toMatchObject(refused);
    expect(await booth.pay("bob", "p", id, "wallet")).toMatchObject(refused);
    expect(await booth.totals()).toEqual([GRANT - 3 * PRICE, GRANT]);
  });

  it("that has expired or was cancelled is still not theirs", async () => {
    const { booth, id } = await atCheckout();
    await booth.skip(CHECKOUT_MS);
    expect(await booth.get("bob", id)).toMatchObject({ error: { _tag: "NotYours" } });
    expect(await booth.get("ada", id)).toMatchObject({
      value: { phase: "expired", total_amount: 3 * PRICE },
    });
  });

  it("that nobody made is not found", async () => {
    const booth = await Booth.open();
    const id = booth.reservationId("ada", "never");
    expect(await booth.get("ada", id)).toMatchObject({ error: { _tag: "ReservationNotFound" } });
    expect(await booth.get("ada", ReservationId.make("noraffle"))).toMatchObject({
      error: { _tag: "ReservationNotFound" },
    });
    expect(await booth.get("ada", ReservationId.make("other.r"))).toMatchObject({
      error: { _tag: "RaffleNotFound" },
    });
  });
});

describe("refusals", () => {
  it("to pay before the checkout is the same for ever, whatever has happened since", async () => {
    const booth = await Booth.open();
    const id = booth.reservationId("ada", "r");
    await booth.reserve("ada", "r", [1]);
    const refused = await booth.pay("ada", "p", id, "wallet");
    expect(refused).toMatchObject({ error: { _tag: "NotInCheckout" } });
    await booth.checkOut("ada", "c", id);
    expect(await booth.pay("ada", "p", id, "wallet")).toMatchObject({
      error: { _tag: "NotInCheckout" },
    });
    expect(await booth.pay("ada", "p2", id, "wallet")).toMatchObject({ ok: true });
    expect(await booth.pay("ada", "p", id, "wallet")).toMatchObject({
      error: { _tag: "NotInCheckout" },
    });
    expect(await booth.ending(id)).toBe("sold and paid");
  });

  it("to pay or cancel after the deadline are the same for ever", async () => {
    const { booth, id } = await atCheckout();
    await booth.skip(CHECKOUT_MS);
    const closed = { error: { _tag: "ReservationClosed", phase: "expired" } };
    for (let i = 0; i < 2; i++) {
      expect(await booth.pay("ada", "p", id, "wallet")).toMatchObject(closed);
      expect(await booth.cancel("ada", "x", id)).toMatchObject(closed);
    }
    expect(await booth.ending(id)).toBe("not sold and not charged");
  });

  it("of a key that was used for something else", async () => {
    const { booth, id } = await atCheckout();
    const reused = { error: { _tag: "IdempotencyKeyReused" } };
    expect(await booth.pay("ada", "p", id, "sandbox_card")).toMatchObject({ ok: true });
    expect(await booth.pay("ada", "p", id, "wallet")).toMatchObject(reused);
    expect(await booth.cancel("ada", "p", id)).toMatchObject(reused);
    expect(await booth.add("ada", "c", id, 4)).toMatchObject(reused);
  });

  it("of a provider that takes no payments, but not of one that was begun there", async () => {
    const { booth, id } = await atCheckout();
    const away = () => new ProviderUnavailable({ provider: "sandbox_card", retryAfterMs: 1000 });
    expect(await booth.pay("ada", "p", id, "sandbox_card", away)).toMatchObject({
      error: { _tag: "ProviderUnavailable" },
    });
    const first = await booth.pay("ada", "p", id, "sandbox_card");
    expect(first).toMatchObject({ ok: true });
    expect(await booth.pay("ada", "p", id, "sandbox_card", away)).toEqual({
      ...first,
      replayed: true,
    });
  });
});

describe("a cancellation", () => {
  it.each(["selection", "checkout"])("in %s frees the numbers, once", async (phase) => {
    const booth = await Booth.open();
    const id = booth.reservationId("ada", "r");
    await booth.reserve("ada", "r", [1, 2]);
    if (phase === "checkout") await booth.checkOut("ada", "c", id);
    const cancelled = await booth.cancel("ada", "x", id);
    expect(cancelled).toMatchObject({ value: { phase: "cancelled", total_amount: 2 * PRICE } });
    expect(await booth.reserve("bob", "b", [1, 2])).toMatchObject({ ok: true });
    expect(await booth.cancel("ada", "x", id)).toEqual({ ...cancelled, replayed: true });
    expect(await booth.cancel("ada", "x2", id)).toMatchObject({
      error: { _tag: "ReservationClosed", phase: "cancelled" },
    });
    expect(await booth.get("ada", id)).toMatchObject({ value: { phase: "cancelled" } });
    expect(await booth.ending(id)).toBe("not sold and not charged");
  });

  it("calls off the payment; one that succeeds all the same goes back", async () => {
    const { booth, id } = await atCheckout();
    await booth.pay("ada", "p", id, "sandbox_card");
    const paymentId = booth.paymentId("ada", "p");
    booth.card.processes(paymentId);
    expect(await booth.cancel("ada", "x", id)).toMatchObject({
      value: { phase: "cancelled", payment: { status: "cancelling" } },
    });
    booth.card.pays(paymentId);
    await booth.quiet();
    expect(await booth.ending(id)).toBe("not sold and refunded");
  });
});

describe("two payments of one reservation", () => {
  it("by the same provider are one while it is open", async () => {
    const { booth, id } = await atCheckout();
    const first = await booth.pay("ada", "p", id, "sandbox_card");
    const second = await booth.pay("ada", "p2", id, "sandbox_card");
    expect(second).toEqual(first);
    expect(booth.card.books.size).toBe(1);
  });

  it("by two providers: the first that succeeds buys, the other goes back", async () => {
    const { booth, id } = await atCheckout();
    await booth.pay("ada", "p", id, "sandbox_card");
    const paymentId = booth.paymentId("ada", "p");
    booth.card.processes(paymentId);
    expect(await booth.pay("ada", "p2", id, "wallet")).toMatchObject({ value: { isOver: true } });
    booth.card.pays(paymentId);
    await booth.quiet();
    expect(await booth.ending(id)).toBe("sold and paid");
    expect(booth.card.books.get(paymentId)).toMatchObject({ charges: 1 });
    expect(booth.card.netMinor).toBe(0);
    expect(await booth.totals()).toEqual([GRANT - 3 * PRICE, GRANT]);
  });
});
