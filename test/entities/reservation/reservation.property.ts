/**
 * Any sequence of what players, providers, the raffle, wallets and the clock may say to a reservation, against a naive
 * account of the money: what was taken is here, in escrow or given back, and nothing else.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReservationInternal } from "../../../entities/reservation/decider.ts";
import { broken } from "../../../entities/reservation/invariants.ts";
import {
  accountBounds,
  isBuying,
  type Payment,
  refunderOf,
} from "../../../entities/reservation/state.ts";
import type { ReservationPhase } from "../../../rpc/reservation.ts";
import { PaymentStatus, type ProviderName, RefundRemedy } from "../../../rpc/payment.ts";
import { PaymentId } from "../../../rpc/id.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { reservationDesk } from "./desk.ts";

const ID = "spring.r1";
const AMOUNT = 1_000;
const CHECKOUT_MS = 60_000;
const ACCOUNT = `reservation:${ID}`;
const ESCROW = "raffle:spring:escrow";

/** Few of each, so that they meet. */
const player = fc.constantFrom("ada", "ada", "ada", "bob");
const paymentId = fc.constantFrom("p1", "p2", "p3");
const provider = fc.constantFrom<ProviderName>("wallet", "sandbox_card");
const status = fc.constantFrom(
  "pending" as const,
  "succeeded" as const,
  "failed" as const,
  "cancelled" as const,
);
const intent = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ is: fc.constant("pay" as const), player, paymentId, provider }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("cancel" as const), player }) },
  { weight: 6, arbitrary: fc.record({ is: fc.constant("hear" as const), paymentId, status }) },
  { weight: 12, arbitrary: fc.record({ is: fc.constant("step" as const), paymentId, status }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("return" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("resolve" as const),
      paymentId,
      remedy: fc.constantFrom(...RefundRemedy.literals),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("sent back" as const), paymentId }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("reconcile" as const), paymentId }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 5_000, CHECKOUT_MS),
    }),
  },
);
type Intent = typeof intent extends fc.Arbitrary<infer A> ? A : never;

/**
 * What the others know: the provider has taken what has succeeded there, for good; the raffle sells once, to the first who
 * asks while its numbers are free.
 */
class World {
  readonly taken = new Set<string>();
  readonly givenBack = new Set<string>();
  /** Of these, what the provider has given back at the house's wish. */
  readonly atProvider = new Set<string>();
  soldTo: string | undefined;
  isReturned = false;
  /** The raffle sells no more. */
  isClosed = false;
}

class Trial {
  readonly run = new DeciderRun(reservationDesk, ID);
  readonly world = new World();
  readonly ledger = new PaperLedger();
  readonly phases = new Set<ReservationPhase>();
  readonly statuses = new Set<PaymentStatus>();
  at = 1_000_000;
  readonly #expiresAt = this.at + CHECKOUT_MS;
  /** What wallets and the raffle have moved on the reservation's account, in their own journals. */
  #moved = 0;

  do(one: Intent): void {
    const { run, world } = this;
    switch (one.is) {
      case "wait":
        this.at += one.ms;
        run.itself({ _tag: "Wake" }, this.at);
        return;
      case "pay": {
        const { paymentId: id, player: playerId, provider: name } = one;
        const pay = { playerId, paymentId: id, provider: name, returnUrl: "/" };
        const before = run.state;
        const decided = run.command("Pay", { ...pay, checkout: this.#checkout() }, this.at);
        const isOver = before.phase !== "checkout" || this.at >= this.#expiresAt;
        // What is to be paid for is ada's, in every trial.
        const verdict = playerId !== "ada" ? "NotYours" : isOver ? "ReservationClosed" : "ok";
        const isVoided = !decided.ok && decided.rejection._tag === "PaymentDeclined";
        if (!isVoided) expect(decided.ok ? "ok" : decided.rejection._tag).toBe(verdict);
        return;
      }
      case "cancel": {
        const isLate = run.state.payments.some((payment) => isBuying(run.state, payment));
        const isOver = run.state.phase !== "checkout" || this.at >= this.#expiresAt;
        const cancel = { playerId: one.player, checkout: this.#checkout() };
        const decided = run.command("Cancel", cancel, this.at);
        const verdict =
          one.player !== "ada" ? "NotYours" : isOver || isLate ? "ReservationClosed" : "ok";
        expect(decided.ok ? "ok" : decided.rejection._tag).toBe(verdict);
        return;
      }
      case "hear": {
        const payment = this.#payment(one.paymentId);
        if (payment === undefined || payment.provider === "wallet") return;
        const says = this.#truth(payment, one.status);
        run.command(
          "Hear",
          {
            paymentId: payment.paymentId,
            provider: payment.provider,
            ref: "ref",
            status: says === "pending" ? "processing" : says,
            failure: null,
          },
          this.at,
        );
        return;
      }
      case "step": {
        const payment = this.#payment(one.paymentId);
        if (payment?.isDue === true) run.itself(this.#step(payment, one.status), this.at);
        return;
      }
      case "return": {
        if (world.soldTo === undefined || world.isReturned) return;
        Object.assign(world, { isReturned: true, isClosed: true });
        this.#moved += AMOUNT;
        run.command("Refund", { reason: "cancelled" }, this.at);
        return;
      }
      case "resolve": {
        const { paymentId: id, remedy } = one;
        const payment = this.#payment(id);
        const order = { paymentId: id, remedy, reason: "a test" };
        const decided = run.command("ResolveRefund", order, this.at);
        const isRefused = payment?.status === "refund_refused";
        const verdict =
          payment === undefined ? "ReservationNotFound" : isRefused ? "ok" : "RefundNotRefused";
        expect(decided.ok ? "ok" : decided.rejection._tag).toBe(verdict);
        if (isRefused && remedy === "by_hand") world.givenBack.add(id);
        return;
      }
      case "sent back": {
        const payment = this.#payment(one.paymentId);
        if (payment === undefined || !world.atProvider.delete(one.paymentId)) return;
        world.givenBack.delete(one.paymentId);
        const { paymentId: id, provider: from } = payment;
        const news = { paymentId: id, provider: from, ref: "ref", failure: null };
        run.command("Hear", { ...news, status: "refund_failed" }, this.at);
        expect(this.#payment(id)?.status).toBe("refunding");
        return;
      }
      case "reconcile": {
        const payment = this.#payment(one.paymentId);
        const holdId = one.paymentId;
        const decided = run.command("ReconcileHold", { holdId, ref: "spring" }, this.at);
        const standing = ["creating", "pending", "authorized", "cancelling"];
        const stands = payment !== undefined && standing.includes(payment.status);
        expect(decided).toMatchObject({ ok: true, reply: { stands } });
        return;
      }
    }
  }

  /** Carries out what a payment is due for, in the world, and says what came of it. */
  #step(
    payment: Payment,
    wish: "pending" | "succeeded" | "failed" | "cancelled",
  ): ReservationInternal {
    const { world } = this;
    const { paymentId: id, provider: name, status: now } = payment;
    if (now === "succeeded") return { _tag: "FinishSale", paymentId: id, refusal: this.#sell(id) };
    if (now === "refunding") {
      if (wish === "pending") return { _tag: "FinishRefund", paymentId: id, outcome: "pending" };
      expect(world.taken.has(id)).toBe(true);
      expect(world.givenBack.has(id)).toBe(false);
      const isToWallet = refunderOf(payment) === "wallet";
      if (wish === "failed" && !isToWallet)
        return { _tag: "FinishRefund", paymentId: id, outcome: "failed", why: "a test" };
      world.givenBack.add(id);
      const isFull = isToWallet && wish === "failed";
      if (isToWallet && !isFull) this.#moved -= AMOUNT;
      if (!isToWallet) world.atProvider.add(id);
      const outcome = isFull ? "unclaimed" : "refunded";
      return { _tag: "FinishRefund", paymentId: id, outcome };
    }
    const says = this.#truth(payment, wish);
    const isSetAside = says === "pending" && name === "wallet";
    const status = isSetAside ? ("authorized" as const) : says;
    const news = { ref: "ref", status, nextStep: null, failure: null };
    return { _tag: "Learn", paymentId: PaymentId.make(id), news };
  }

  #sell(id: string): "sold" | "not_open" | null {
    const { world } = this;
    if (world.soldTo === id) return null;
    if (world.soldTo !== undefined) return "sold";
    if (world.isClosed) return "not_open";
    world.soldTo = id;
    this.#moved -= AMOUNT;
    return null;
  }

  /** What a provider can say: money that it took stays taken, and a wallet's that was not set aside is not taken. */
  #truth(
    { paymentId: id, provider: name, status: now }: Payment,
    wish: "pending" | "succeeded" | "failed" | "cancelled",
  ): "pending" | "succeeded" | "failed" | "cancelled" {
    const { world } = this;
    if (world.taken.has(id)) return "succeeded";
    const mayTake = name !== "wallet" || now === "authorized" || now === "cancelling";
    if (wish !== "succeeded") return wish;
    if (!mayTake) return "pending";
    world.taken.add(id);
    if (name === "wallet") this.#moved += AMOUNT;
    return "succeeded";
  }

  #payment(id: string): Payment | undefined {
    return this.run.state.payments.find((payment) => payment.paymentId === id);
  }

  #checkout() {
    return {
      raffleId: "spring",
      playerId: "ada",
      numbers: [1, 2],
      amountMinor: AMOUNT,
      expiresAt: this.#expiresAt,
    };
  }

  /** The books after a step: nothing contradicts, and what the account has is what the state and the world say. */
  agree(from: number): void {
    const { ledger, run, world } = this;
    for (const { rows } of run.steps.slice(from)) ledger.post(rows);
    const { state } = run;
    expect(broken(state)).toEqual([]);
    const held = ledger.balance(ACCOUNT) + this.#moved;
    const { leastMinor, mostMinor } = accountBounds(state);
    expect(held).toBeGreaterThanOrEqual(leastMinor);
    expect(held).toBeLessThanOrEqual(mostMinor);
    let owed = 0;
    for (const payment of state.payments) {
      this.statuses.add(payment.status);
      const { status: stands } = payment;
      if (isBuying(state, payment) || stands === "refunding" || stands === "refund_refused")
        owed += AMOUNT;
      if (payment.status === "refunded") expect(world.givenBack.has(payment.paymentId)).toBe(true);
    }
    // A sale or its return that the reservation has not heard of makes the only difference.
    if (state.checkout !== null) this.phases.add(state.phase);
    const isHeard = (state.boughtBy === null) === (world.soldTo === undefined);
    if (isHeard) expect(held).toBe(owed);
    for (const id of world.givenBack) expect(world.soldTo === id && !world.isReturned).toBe(false);
    const row = run.steps.findLast(({ rows }) => rows.length > 0)?.rows[0]?.row;
    if (row !== undefined)
      expect(row["amount"], "what is projected is what is paid for").toBe(AMOUNT);
    expect(ledger.balance(ESCROW)).toBe(0);
  }

  get isOver(): boolean {
    return this.run.state.payments.every(
      ({ isDue, lookAt, status: stands }) =>
        !isDue && lookAt === null && stands !== "refund_refused",
    );
  }
}

const step = (
  to: "pending" | "succeeded" | "failed" | "cancelled",
  id: "p1" | "p2" | "p3" = "p1",
): Intent => ({
  is: "step",
  paymentId: id,
  status: to,
});
const pay = (name: ProviderName, id: "p1" | "p2" | "p3" = "p1"): Intent => ({
  is: "pay",
  player: "ada",
  paymentId: id,
  provider: name,
});
const resolve = (
  remedy: (typeof RefundRemedy.literals)[number],
  id: "p1" | "p2" | "p3" = "p1",
): Intent => ({ is: "resolve", paymentId: id, remedy });
const expire: Intent = { is: "wait", ms: CHECKOUT_MS };

/** Taken when its player has cancelled. */
const GOES_BACK = [
  pay("sandbox_card"),
  { is: "cancel", player: "ada" },
  step("succeeded"),
] as const;

/** The ways to each end that chance may take too long to find. */
const WAYS: Array<[Array<Intent>]> = [
  [[pay("wallet"), step("pending"), step("succeeded"), step("pending"), { is: "return" }]],
  [[pay("sandbox_card"), expire, step("pending"), step("cancelled")]],
  [[pay("sandbox_card"), { is: "cancel", player: "ada" }, step("succeeded"), step("pending")]],
  [[...GOES_BACK, step("succeeded"), { is: "sent back", paymentId: "p1" }, step("failed")]],
  [[...GOES_BACK, step("failed"), resolve("wallet"), step("succeeded")]],
  [[...GOES_BACK, step("failed"), resolve("wallet"), step("failed")]],
  [[...GOES_BACK, step("failed"), resolve("retry"), step("failed"), resolve("by_hand")]],
];

describe("a reservation, whatever is asked of it", () => {
  it("agrees with a naive account of the money and its invariants after every step", () => {
    const phases = new Set<ReservationPhase>();
    const statuses = new Set<PaymentStatus>();
    fc.assert(
      fc.property(fc.array(intent, { maxLength: 40, size: "max" }), (intents) => {
        const trial = new Trial();
        for (const one of intents) {
          const before = trial.run.steps.length;
          trial.do(one);
          trial.agree(before);
        }
        trial.run.expectReplayToAgree();
        for (const phase of trial.phases) phases.add(phase);
        for (const one of trial.statuses) statuses.add(one);
      }),
      { numRuns: 200, examples: WAYS },
    );
    // It has been everywhere: nothing agrees by not being reached.
    expect([...phases].toSorted()).toEqual([
      "cancelled",
      "checkout",
      "expired",
      "refunded",
      "sold",
    ]);
    expect([...PaymentStatus.literals].filter((one) => !statuses.has(one))).toEqual([]);
  });

  it("comes to an end when the world answers, with everything given back that bought nothing", () => {
    fc.assert(
      fc.property(fc.array(intent, { maxLength: 30, size: "max" }), (intents) => {
        const trial = new Trial();
        for (const one of [...intents, expire]) trial.do(one);
        for (let round = 0; round < 10 && !trial.isOver; round++) {
          trial.do(expire);
          for (const id of ["p1", "p2", "p3"] as const) {
            trial.do(resolve("retry", id));
            trial.do(step("cancelled", id));
          }
        }
        expect(trial.isOver).toBe(true);
        const { givenBack, isReturned, soldTo, taken } = trial.world;
        const kept = [...taken].filter((id) => !givenBack.has(id));
        expect(kept).toEqual(soldTo === undefined || isReturned ? [] : [soldTo]);
      }),
      { numRuns: 100 },
    );
  });
});
