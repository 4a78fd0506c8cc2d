/**
 * kill -9 between any two steps of what is done about a reservation: at its first commit, at the second, and so on, before
 * the store had it and after. Whatever the moment: both entities, the ledger and the provider's books agree at once, the
 * client that asks again gets one answer for ever, and without it the reservation still comes to one of its three endings.
 */
import { describe, expect, it } from "vitest";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import type { ReservationId } from "../../../rpc/id.ts";
import { dyingEverywhere } from "../../support/Life.ts";
import { Booth, CHECKOUT_MS, type Ending, GRANT, PRICE } from "./Booth.ts";
import { orders, play, type Turn } from "./Story.ts";

/** Some hundred stories, a few milliseconds each. */
const TIMEOUT_MS = 120_000;

const SOLD = "sold and paid";
const FREE = "not sold and not charged";
const REFUNDED = "not sold and refunded";

interface Setting {
  readonly turn: Turn;
  readonly first: ReadonlyArray<Turn>;
  /** The endings that there are among all the orders and deaths. */
  readonly endings: ReadonlyArray<Ending>;
}

const SETTINGS: ReadonlyArray<Setting> = [
  { turn: "cancels", first: [], endings: [FREE, REFUNDED, SOLD] },
  { turn: "raffle cancelled", first: [], endings: [FREE, REFUNDED] },
  { turn: "another takes one", first: ["is being processed"], endings: [REFUNDED, SOLD] },
  { turn: "pays by wallet", first: [], endings: [FREE, SOLD] },
];

describe("a process that dies in any order of payment, webhook and deadline", () => {
  it.each(SETTINGS)(
    "and when someone $turn, loses neither money nor numbers",
    { timeout: TIMEOUT_MS },
    async ({ endings, first, turn }) => {
      const seen = new Set<Ending>();
      let deaths = 0;
      const told = orders(["pays", "webhooks", "deadline", turn]);
      const untold = orders(["pays", "deadline", turn]);
      for (const order of [...told, ...untold]) {
        deaths += await dyingEverywhere(async (death) => {
          const story = await play([...first, ...order], { death });
          seen.add(story.ending);
          return story;
        });
      }
      // Before the reservation begins its payment, and at each of its steps.
      expect(deaths).toBeGreaterThanOrEqual((told.length + untold.length) * 12);
      expect([...seen]).toEqual(expect.arrayContaining([...endings]));
    },
  );
});

interface Act {
  readonly name: string;
  /** Done before, without dying. */
  readonly before: (booth: Booth, id: ReservationId) => Promise<unknown>;
  readonly act: (booth: Booth, id: ReservationId) => Promise<object | undefined>;
  readonly ends: Ending;
  /** What is ada's in the end. */
  readonly total: number;
  /** Commits that it takes at least, each of them lost or written. */
  readonly commits: number;
}

const payBy =
  (provider: "wallet" | "sandbox_card") =>
  (booth: Booth, id: ReservationId): Promise<object | undefined> =>
    booth.pay("ada", "p", id, provider);
const cancel = (booth: Booth, id: ReservationId) => booth.cancel("ada", "x", id);
const nothing = () => Promise.resolve();

const ACTS: ReadonlyArray<Act> = [
  {
    name: "paid for out of the wallet",
    before: nothing,
    act: payBy("wallet"),
    ends: "sold and paid",
    total: GRANT - 2 * PRICE,
    // The key, Pay, Hold, authorized, Settle, succeeded, Sell, sold.
    commits: 8,
  },
  {
    name: "begun to be paid for by card",
    before: nothing,
    act: payBy("sandbox_card"),
    ends: "not sold and not charged",
    total: GRANT,
    // The key, Pay, placed.
    commits: 3,
  },
  {
    name: "cancelled while a payment is open",
    before: payBy("sandbox_card"),
    act: cancel,
    ends: "not sold and not charged",
    total: GRANT,
    // Cancel, Free, and the reservation hears of it.
    commits: 3,
  },
];

const ready = async () => {
  const booth = await Booth.open();
  const id = booth.reservationId("ada", "r");
  await booth.reserve("ada", "r", [1, 2]);
  await booth.checkOut("ada", "c", id);
  return { booth, id };
};

describe.each(ACTS)("a process that dies while a reservation is $name", (one) => {
  it("gives one answer for ever to the client that asks again", async () => {
    const deaths = await dyingEverywhere(async (death) => {
      const { booth, id } = await ready();
      await one.before(booth, id);
      booth.dieAt(death);
      const first = await one.act(booth, id);
      await booth.pass(100);
      const died = booth.goOn();
      await booth.expectSound();
      const again = await one.act(booth, id);
      expect(again).toMatchObject({ ok: true });
      if (first !== undefined) expect(again).toEqual({ ...first, replayed: true });
      await booth.expectSound();
      await booth.skip(CHECKOUT_MS);
      await booth.quiet();
      expect(await one.act(booth, id)).toEqual({ ...again, replayed: true });
      expect(await booth.ending(id)).toBe(one.ends);
      expect((await booth.totals())[0]).toBe(one.total);
      return { died };
    });
    expect(deaths).toBeGreaterThanOrEqual(2 * one.commits);
  });

  it("comes to an end without the client", async () => {
    await dyingEverywhere(async (death) => {
      const { booth, id } = await ready();
      await one.before(booth, id);
      booth.dieAt(death);
      await one.act(booth, id);
      await booth.pass(100);
      const died = booth.goOn();
      await booth.expectSound();
      await booth.skip(Math.max(CHECKOUT_MS, CHECK_HOLD_AFTER_MS));
      await booth.quiet();
      const ending = await booth.ending(id);
      const [ada = 0] = await booth.totals();
      expect(ada).toBe(ending === "sold and paid" ? GRANT - 2 * PRICE : GRANT);
      return { died };
    });
  });
});

describe("a process that dies while money goes back", () => {
  it.each(["wallet", "sandbox_card"] as const)(
    "to a %s from a raffle that was cancelled, gives it back once",
    async (provider) => {
      const deaths = await dyingEverywhere(async (death) => {
        const { booth, id } = await ready();
        await booth.pay("ada", "p", id, provider);
        booth.card.pays(booth.paymentId("ada", "p"));
        for (const event of booth.card.events) await booth.hear(event);
        booth.dieAt(death);
        await booth.house("Cancel");
        await booth.pass(100);
        const died = booth.goOn();
        await booth.expectSound();
        await booth.quiet();
        const isCancelled = (await booth.raffleState()).about?.status === "cancelled";
        expect(await booth.ending(id)).toBe(
          isCancelled ? "not sold and refunded" : "sold and paid",
        );
        expect((await booth.totals())[0]).toBe(
          isCancelled || provider === "sandbox_card" ? GRANT : GRANT - 2 * PRICE,
        );
        return { died };
      });
      // Cancel, ReturnSales, Refund, the refund itself, and both hear of it.
      expect(deaths).toBeGreaterThanOrEqual(2 * 4);
    },
  );
});
