/** A refund that the provider refuses comes to rest, is seen, and ends by what the house decides. Nothing is lost meanwhile. */
import { describe, expect, it } from "vitest";
import { MAX_REFUND_REFUSALS } from "../../../entities/reservation/decider.ts";
import { CommandId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import type { RefundRemedy } from "../../../rpc/payment.ts";
import { MAX_BALANCE_MINOR, Wallet } from "../../../rpc/wallet.ts";
import { Booth, CHECKOUT_MS, GRANT, PRICE } from "./Booth.ts";
import type { Fault } from "./ScriptedProvider.ts";

const PAID_MINOR = 2 * PRICE;
const CLEARING = "provider:sandbox_card:clearing";
const A_MONTH_MS = 30 * 86_400_000;

/** Ada has paid by card for what nobody can have any more; giving it back goes as `faults` say. */
const refused = async (faults: ReadonlyArray<Fault>) => {
  const booth = await Booth.open();
  const id = booth.reservationId("ada", "r");
  const payment = booth.paymentId("ada", "p");
  await booth.reserve("ada", "r", [1, 2]);
  await booth.checkOut("ada", "c", id);
  await booth.pay("ada", "p", id, "sandbox_card");
  booth.card.faults.set("refund", [...faults]);
  booth.card.pays(payment);
  await booth.house("Cancel");
  await booth.skip(CHECKOUT_MS);
  await booth.quiet();
  const standing = async () => (await booth.state(id)).payments.at(-1);
  return { booth, id, payment, standing };
};
const refundsAsked = ({ card }: Booth) => card.calls.filter((call) => call === "refund").length;

describe("a refund that the provider refuses", () => {
  it("comes to rest when it has failed: the money is here, and nobody is asked any more", async () => {
    const { booth, id, payment, standing } = await refused(["failed"]);
    expect(await standing()).toMatchObject({ status: "refund_refused", refusal: "refund_failed" });
    expect(booth.account(`reservation:${id}`)).toBe(PAID_MINOR);
    expect(booth.journal.tables.get("payment")?.get(payment)).toMatchObject({
      status: "refund_refused",
      failure_code: "refund_failed",
    });
    const asked = refundsAsked(booth);
    booth.restart();
    await booth.skip(A_MONTH_MS);
    expect(refundsAsked(booth)).toBe(asked);
    expect(await booth.get("ada", id)).toMatchObject({
      value: { payment: { status: "refund_refused", failure: null } },
    });
    await booth.expectSound();
  });

  it("is asked for some more times when it was not even tried, and rests then", async () => {
    const always = Array.from({ length: 100 }, () => "refused" as const);
    const { booth, standing } = await refused(always);
    expect(await standing()).toMatchObject({ status: "refund_refused", refusal: "refused" });
    expect(refundsAsked(booth)).toBe(MAX_REFUND_REFUSALS);
    await booth.expectSound();
  });

  it("succeeds by itself when the refusals pass, and is tried for ever where there is no answer", async () => {
    const some = [...Array.from({ length: 3 }, () => "refused" as const)];
    const none = Array.from({ length: 6 }, () => "away" as const);
    const { booth, id, standing } = await refused([...some, ...none]);
    expect(await standing()).toMatchObject({ status: "refunded" });
    expect(await booth.ending(id)).toBe("not sold and refunded");
  });
});

describe("what the house decides", () => {
  it("has it asked for once more: a refund of its own, not the answer of the one before", async () => {
    const { booth, id, payment } = await refused(["failed"]);
    expect(await booth.resolve("k", payment, "retry")).toMatchObject({
      ok: true,
      value: { status: "refunding" },
    });
    await booth.quiet();
    expect(await booth.ending(id)).toBe("not sold and refunded");
    expect([...(booth.card.books.get(payment)?.refunds ?? [])]).toEqual([`refund:${payment}:1`]);
  });

  it("may be refused again, and decided again", async () => {
    const { booth, id, payment, standing } = await refused(["failed", "failed", "failed"]);
    for (const key of ["a", "b"]) {
      await booth.resolve(key, payment, "retry");
      await booth.quiet();
      expect(await standing()).toMatchObject({ status: "refund_refused" });
    }
    await booth.resolve("c", payment, "retry");
    await booth.quiet();
    expect(await booth.ending(id)).toBe("not sold and refunded");
  });

  it("pays it into the player's wallet: the provider keeps what it has taken", async () => {
    const { booth, id, payment, standing } = await refused(["failed"]);
    await booth.resolve("k", payment, "wallet");
    await booth.quiet();
    expect(await standing()).toMatchObject({ status: "refunded" });
    expect(await booth.totals()).toEqual([GRANT + PAID_MINOR, GRANT]);
    expect(booth.account(`reservation:${id}`)).toBe(0);
    expect(booth.account(CLEARING)).toBe(-PAID_MINOR);
    await booth.expectSound();
    // The provider's late word about its own attempt moves nothing any more.
    booth.card.sendsBack(payment);
    for (const status of ["refunded", "refund_failed"] as const)
      await booth.hear({
        eventId: status,
        reservationId: id,
        paymentId: payment,
        ref: "ref",
        status,
        failure: null,
      });
    expect(await standing()).toMatchObject({ status: "refunded" });
    expect(booth.account(`reservation:${id}`)).toBe(0);
  });

  it("pays it into a wallet that is full: the house keeps it for them", async () => {
    const { booth, id, payment, standing } = await refused(["failed"]);
    const room = MAX_BALANCE_MINOR - GRANT;
    await booth.ask(Wallet, "Adjust", {
      entityId: booth.players[0]!,
      commandId: CommandId.make("fill"),
      amountMinor: room,
      reason: "full",
    });
    await booth.resolve("k", payment, "wallet");
    await booth.quiet();
    expect(await standing()).toMatchObject({ status: "refunded" });
    expect(booth.account("house:unclaimed")).toBe(PAID_MINOR);
    expect(booth.account(`reservation:${id}`)).toBe(0);
    await booth.expectSound();
  });

  it("was done by hand at the provider: the books follow", async () => {
    const { booth, id, payment, standing } = await refused(["failed"]);
    booth.card.refundsByHand(payment);
    await booth.resolve("k", payment, "by_hand");
    expect(await standing()).toMatchObject({ status: "refunded", isDue: false });
    expect(booth.account(`reservation:${id}`)).toBe(0);
    expect(booth.account(CLEARING)).toBe(0);
    await booth.expectSound();
    // That a refund of before has failed is known by now.
    booth.card.sendsBack(payment);
    for (const event of booth.card.events) await booth.hear(event);
    expect(await standing()).toMatchObject({ status: "refunded" });
  });

  it("is said once: the same key answers the same, another comes too late, another order is refused", async () => {
    const { booth, payment } = await refused(["failed"]);
    const first = await booth.resolve("k", payment, "wallet");
    await booth.quiet();
    expect(await booth.resolve("k", payment, "wallet")).toEqual({ ...first, replayed: true });
    expect(await booth.resolve("k", payment, "retry")).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    expect(await booth.resolve("other", payment, "wallet")).toMatchObject({
      error: { _tag: "RefundNotRefused" },
    });
    expect(await booth.totals()).toEqual([GRANT + PAID_MINOR, GRANT]);
    expect(await booth.resolve("x", booth.paymentId("ada", "none"), "retry")).toMatchObject({
      error: { _tag: "PaymentNotFound" },
    });
  });

  it.each<RefundRemedy>(["retry", "wallet"])(
    "is done once by %s, wherever the process dies on the way",
    async (remedy) => {
      for (const written of [true, false])
        for (let commit = 1; commit <= 4; commit++) {
          const { booth, id, payment, standing } = await refused(["failed"]);
          booth.dieAt({ commit, written });
          await booth.resolve("k", payment, remedy);
          await booth.quiet();
          booth.goOn();
          await booth.resolve("k", payment, remedy);
          await booth.quiet();
          expect(await standing()).toMatchObject({ status: "refunded" });
          expect(booth.account(`reservation:${id}`)).toBe(0);
          const inWallet = remedy === "wallet" ? PAID_MINOR : 0;
          expect(await booth.totals()).toEqual([GRANT + inWallet, GRANT]);
          expect(booth.card.netMinor).toBe(inWallet);
          await booth.expectSound();
        }
    },
  );
});

describe("a refund that was confirmed and comes back to the provider", () => {
  const sentBack = async () => {
    const given = await refused([]);
    const { booth, payment, standing } = given;
    expect(await standing()).toMatchObject({ status: "refunded" });
    expect(booth.card.sendsBack(payment)).toBe(true);
    const [event] = booth.card.events.slice(-1);
    return { ...given, event: event! };
  };

  it("is here again, and waits for the house", async () => {
    const { booth, event, id, payment, standing } = await sentBack();
    expect(await booth.hear(event)).toMatchObject({ value: { isNews: true } });
    await booth.quiet();
    expect(await standing()).toMatchObject({ status: "refund_refused" });
    expect(booth.account(`reservation:${id}`)).toBe(PAID_MINOR);
    expect(booth.account(CLEARING)).toBe(-PAID_MINOR);
    await booth.expectSound();
    await booth.resolve("k", payment, "retry");
    await booth.quiet();
    expect(await booth.ending(id)).toBe("not sold and refunded");
    // The webhook of the first one once more, late: asking shows that the money is back.
    await booth.hear({ ...event, eventId: "again" });
    await booth.quiet();
    expect(await booth.ending(id)).toBe("not sold and refunded");
  });

  it("is no news where the house never had the money, or has it no more", async () => {
    const booth = await Booth.open();
    const id = booth.reservationId("ada", "r");
    const paymentId = booth.paymentId("ada", "p");
    await booth.reserve("ada", "r", [1]);
    await booth.checkOut("ada", "c", id);
    await booth.pay("ada", "p", id, "sandbox_card");
    const news = { reservationId: id, paymentId, ref: "ref", failure: null } as const;
    expect(await booth.hear({ ...news, eventId: "1", status: "refund_failed" })).toMatchObject({
      value: { isNews: false },
    });
    // Given back at the provider before anything was heard of it.
    await booth.hear({ ...news, eventId: "2", status: "refunded" });
    expect(await booth.hear({ ...news, eventId: "3", status: "refund_failed" })).toMatchObject({
      value: { isNews: false },
    });
    expect(booth.account(`reservation:${id}`)).toBe(0);
    await booth.expectSound();
  });
});

it("a refund that takes days is looked at ever more seldom", async () => {
  const booth = await Booth.open();
  const id = booth.reservationId("ada", "r");
  const payment = booth.paymentId("ada", "p");
  await booth.reserve("ada", "r", [1, 2]);
  await booth.checkOut("ada", "c", id);
  await booth.pay("ada", "p", id, "sandbox_card");
  booth.card.slowRefunds = true;
  booth.card.pays(payment);
  await booth.house("Cancel");
  const A_DAY_MS = 86_400_000;
  for (let at = 0; at < A_DAY_MS; at += 60_000) await booth.skip(60_000 - 1_100);
  const entries = booth.journal.entriesOf({ kind: "reservation", entityId: id }).length;
  expect(entries).toBeGreaterThan(20);
  expect(entries).toBeLessThan(120);
  booth.card.slowRefunds = false;
  await booth.quiet();
  expect(await booth.ending(id)).toBe("not sold and refunded");
  expect(minor(booth.card.netMinor)).toBe(0);
});
