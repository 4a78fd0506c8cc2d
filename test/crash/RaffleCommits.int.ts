/**
 * The server is killed at every commit that a reservation, its payment, a draw and a refund are made of: once before
 * PostgreSQL gets it, once after it has answered and before the server hears it. Whoever asks again with the same key gets
 * one reservation, one sale, one refund, one payout, and the books are whole.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./deadline.ts";
import { House, type Moment } from "./House.ts";
import { Player, type Request } from "./Player.ts";
import {
  numbersOf,
  onReservation,
  openRaffle,
  reservationOf,
  reserve,
  TICKET_PRICE,
} from "./Raffles.ts";

const GRANT = 100_000;
const NUMBERS = [3, 7];
const PRICE = NUMBERS.length * TICKET_PRICE;
/** Of the revenue, in the server's default. */
const FEE = PRICE / 10;
const MOMENTS: ReadonlyArray<Moment> = ["before", "after"];

let house: House;
let admin: Player;
let raffles = 0;

beforeAll(async () => {
  house = await House.open();
  admin = await Player.admin(house.url);
  await house.oneRace("door", { betting_ms: 3_600_000, racing_ms: 2000, results_ms: 500 });
});

afterAll(async () => {
  expect(await house.close()).toBe(0);
});

const tagged = (tag: string) => `"_tag":"${tag}"`;

/** A raffle of its own, and a player with numbers of it at the checkout. */
const atTheCheckout = async (terms: object = {}) => {
  const raffleId = `crash_${++raffles}`;
  await openRaffle(admin, raffleId, terms);
  const player = await Player.join(house.url, "door");
  const made = await player.ask(reserve("reserve", raffleId, NUMBERS));
  const id = String(reservationOf(made)["id"]);
  await player.ask(onReservation("checkout", id, "move-to-checkout"));
  return { id, player, raffleId, pay: onReservation("pay", id, "pay", { provider: "wallet" }) };
};

/** Sends a request that the kill cuts off, and resolves with the answer that its repetition gets. */
const killedDuring = async (player: Player, request: Request, marker: string, moment: Moment) => {
  let cutOff: Promise<unknown> = Promise.resolve();
  await house.killAt(marker, moment, () => {
    cutOff = player.send(request).catch(() => "nothing was answered");
  });
  expect(await cutOff).toBe("nothing was answered");
  return player.ask(request);
};

const expectClean = async () => {
  expect((await house.audit()).findings).toEqual([]);
};

const expectBalance = async (player: Player, total: number) => {
  await until(
    `a balance of ${total} and nothing held`,
    () => player.wallet(),
    (wallet) => wallet["balance_total"] === total && wallet["balance_locked"] === 0,
  );
};

describe.each(MOMENTS)("killed %s the commit of", (moment) => {
  it("NumbersReserved: reserved once", async () => {
    const raffleId = `crash_${++raffles}`;
    await openRaffle(admin, raffleId);
    const player = await Player.join(house.url, "door");
    const request = reserve("reserve", raffleId, NUMBERS);
    const answer = await killedDuring(player, request, tagged("NumbersReserved"), moment);
    expect(answer).toMatchObject({ status: 201, replayed: moment === "after" });
    expect(await player.ask(request)).toEqual({ ...answer, replayed: true });
    const numbers = await numbersOf(player, raffleId);
    expect(numbers.flatMap((status, n) => (status === "reserved" ? [n] : []))).toEqual(NUMBERS);
    await expectClean();
  });

  it.each([
    "PaymentBegan",
    "MoneyHeld",
    "PaymentAuthorized",
    "HoldSettled",
    "PaymentSucceeded",
    "NumbersSold",
  ])("%s: sold once and paid once", async (tag) => {
    const { id, pay, player, raffleId } = await atTheCheckout();
    const answer = await killedDuring(player, pay, tagged(tag), moment);
    expect(answer).toMatchObject({ status: 200, body: { reservation: { phase: "sold" } } });
    expect(await player.ask(pay)).toEqual({ ...answer, replayed: true });
    const read = await player.get(`/api/v1/reservations/${id}`);
    expect(read).toMatchObject({ reservation: { phase: "sold", total_amount: PRICE } });
    const numbers = await numbersOf(player, raffleId);
    expect(numbers.flatMap((status, n) => (status === "sold" ? [n] : []))).toEqual(NUMBERS);
    await expectBalance(player, GRANT - PRICE);
    await expectClean();
  });

  it.each(["RaffleDrawn", "PayoutMade"])("%s: one draw, one payout", async (tag) => {
    const organiser = await Player.join(house.url, "door");
    const { pay, player, raffleId } = await atTheCheckout({ organiser_id: organiser.id });
    await player.ask(pay);
    const path = `/api/v1/raffles/${raffleId}/draw`;
    const before = await player.get(`/api/v1/raffles/${raffleId}`);
    await house.killAt(tagged(tag), moment, () => {
      admin.send({ method: "POST", path }).catch(() => undefined);
    });
    // Before the commit there was no draw: it is asked for again. After it, it stands.
    const drawn = await admin.ask({ method: "POST", path });
    expect([200, 409]).toContain(drawn.status);
    const draw = await player.get(path);
    expect(draw).toMatchObject({ status: "completed", commitment: before["commitment"] });
    const winners = draw["winners"] as ReadonlyArray<{ readonly number: number }>;
    expect(winners.map(({ number }) => number).toSorted()).toEqual(NUMBERS);
    await expectBalance(organiser, GRANT + PRICE - FEE);
    await expectClean();
  });

  it.each(["RaffleCancelled", "SalesReturned", "PaymentRefunded"])(
    "%s: everyone has the money back, once",
    async (tag) => {
      const { id, pay, player, raffleId } = await atTheCheckout();
      await player.ask(pay);
      const cancel: Request = {
        method: "POST",
        path: `/api/v1/raffles/${raffleId}/cancel`,
        body: { reason: "a test" },
      };
      await house.killAt(tagged(tag), moment, () => {
        admin.send(cancel).catch(() => undefined);
      });
      expect([200, 409]).toContain((await admin.ask(cancel)).status);
      await expectBalance(player, GRANT);
      await until(
        "the reservation to say so",
        () => player.get(`/api/v1/reservations/${id}`),
        (read) => reservationOf({ body: read })["phase"] === "refunded",
      );
      await expectClean();
    },
  );
});
