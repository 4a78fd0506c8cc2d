/**
 * One way that things may happen around a payment by card: ada has begun to pay for two numbers, and then the customer at the
 * provider, the webhooks, the clock, the house and another player have their turns, in the order that a test gives. The
 * process may die at any commit in between. After each turn everything must be sound, and at the end it must have come to
 * the one of the three endings that this order leads to.
 */
import { expect } from "vitest";
import type { Death } from "../../support/Life.ts";
import { Booth, CHECKOUT_MS, type Ending, GRANT, PRICE } from "./Booth.ts";

export type Turn =
  /** The customer pays on the provider's page, if it still takes it. */
  | "pays"
  /** The first card is declined; the page may be tried again. */
  | "is declined"
  /** The payment can neither be declined nor cancelled any more; it will succeed. */
  | "is being processed"
  /** All webhooks so far arrive. */
  | "webhooks"
  /** They arrive once more, the last first. */
  | "webhooks again"
  | "deadline"
  | "cancels"
  | "suspended"
  | "closed"
  | "raffle cancelled"
  /** Another player reserves one of the numbers, and buys it. */
  | "another takes one"
  /** And the same with the wallet: the card's payment is called off. */
  | "pays by wallet"
  /** The bank sends a refund back. */
  | "sent back"
  /** The process is killed, and another begins. */
  | "killed";

interface Options {
  readonly death?: Death;
  /** Called with the booth before anything goes wrong. */
  readonly prepare?: (booth: Booth) => void;
}

export interface Told {
  readonly ending: Ending;
  readonly died: boolean;
}

const PAID_MINOR = 2 * PRICE;
/** A provider refuses no more refunds than this; then the house has seen to all of them. */
const MAX_REFUSALS = 5;

class Story {
  readonly booth: Booth;
  /** What comes before the death is the same as without it, and looked at there. */
  readonly #isDoomed: boolean;
  readonly id;
  readonly payment;
  died = false;
  #cancelled = false;
  #walletPaid = false;
  #wasTaken = false;
  /** What the house has said and been answered to. */
  readonly #house = new Set<Turn>();

  constructor(booth: Booth, isDoomed: boolean) {
    this.booth = booth;
    this.#isDoomed = isDoomed;
    this.id = booth.reservationId("ada", "r");
    this.payment = booth.paymentId("ada", "p");
  }

  async begin(): Promise<void> {
    const { booth, id } = this;
    const ask = () => booth.pay("ada", "p", id, "sandbox_card");
    const first = await ask();
    if (!booth.isDead) return;
    await this.revive();
    const again = await ask();
    if (first !== undefined) expect(again).toEqual({ ...first, replayed: true });
    await this.revive();
  }

  async take(turn: Turn): Promise<void> {
    await this.#do(turn);
    await this.revive();
    if (this.died || !this.#isDoomed) await this.booth.expectSound();
  }

  /** Another process begins if this one has died. */
  async revive(): Promise<boolean> {
    if (!this.booth.isDead) return false;
    this.booth.goOn();
    this.died = true;
    await this.booth.expectSound();
    return true;
  }

  async #do(turn: Turn): Promise<unknown> {
    const { booth, id, payment } = this;
    switch (turn) {
      case "pays":
        return booth.card.pays(payment);
      case "is declined":
        return booth.card.declines(payment);
      case "is being processed":
        return booth.card.processes(payment);
      case "webhooks":
        for (const event of [...booth.card.events]) await booth.hear(event);
        return;
      case "webhooks again":
        for (const event of booth.card.events.toReversed()) await booth.hear(event);
        return;
      case "deadline":
        return booth.skip(CHECKOUT_MS);
      case "cancels": {
        const done = await booth.cancel("ada", "x", id);
        if (done?.ok === true) this.#cancelled = true;
        return;
      }
      case "pays by wallet": {
        const done = await booth.pay("ada", "w", id, "wallet");
        if (done?.ok === true && done.value.isOver) this.#walletPaid = true;
        return;
      }
      case "suspended":
        return this.#rule(turn, "Suspend");
      case "closed":
        return this.#rule(turn, "Close");
      case "raffle cancelled":
        return this.#rule(turn, "Cancel");
      case "another takes one": {
        const taken = await booth.reserve("bob", "b", [2]);
        if (taken?.ok !== true) return;
        this.#wasTaken = true;
        const theirs = booth.reservationId("bob", "b");
        await booth.checkOut("bob", "bc", theirs);
        return booth.pay("bob", "bp", theirs, "wallet");
      }
      case "sent back":
        return booth.card.sendsBack(payment);
      case "killed":
        return booth.restart();
    }
  }

  async #rule(turn: Turn, tag: "Suspend" | "Close" | "Cancel"): Promise<void> {
    const done = await this.booth.house(tag);
    if (done?.ok === true) this.#house.add(turn);
  }

  async end(): Promise<Ending> {
    const { booth, id, payment } = this;
    await booth.skip(CHECKOUT_MS);
    await this.revive();
    // Banks take their time, and no longer than this.
    if (booth.card.books.get(payment)?.isProcessing === true) booth.card.pays(payment);
    booth.card.slowRefunds = false;
    for (let n = 0; n < MAX_REFUSALS; n++) {
      for (const event of [...booth.card.events]) await booth.hear(event);
      do await booth.quiet();
      while (await this.revive());
      await booth.resolve(`retry ${n}`, payment, "retry");
    }
    booth.goOn();
    const ending = await booth.ending(id);
    const isSold = ending === "sold and paid";
    const { boughtBy, payments } = await booth.state(id);
    const charged =
      (booth.card.books.get(payment)?.charges ?? 0) > 0 ||
      payments.some(({ provider, status }) => provider === "wallet" && status === "succeeded");
    const isReturned = this.#house.has("raffle cancelled");
    // Nobody has the numbers against the house's or their own will, and nobody who has paid goes without for no reason.
    if (this.#cancelled || isReturned) expect(isSold).toBe(false);
    const isObstructed = this.#cancelled || this.#wasTaken || this.#house.size > 0;
    if (charged && !isObstructed && !this.died) expect(isSold).toBe(true);
    if (this.#walletPaid && !isReturned && !this.died) expect(isSold).toBe(true);
    const byWallet = isSold && boughtBy !== payment ? PAID_MINOR : 0;
    const [ada] = await booth.totals();
    expect(ada).toBe(GRANT - byWallet);
    return ending;
  }
}

export const play = async (
  turns: ReadonlyArray<Turn>,
  { death, prepare }: Options = {},
): Promise<Told> => {
  const booth = await Booth.open();
  await booth.reserve("ada", "r", [1, 2]);
  await booth.checkOut("ada", "c", booth.reservationId("ada", "r"));
  prepare?.(booth);
  const story = new Story(booth, death !== undefined);
  if (death !== undefined) booth.dieAt(death);
  await story.begin();
  for (const turn of turns) await story.take(turn);
  const ending = await story.end();
  return { ending, died: story.died };
};

/** All orders of some turns, but for webhooks that come before there are any: those never come. */
export const orders = (turns: ReadonlyArray<Turn>): ReadonlyArray<ReadonlyArray<Turn>> =>
  permutations(turns).filter(
    (order) => !order.includes("webhooks") || order.indexOf("pays") < order.indexOf("webhooks"),
  );

const permutations = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length === 0
    ? [[]]
    : all.flatMap((first, i) => permutations(all.toSpliced(i, 1)).map((rest) => [first, ...rest]));
