/** Any sequence of commands, against the wallet that anyone would write in an afternoon. */
import fc from "fast-check";
import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import { broken } from "../../../entities/wallet/invariants.ts";
import { HoldId } from "../../../rpc/id.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { walletDesk } from "./desk.ts";

const ME = "ada";
const POOL = "race:derby-1:pool";
const FEES = "house:fees";
const CARD = "provider:card:clearing";

const amount = fc.integer({ min: 1, max: 400 });
/** Few ids, so that they meet. */
const holdId = fc.constantFrom("h1", "h2", "h3", "h4");
const payout = fc.integer({ min: 0, max: 900 });
const intent = fc.oneof(
  { weight: 1, arbitrary: fc.record({ is: fc.constant("open" as const), amount }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constantFrom("deposit", "withdraw", "spend", "send", "receive", "sendToMyself"),
      amount,
    }),
  },
  { weight: 4, arbitrary: fc.record({ is: fc.constant("hold" as const), holdId, amount }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant("release" as const), holdId, fee: payout }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("settle" as const),
      items: fc.array(fc.record({ holdId, payout }), { maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant("wait" as const),
      ms: fc.constantFrom(-60_000, 1, CHECK_HOLD_AFTER_MS - 1, CHECK_HOLD_AFTER_MS),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("doubt" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("adjust" as const),
      amount: fc.integer({ min: -400, max: 400 }).filter((by) => by !== 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom("freeze", "unfreeze") }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant("hear" as const), holdId, stands: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("finish" as const),
      which: fc.nat({ max: 5 }),
      arrived: fc.boolean(),
    }),
  },
);
type Intent = typeof intent extends fc.Arbitrary<infer A> ? A : never;

/** The naive wallet: what it has, what it has locked and why, what is on its way, what it gave to whom, and its freeze. */
class Model {
  opened = false;
  frozenAt: number | undefined;
  available = 0;
  readonly holds = new Map<string, { amount: number; checkAt: number; doubted: boolean }>();
  readonly sent = new Map<string, number>();
  readonly others = new Map<string, number>();

  give(account: string, amount: number): void {
    this.others.set(account, (this.others.get(account) ?? 0) + amount);
  }
  pay(account: string, amount: number): void {
    this.available -= amount;
    this.give(account, amount);
  }
  get locked(): number {
    return [...this.holds.values()].reduce((sum, hold) => sum + hold.amount, 0);
  }
}

class Trial {
  readonly run = new DeciderRun(walletDesk, ME);
  readonly model = new Model();
  readonly ledger = new PaperLedger();
  at = 1_000_000;
  transfers = 0;

  /** Does it to both. The model says what ought to come of it: `ok` or the reason for a refusal. */
  do(one: Intent): void {
    const { model, run } = this;
    switch (one.is) {
      case "open":
        this.#expect("Open", { grantMinor: one.amount }, "ok");
        if (!model.opened) model.pay("house:grants", -one.amount);
        model.opened = true;
        return;
      case "deposit":
        return this.#move("Deposit", one.amount, "in");
      case "withdraw":
        return this.#move("Withdraw", one.amount, "out");
      case "spend":
        return this.#move("Spend", one.amount, "out");
      case "receive": {
        const transferId = `bob/${++this.transfers}`;
        const fields = { from: "bob", transferId, amountMinor: one.amount, ref: "r" };
        if (this.#expect("Receive", fields, this.#ifOpen()))
          model.pay(`transfer:${transferId}`, -one.amount);
        return;
      }
      case "sendToMyself":
        this.#expect("Transfer", { to: ME, amountMinor: one.amount, ref: "r" }, "TransferToSelf");
        return;
      case "send": {
        const commandId = `t${++this.transfers}`;
        const fields = { to: "bob", amountMinor: one.amount, ref: "r", commandId };
        if (!this.#expect("Transfer", fields, this.#ifFunded(one.amount))) return;
        model.sent.set(`${ME}/${commandId}`, one.amount);
        model.pay(`transfer:${ME}/${commandId}`, one.amount);
        return;
      }
      case "finish": {
        const transferId = [...model.sent.keys()][one.which] ?? "none";
        const events = run.itself(
          { _tag: "FinishTransfer", transferId, arrived: one.arrived },
          this.at,
        );
        const sent = model.sent.get(transferId);
        expect(events).toHaveLength(sent === undefined ? 0 : 1);
        if (sent === undefined) return;
        model.sent.delete(transferId);
        if (!one.arrived) model.pay(`transfer:${transferId}`, -sent);
        return;
      }
      case "hold": {
        const { amount, holdId } = one;
        const fields = { holdId, amountMinor: amount, purpose: "bet", ref: "derby-1", owner };
        const verdict = model.holds.has(holdId) ? "HoldExists" : this.#ifFunded(amount);
        if (!this.#expect("Hold", fields, verdict)) return;
        model.available -= amount;
        const checkAt = this.at + CHECK_HOLD_AFTER_MS;
        model.holds.set(holdId, { amount, checkAt, doubted: false });
        return;
      }
      case "release": {
        const hold = model.holds.get(one.holdId);
        const fields = { holdId: one.holdId, feeMinor: one.fee, feeAccount: FEES };
        const verdict = hold === undefined ? this.#ifOpen("HoldNotFound") : "ok";
        if (!this.#expect("Release", fields, verdict) || hold === undefined) return;
        model.holds.delete(one.holdId);
        model.available += hold.amount;
        model.pay(FEES, Math.min(one.fee, hold.amount));
        return;
      }
      case "settle": {
        const items = one.items.map((item) => ({
          holdId: item.holdId,
          account: POOL,
          payoutMinor: item.payout,
        }));
        if (!this.#expect("Settle", { items, ref: "derby-1" }, this.#ifOpen())) return;
        // An id named twice counts as it was named last.
        for (const [id, due] of new Map(one.items.map((item) => [item.holdId, item.payout]))) {
          const hold = model.holds.get(id);
          if (hold === undefined) continue;
          model.holds.delete(id);
          model.give(POOL, hold.amount);
          model.pay(POOL, -due);
        }
        return;
      }
      case "adjust": {
        const verdict = this.#ifOpen(-one.amount > model.available ? "InsufficientFunds" : "ok");
        if (this.#expect("Adjust", { amountMinor: one.amount, reason: "r" }, verdict))
          model.pay("house:adjustments", -one.amount);
        return;
      }
      case "freeze":
        if (this.#expect("Freeze", { reason: "r" }, this.#ifOpen())) model.frozenAt ??= this.at;
        return;
      case "unfreeze":
        if (this.#expect("Unfreeze", { reason: "r" }, this.#ifOpen())) model.frozenAt = undefined;
        return;
      case "wait":
        this.at += one.ms;
        return;
      case "doubt": {
        run.itself({ _tag: "DoubtHolds", now: this.at }, this.at);
        for (const hold of model.holds.values()) if (hold.checkAt <= this.at) hold.doubted = true;
        return;
      }
      case "hear": {
        const hold = model.holds.get(one.holdId);
        const id = HoldId.make(one.holdId);
        if (one.stands) {
          run.itself({ _tag: "ConfirmHold", holdId: id }, this.at);
          if (hold?.doubted === true)
            Object.assign(hold, { doubted: false, checkAt: this.at + CHECK_HOLD_AFTER_MS });
        } else {
          run.itself({ _tag: "VoidHold", holdId: id }, this.at);
          if (hold === undefined) return;
          model.holds.delete(one.holdId);
          model.available += hold.amount;
        }
      }
    }
  }

  agree(): void {
    const { model, run } = this;
    const { state } = run;
    expect(broken(state)).toEqual([]);
    expect(state).toMatchObject({
      opened: model.opened,
      totalMinor: model.available + model.locked,
      lockedMinor: model.locked,
      version: run.steps.length,
      freeze: model.frozenAt === undefined ? null : { reason: "r", since: model.frozenAt },
    });
    const holds = [...HashMap.toEntries(state.holds)].map(
      ([id, { amountMinor, checkAt, doubted }]) => [id, { amount: amountMinor, checkAt, doubted }],
    );
    expect(new Map(holds as Array<[string, object]>)).toEqual(model.holds);
    expect(new Set(HashMap.keys(state.transfers))).toEqual(new Set(model.sent.keys()));
    // The ledger says the same, for the player and for everyone else.
    const accounts = new Map(model.others);
    accounts.set(`player:${ME}:available`, model.available);
    accounts.set(`player:${ME}:held`, model.locked);
    const moved = new Map([...accounts].filter(([, balance]) => balance !== 0));
    expect(new Map([...this.ledger.open].toSorted())).toEqual(new Map([...moved].toSorted()));
  }

  /** Posts what was written since, step by step: after each the ledger sums to the wallet's balance. */
  post(from: number): void {
    for (const { after, rows } of this.run.steps.slice(from)) {
      this.ledger.post(rows);
      expect(this.ledger.balance(`player:${ME}:held`)).toBe(after.lockedMinor);
      expect(this.ledger.balance(`player:${ME}:available`)).toBe(
        after.totalMinor - after.lockedMinor,
      );
      for (const { row } of rows)
        expect(row).toMatchObject({
          balance_total: after.totalMinor,
          balance_locked: after.lockedMinor,
        });
    }
  }

  #move(tag: "Deposit" | "Withdraw" | "Spend", amount: number, way: "in" | "out"): void {
    const verdict = way === "in" ? this.#ifOpen() : this.#ifFunded(amount);
    if (this.#expect(tag, { amountMinor: amount, account: CARD, ref: "r" }, verdict))
      this.model.pay(CARD, way === "in" ? -amount : amount);
  }

  #ifOpen(otherwise = "ok"): string {
    return this.model.opened ? otherwise : "WalletNotFound";
  }

  #ifFunded(amount: number): string {
    if (this.model.frozenAt !== undefined) return "WalletFrozen";
    return this.#ifOpen(amount <= this.model.available ? "ok" : "InsufficientFunds");
  }

  #expect(tag: Parameters<typeof this.run.command>[0], fields: object, verdict: string): boolean {
    const decided = this.run.command(tag, fields, this.at);
    expect(decided.ok ? "ok" : decided.rejection._tag).toBe(verdict);
    return decided.ok;
  }
}

const owner = { kind: "lobby", entityId: "derby" };

describe("a wallet, whatever is asked of it", () => {
  it("agrees with a naive model, its invariants and its ledger after every step", () => {
    fc.assert(
      fc.property(fc.array(intent, { maxLength: 60 }), fc.boolean(), (intents, openFirst) => {
        const trial = new Trial();
        if (openFirst) trial.do({ is: "open", amount: 1_000 });
        trial.post(0);
        for (const one of intents) {
          const before = trial.run.steps.length;
          trial.do(one);
          trial.post(before);
          trial.agree();
        }
        trial.run.expectReplayToAgree();
      }),
      { numRuns: 150 },
    );
  });

  it("never lets two holds lock more than there is, whatever comes first", () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (amounts) => {
        const run = new DeciderRun(walletDesk, ME);
        run.command("Open", { grantMinor: 1_000 }, 0);
        const taken = amounts.filter(
          (amountMinor, i) =>
            run.command(
              "Hold",
              { holdId: `h${i}`, amountMinor, purpose: "bet", ref: "r", owner },
              0,
            ).ok,
        );
        const sum = taken.reduce((total, one) => total + one, 0);
        expect(sum).toBeLessThanOrEqual(1_000);
        expect(run.state.lockedMinor).toBe(sum);
      }),
    );
  });
});
