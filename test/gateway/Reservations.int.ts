/** Reservations over REST, from the first number to the payment, on a real game. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ActsBody } from "../../rpc/http/admin/acts.ts";
import type { AdminPaymentsBody, ProvidersBody } from "../../rpc/http/payment.ts";
import type { PaidAnswer, ReservationAnswer, TicketsBody } from "../../rpc/http/reservation.ts";
import type { RaffleBody } from "../../rpc/raffleBody.ts";
import { openRaffleDesk, type RaffleDesk } from "./support/RaffleDesk.ts";
import { ScriptedCard } from "./support/ScriptedCard.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const PATH = "/api/v1/reservations";
const PRICE = 250;

const card = new ScriptedCard();
let desk: RaffleDesk;
beforeAll(async () => {
  desk = await openRaffleDesk([card]);
});
afterAll(() => desk.close());

let raffles = 0;
let raffleId: string;
let ann: string;
let ben: string;
/** A raffle and two players of its own for each test. */
beforeEach(async () => {
  raffleId = `r${(raffles += 1)}`;
  await desk.raffle(raffleId);
  ann = await desk.player(`ann${raffles}`);
  ben = await desk.player(`ben${raffles}`);
});

const reserve = (
  token: string,
  numbers: ReadonlyArray<number | string>,
  options: { readonly key?: string; readonly raffle?: string } = {},
) =>
  desk.call<ReservationAnswer>("POST", PATH, {
    token,
    body: { raffle_id: options.raffle ?? raffleId, number_ids: numbers.map(String) },
    ...(options.key === undefined ? {} : { key: options.key }),
  });
const act = <Body = ReservationAnswer>(
  token: string,
  id: string,
  name: string,
  options: { readonly key?: string; readonly body?: unknown } = {},
) => desk.call<Body>("POST", `${PATH}/${id}/${name}`, { token, ...options });
/** A reservation at the checkout. */
const checkedOut = async (token: string, numbers: ReadonlyArray<number>) => {
  const { id } = (await reserve(token, numbers)).body.reservation;
  await act(token, id, "move-to-checkout");
  return id;
};
const pay = (
  token: string,
  id: string,
  provider: string,
  options: { readonly key?: string; readonly return_url?: string } = {},
) => {
  const { key = "pay", return_url } = options;
  return act<PaidAnswer>(token, id, "pay", { key, body: { provider, return_url } });
};
const counts = async () => {
  const { body } = await desk.call<RaffleBody>("GET", `/api/v1/raffles/${raffleId}`);
  return { reserved: body.reserved_count, sold: body.sold_count };
};

describe("reserving", () => {
  test("takes all of the numbers or none, and names the taken ones", async () => {
    const made = await reserve(ann, [3, 1]);
    expect(made).toMatchObject({
      status: 201,
      body: {
        reservation: {
          raffle_id: raffleId,
          phase: "selection",
          numbers: [
            { id: "1", number: 1 },
            { id: "3", number: 3 },
          ],
          total_amount: 2 * PRICE,
          payment: null,
        },
      },
    });
    const { expires_at } = made.body.reservation;
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(590_000);
    expect(await reserve(ben, [2, 3, 1])).toMatchObject({
      status: 409,
      body: { code: "number_taken", numbers: [1, 3] },
    });
    expect(await counts()).toEqual({ reserved: 2, sold: 0 });
    expect(await reserve(ann, [5])).toMatchObject({
      status: 409,
      body: { code: "reservation_exists", reservation_id: made.body.reservation.id },
    });
    expect(await reserve(ben, [20])).toMatchObject({
      status: 422,
      body: { code: "unknown_number", numbers: [20] },
    });
    expect((await reserve(ben, [1], { raffle: "nowhere" })).status).toBe(404);
  });

  test("with a key is done once, without one each time anew", async () => {
    const first = await reserve(ann, [1], { key: "k" });
    const again = await reserve(ann, [1], { key: "k" });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await reserve(ann, [2], { key: "k" })).toMatchObject({
      status: 422,
      body: { code: "idempotency_key_reused" },
    });
    expect((await reserve(ann, [1])).status).toBe(409);
  });

  test.each([[[]], [["one"]], [["01"]], [["-1"]], [Array.from({ length: 11 }, (_, i) => i)]])(
    "is refused for the numbers %j",
    async (numbers) => {
      expect(await reserve(ann, numbers)).toMatchObject({
        status: 400,
        body: { code: "validation_failed" },
      });
    },
  );

  test("wants a token", async () => {
    const body = { raffle_id: raffleId, number_ids: ["1"] };
    expect((await desk.call("POST", PATH, { body })).status).toBe(401);
  });
});

describe("a reservation", () => {
  test("gains and loses numbers in selection, and none at the checkout", async () => {
    const { id } = (await reserve(ann, [1])).body.reservation;
    const numbers = async (name: string, number_id: string) => {
      const { body, status } = await act(ann, id, name, { body: { number_id } });
      expect(status).toBe(200);
      const { reservation } = body;
      expect(reservation.total_amount).toBe(reservation.numbers.length * PRICE);
      return reservation.numbers.map(({ number }) => number);
    };
    expect(await numbers("add-number", "7")).toEqual([1, 7]);
    expect(await numbers("remove-number", "1")).toEqual([7]);
    expect(await act(ann, id, "remove-number", { body: { number_id: "7" } })).toMatchObject({
      status: 422,
      body: { code: "last_number" },
    });
    expect(await act(ann, id, "add-number", { body: { number_id: "07" } })).toMatchObject({
      status: 400,
    });
    expect((await act(ann, id, "move-to-checkout")).body.reservation.phase).toBe("checkout");
    expect(await act(ann, id, "add-number", { body: { number_id: "2" } })).toMatchObject({
      status: 409,
      body: { code: "not_in_selection" },
    });
  });

  test("is its player's alone", async () => {
    const { id } = (await reserve(ann, [1])).body.reservation;
    const denied = { status: 403, body: { code: "forbidden" } };
    expect(await act(ben, id, "add-number", { body: { number_id: "2" } })).toMatchObject(denied);
    expect(await act(ben, id, "move-to-checkout")).toMatchObject(denied);
    expect(await act(ben, id, "cancel")).toMatchObject(denied);
    expect(await pay(ben, id, "wallet")).toMatchObject(denied);
    expect(await desk.call("GET", `${PATH}/${id}`, { token: ben })).toMatchObject(denied);
    expect((await desk.call("GET", `${PATH}/${id}`, { token: ann })).body).toMatchObject({
      reservation: { id, phase: "selection" },
    });
    for (const unknown of [`${raffleId}.nothing`, "nowhere.x", "x"])
      expect((await desk.call("GET", `${PATH}/${unknown}`, { token: ann })).status).toBe(404);
  });

  test("that is cancelled frees its numbers", async () => {
    const id = await checkedOut(ann, [1, 2]);
    expect(await act(ann, id, "cancel", { key: "c" })).toMatchObject({
      status: 200,
      body: { reservation: { id, phase: "cancelled" } },
    });
    expect((await act(ann, id, "cancel", { key: "c" })).status).toBe(200);
    expect(await counts()).toEqual({ reserved: 0, sold: 0 });
    expect(await pay(ann, id, "wallet")).toMatchObject({
      status: 409,
      body: { code: "reservation_closed", phase: "cancelled" },
    });
  });
});

describe("paying", () => {
  test("by wallet answers 200 when the numbers are sold, and the same again", async () => {
    const id = await checkedOut(ann, [1, 2]);
    const paid = await pay(ann, id, "wallet");
    expect(paid).toMatchObject({
      status: 200,
      body: {
        reservation: { id, phase: "sold", total_amount: 2 * PRICE },
        payment: { provider: "wallet", status: "succeeded", amount: 2 * PRICE, next_step: null },
      },
    });
    const again = await pay(ann, id, "wallet");
    expect(again).toMatchObject({ status: 200, body: paid.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await pay(ann, id, "sandbox_card")).toMatchObject({
      status: 422,
      body: { code: "idempotency_key_reused" },
    });
    expect(await counts()).toEqual({ reserved: 0, sold: 2 });
    const { total } = await desk.house.wallet(`ann${raffles}`);
    expect(total).toBe(100_000 - 2 * PRICE);
  });

  test("by card answers 202 with the next step, and the same again", async () => {
    const id = await checkedOut(ann, [4]);
    const paid = await pay(ann, id, "sandbox_card");
    expect(paid).toMatchObject({
      status: 202,
      body: {
        reservation: { id, phase: "checkout" },
        payment: {
          provider: "sandbox_card",
          status: "pending",
          next_step: { kind: "redirect", url: expect.stringMatching(/^https:\/\/card.example\//) },
        },
      },
    });
    const again = await pay(ann, id, "sandbox_card");
    expect(again).toMatchObject({ status: 202, body: paid.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(card.orders.at(-1)).toMatchObject({ reservationId: id, raffleId, amountMinor: PRICE });
    expect(await counts()).toEqual({ reserved: 1, sold: 0 });
  });

  test("that is declined says why, and the reservation waits for another payment", async () => {
    const id = await checkedOut(ann, [5]);
    card.next = "failed";
    expect(await pay(ann, id, "sandbox_card")).toMatchObject({
      status: 422,
      body: { code: "payment_declined", reason: "card_declined" },
    });
    card.next = "pending";
    expect((await pay(ann, id, "wallet", { key: "other" })).status).toBe(200);
  });

  test("wants a key, a checkout and a provider", async () => {
    const { id } = (await reserve(ann, [1])).body.reservation;
    expect(await act(ann, id, "pay", { body: { provider: "wallet" } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "x-idempotency-key" }] },
    });
    expect(await pay(ann, id, "cash")).toMatchObject({ status: 400 });
    expect(await pay(ann, id, "wallet")).toMatchObject({
      status: 409,
      body: { code: "not_in_checkout" },
    });
  });

  test("is the same payment whatever the gateway that is asked is called", async () => {
    const id = await checkedOut(ann, [1]);
    const first = await pay(ann, id, "sandbox_card");
    const elsewhere = desk.server.url.replace("127.0.0.1", "localhost");
    expect(elsewhere).not.toBe(desk.server.url);
    const again = await fetch(`${elsewhere}${PATH}/${id}/pay`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${ann}`,
        "content-type": "application/json",
        "x-idempotency-key": "pay",
      },
      body: JSON.stringify({ provider: "sandbox_card" }),
    });
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual(first.body);
  });

  describe("leads back", () => {
    const cases: ReadonlyArray<readonly [asked: string | undefined, leads: string | number]> = [
      [undefined, "own/#/checkout/reservation"],
      ["/#/tickets", "own/#/tickets"],
      ["http://localhost:5173/back?x=1", "http://localhost:5173/back?x=1"],
      ["https://evil.example/", 400],
      ["//evil.example/", 400],
      ["javascript:alert(1)", 400],
      ["http://[broken", 400],
    ];
    test.each(cases)("from %s to %s", async (asked, leads) => {
      const id = await checkedOut(ann, [1]);
      const paid = await pay(ann, id, "sandbox_card", {
        ...(asked === undefined ? {} : { return_url: asked }),
      });
      if (leads === 400) {
        expect(paid).toMatchObject({ status: 400, body: { errors: [{ path: "return_url" }] } });
        return;
      }
      expect(paid.status).toBe(202);
      expect(card.orders.at(-1)?.returnUrl).toBe(
        String(leads).replace("own", desk.server.url).replace("reservation", id),
      );
    });
  });
});

describe("payment providers", () => {
  const switchTo = (name: string, enabled: boolean, token = desk.admin) =>
    desk.call("PUT", `/api/v1/payment-providers/${name}`, { token, body: { enabled } });

  test("are switched by the administrator; what was begun goes on", async () => {
    const id = await checkedOut(ann, [1]);
    expect((await pay(ann, id, "sandbox_card")).status).toBe(202);
    expect(await switchTo("sandbox_card", false)).toMatchObject({
      status: 200,
      body: { name: "sandbox_card", enabled: false, available: false },
    });
    const { body } = await desk.call<ProvidersBody>("GET", "/api/v1/payment-providers");
    expect(body.providers.map(({ available, name }) => [name, available])).toEqual([
      ["wallet", true],
      ["sandbox_card", false],
      ["stripe", false],
    ]);
    const refused = await pay(ben, await checkedOut(ben, [2]), "sandbox_card");
    expect(refused).toMatchObject({ status: 503, body: { code: "provider_unavailable" } });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await pay(ann, id, "sandbox_card")).status).toBe(202);
    expect((await switchTo("sandbox_card", true)).body).toMatchObject({ available: true });
    expect((await switchTo("wallet", false, ann)).status).toBe(403);
    expect((await switchTo("cash", true)).status).toBe(400);
    expect(await switchTo("stripe", true)).toMatchObject({
      status: 409,
      body: { code: "provider_not_configured" },
    });
    const acts = await desk.call<ActsBody>("GET", "/admin/acts?act=switch_provider", {
      token: desk.admin,
    });
    expect(
      acts.body.acts.map(({ code, details, target }) => [target.provider, details, code]),
    ).toEqual([
      ["stripe", { enabled: true }, "provider_not_configured"],
      ["sandbox_card", { enabled: true }, null],
      ["sandbox_card", { enabled: false }, null],
    ]);
  });
});

describe("a refund that the provider refuses", () => {
  const resolve = (paymentId: string, key: string, body: object, token = desk.admin) =>
    desk.call("POST", `/admin/payments/${paymentId}/resolve-refund`, { token, key, body });
  const list = async (status: string) => {
    const path = `/admin/payments?raffle_id=${raffleId}&status=${status}`;
    return (await desk.call<AdminPaymentsBody>("GET", path, { token: desk.admin })).body.payments;
  };
  const TO_WALLET = { remedy: "wallet", reason: "Her card is closed." };

  test("is listed, and ends by what an administrator decides, once and on record", async () => {
    const id = await checkedOut(ann, [1]);
    card.next = "succeeded";
    card.refunds = "failed";
    try {
      expect((await pay(ann, id, "sandbox_card")).status).toBe(200);
      const cancel = { token: desk.admin, body: { reason: "Rained off." } };
      await desk.call("POST", `/api/v1/raffles/${raffleId}/cancel`, cancel);
      await expect.poll(() => list("refund_refused"), { timeout: PATIENCE_MS }).toHaveLength(1);
    } finally {
      Object.assign(card, { next: "pending", refunds: "succeeded" });
    }
    const [stuck] = await list("refund_refused");
    const paymentId = stuck?.id ?? "";
    expect(stuck).toMatchObject({ reservation_id: id, failure_code: "refund_failed" });
    expect((await resolve(paymentId, "k", TO_WALLET, ann)).status).toBe(403);
    expect((await resolve(paymentId, "k", { remedy: "wallet" })).status).toBe(400);
    expect((await resolve("p_none", "k", TO_WALLET)).status).toBe(404);
    const resolved = await resolve(paymentId, `${raffleId}-k`, TO_WALLET);
    expect(resolved).toMatchObject({ status: 200, body: { id: paymentId, status: "refunding" } });
    await expect.poll(() => list("refunded"), { timeout: PATIENCE_MS }).toHaveLength(1);
    expect((await resolve(paymentId, `${raffleId}-k`, TO_WALLET)).body).toEqual(resolved.body);
    expect(await resolve(paymentId, `${raffleId}-l`, TO_WALLET)).toMatchObject({
      status: 409,
      body: { code: "refund_not_refused" },
    });
    const acts = await desk.call<ActsBody>("GET", "/admin/acts?act=resolve_refund&limit=3", {
      token: desk.admin,
    });
    expect(acts.body.acts).toMatchObject([
      { target: { payment_id: paymentId }, outcome: "refused", code: "refund_not_refused" },
      { outcome: "done", replayed: true },
      { outcome: "done", details: { remedy: "wallet" }, reason: TO_WALLET.reason },
    ]);
  });
});

describe("lists", () => {
  test("of a player's reservations tell what has become of each", async () => {
    const sold = await checkedOut(ann, [1]);
    await pay(ann, sold, "wallet");
    const live = (await reserve(ann, [2])).body.reservation.id;
    const list = async (query = "") =>
      (await desk.call<TicketsBody>("GET", PATH + query, { token: ann })).body.reservations.map(
        ({ id, phase }) => [id, phase],
      );
    expect(await list()).toEqual([
      [live, "selection"],
      [sold, "sold"],
    ]);
    expect(await list("?phase=live")).toEqual([[live, "selection"]]);
    expect(await list("?phase=sold")).toEqual([[sold, "sold"]]);
    expect(await list(`?raffle_id=${raffleId}&limit=1`)).toEqual([[live, "selection"]]);
    expect(await list("?raffle_id=other")).toEqual([]);
    expect((await desk.call("GET", `${PATH}?phase=over`, { token: ann })).status).toBe(400);
  });

  test("of payments are the administrator's, by whatever he looks for", async () => {
    const id = await checkedOut(ann, [1]);
    await pay(ann, id, "wallet");
    const path = `/admin/payments?raffle_id=${raffleId}&provider=wallet&status=succeeded`;
    const { body } = await desk.call<AdminPaymentsBody>("GET", path, { token: desk.admin });
    expect(body.payments).toMatchObject([
      { reservation_id: id, player_id: `ann${raffles}`, provider: "wallet", amount: PRICE },
    ]);
    expect((await desk.call("GET", path, { token: ann })).status).toBe(403);
    const none = await desk.call<AdminPaymentsBody>("GET", path.replace("wallet", "stripe"), {
      token: desk.admin,
    });
    expect(none.body.payments).toEqual([]);
  });
});

test("what came of it is counted", async () => {
  await reserve(ann, [1]);
  await reserve(ben, [1]);
  const text = await desk.server.metrics();
  expect(text).toMatch(/^croupier_reservations_total\{act="reserve",outcome="number_taken"\} \d/m);
  expect(text).toMatch(/^croupier_payments_total\{provider="wallet",status="succeeded"\} \d/m);
  expect(text).toMatch(/^croupier_payments_total\{provider="sandbox_card",status="pending"\} \d/m);
});
