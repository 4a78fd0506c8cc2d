/** Any sequence of what players, wallets and the clock may say to a favor, against one that anyone would write in an afternoon. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OFFER_STANDS_MS } from "../../../entities/favor/decider.ts";
import { broken } from "../../../entities/favor/invariants.ts";
import type { Work } from "../../../entities/favor/state.ts";
import { FavorStatus } from "../../../rpc/favor.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { favorDesk } from "./desk.ts";

const FAVOR = "f1";
const DUE_IN = 60_000;

/** Few of each, so that they meet. */
const player = fc.constantFrom("ada", "bob", "cyd");
const holdId = fc.constantFrom(FAVOR, "r1", "r2");
const intent = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("offer" as const),
      lender: player,
      borrower: player,
      amount: fc.integer({ min: 1, max: 3 }),
      repay: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constantFrom("Accept" as const, "Decline" as const, "Withdraw" as const),
      player,
    }),
  },
  { weight: 4, arbitrary: fc.record({ is: fc.constant("repay" as const), player, holdId }) },
  { weight: 8, arbitrary: fc.record({ is: fc.constant("step" as const), refused: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("reconcile" as const), holdId }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant("lapse" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("wait" as const),
      ms: fc.constantFrom(1, DUE_IN, OFFER_STANDS_MS, -DUE_IN),
    }),
  },
);
type Intent = typeof intent extends fc.Arbitrary<infer A> ? A : never;

/** The naive favor: who, how much, how far, and where the money is. */
class Model {
  status: FavorStatus | undefined;
  lender = "";
  borrower = "";
  amount = 0;
  repay = 0;
  expiresAt = 0;
  dueAt = 0;
  /** The hold that is to end, and how. */
  release = false;
  hold: string | undefined;
  /** What the favor's account has. */
  account = 0;
  unclaimed = 0;
  /** The payee has refused it. */
  refused = false;
  readonly voided = new Set<string>();
}

class Trial {
  readonly run = new DeciderRun(favorDesk, FAVOR);
  readonly model = new Model();
  readonly ledger = new PaperLedger();
  at = 1_000_000;

  do(one: Intent): void {
    const { model, run } = this;
    switch (one.is) {
      case "wait":
        this.at += one.ms;
        return;
      case "offer": {
        const { amount, borrower, lender, repay } = one;
        const verdict =
          model.status !== undefined
            ? "FavorExists"
            : model.voided.has(FAVOR)
              ? "FavorHoldLapsed"
              : borrower === lender
                ? "FavorToSelf"
                : repay < amount
                  ? "RepayBelowAmount"
                  : "ok";
        const fields = {
          lenderId: lender,
          borrowerId: borrower,
          amountMinor: amount,
          repayMinor: repay,
          dueInMs: DUE_IN,
        };
        if (!this.#expect("Offer", fields, verdict)) return;
        Object.assign(model, { status: "offered", lender, borrower, amount, repay });
        model.expiresAt = this.at + OFFER_STANDS_MS;
        return;
      }
      case "Accept":
      case "Decline":
      case "Withdraw": {
        const party = one.is === "Withdraw" ? model.lender : model.borrower;
        const isOpen = model.status === "offered" && this.at < model.expiresAt;
        const verdict = this.#ifTheirs(one.player === party, isOpen ? "ok" : "OfferClosed");
        if (!this.#expect(one.is, { playerId: one.player }, verdict)) return;
        model.hold = FAVOR;
        model.release = one.is !== "Accept";
        model.dueAt = this.at + DUE_IN;
        model.status =
          one.is === "Accept" ? "accepted" : one.is === "Decline" ? "declined" : "withdrawn";
        return;
      }
      case "repay": {
        const isDue = model.status === "active" || model.status === "overdue";
        const otherwise = model.voided.has(one.holdId)
          ? "FavorHoldLapsed"
          : isDue
            ? "ok"
            : "NotRepayable";
        const verdict = this.#ifTheirs(one.player === model.borrower, otherwise);
        if (!this.#expect("Repay", { playerId: one.player, holdId: one.holdId }, verdict)) return;
        model.status = "repaying";
        model.hold = one.holdId;
        return;
      }
      case "reconcile": {
        const stands = one.holdId === (model.status === "offered" ? FAVOR : model.hold);
        const decided = run.command("ReconcileHold", { holdId: one.holdId, ref: FAVOR }, this.at);
        expect(decided).toMatchObject({ ok: true, reply: { stands } });
        const isOver = ["repaid", "returned", "declined", "withdrawn", "expired"];
        const mayCome =
          model.status === undefined || (one.holdId !== FAVOR && !isOver.includes(model.status));
        if (!stands && mayCome) model.voided.add(one.holdId);
        return;
      }
      case "lapse": {
        const events = run.itself({ _tag: "Lapse" }, this.at);
        if (model.status === "offered" && this.at >= model.expiresAt) {
          expect(events).toHaveLength(1);
          Object.assign(model, { status: "expired", hold: FAVOR, release: true });
        } else if (model.status === "active" && this.at >= model.dueAt) {
          expect(events).toHaveLength(1);
          model.status = "overdue";
        } else expect(events).toEqual([]);
        return;
      }
      case "step":
        return this.#step(one.refused);
    }
  }

  /** A wallet answers to what the favor has to do next; a step said twice is one. */
  #step(refused: boolean): void {
    const { model, run } = this;
    const work = run.state.favor?.work ?? undefined;
    expect(work?.holdId).toBe(model.hold);
    if (work === undefined) return;
    const finish = { _tag: "Finish", work, refused } as const;
    expect(run.itself(finish, this.at)).toHaveLength(1);
    const sum = work.leg === "loan" ? model.amount : model.repay;
    this.#took(work, refused, sum);
    if (run.state.favor?.work?.step !== work.step) expect(run.itself(finish, this.at)).toEqual([]);
  }

  #took({ leg, step }: Work, refused: boolean, sum: number): void {
    const { model } = this;
    const end = (status: FavorStatus | undefined) => {
      if (status !== undefined) model.status = status;
      Object.assign(model, { hold: undefined, account: 0, refused: false, release: false });
    };
    expect(step === "release").toBe(model.release);
    if (model.release) return end(undefined);
    if (model.account === 0) {
      model.account = sum;
      return;
    }
    if (!refused) {
      if (model.refused) return end(leg === "loan" ? "returned" : "active");
      return end(leg === "loan" ? "active" : "repaid");
    }
    if (!model.refused) {
      model.refused = true;
      return;
    }
    model.unclaimed += sum;
    end(leg === "loan" ? "returned" : "repaid");
  }

  agree(): void {
    const { model, run } = this;
    const { favor } = run.state;
    expect(broken(run.state)).toEqual([]);
    expect(favor?.view.status).toBe(model.status);
    expect(new Set(run.state.voided)).toEqual(model.voided);
    expect(this.ledger.balance("house:unclaimed")).toBe(model.unclaimed);
    if (favor === null) return;
    const row = run.steps.findLast(({ event }) => event._tag !== "HoldVoided")?.rows[0]?.row;
    expect(row).toMatchObject({
      favor_id: FAVOR,
      lender_id: model.lender,
      borrower_id: model.borrower,
      amount: model.amount,
      repay: model.repay,
      status: model.status,
    });
  }

  post(from: number): void {
    for (const { rows } of this.run.steps.slice(from)) this.ledger.post(rows);
  }

  #ifTheirs(isTheirs: boolean, otherwise: string): string {
    if (this.model.status === undefined) return "FavorNotFound";
    return isTheirs ? otherwise : "NotYours";
  }

  #expect(tag: Parameters<typeof this.run.command>[0], fields: object, verdict: string): boolean {
    const decided = this.run.command(tag, fields, this.at);
    expect(decided.ok ? "ok" : decided.rejection._tag).toBe(verdict);
    return decided.ok;
  }
}

/** How far it has come before anything may happen. */
const LIFE: ReadonlyArray<Intent> = [
  { is: "offer", lender: "ada", borrower: "bob", amount: 2, repay: 3 },
  { is: "Accept", player: "bob" },
  { is: "step", refused: false },
  { is: "step", refused: false },
];

const step = (refused: boolean): Intent => ({ is: "step", refused });
const lapse: Intent = { is: "lapse" };

/** The ways to each status that chance may take too long to find, from how far of `LIFE`. */
const WAYS: Array<[Array<Intent>, number]> = [
  [[{ is: "Decline", player: "bob" }], 1],
  [[{ is: "Withdraw", player: "ada" }], 1],
  [[{ is: "wait", ms: OFFER_STANDS_MS }, lapse], 1],
  [[step(true), step(false)], 3],
  [[{ is: "wait", ms: DUE_IN }, lapse], 4],
  [[{ is: "repay", player: "bob", holdId: "r1" }, step(false), step(false)], 4],
];

describe("a favor, whatever is asked of it", () => {
  it("agrees with a naive model and its invariants after every step", () => {
    const seen = new Set<FavorStatus | undefined>();
    const start = fc.nat({ max: LIFE.length });
    fc.assert(
      fc.property(fc.array(intent, { maxLength: 80 }), start, (intents, from) => {
        const trial = new Trial();
        for (const one of [...LIFE.slice(0, from), ...intents]) {
          const before = trial.run.steps.length;
          trial.do(one);
          trial.post(before);
          trial.agree();
          seen.add(trial.model.status);
        }
        trial.run.expectReplayToAgree();
      }),
      { numRuns: 400, examples: WAYS },
    );
    // It has been everywhere: no status agrees by not being reached.
    expect([...FavorStatus.literals].filter((status) => !seen.has(status))).toEqual([]);
  });
});
