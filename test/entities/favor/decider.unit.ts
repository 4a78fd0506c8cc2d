import { HashSet } from "effect";
import { describe, expect, it } from "vitest";
import { lapsesAt, OFFER_STANDS_MS } from "../../../entities/favor/decider.ts";
import { broken } from "../../../entities/favor/invariants.ts";
import type { Work } from "../../../entities/favor/state.ts";
import { HoldId } from "../../../rpc/id.ts";
import { scenarios } from "../../support/given.ts";
import { favorDesk } from "./desk.ts";

const AT = 1_000_000;
const DUE_IN = 60_000;
const EXPIRES = AT + OFFER_STANDS_MS;
const DUE = AT + DUE_IN;
const given = scenarios(favorDesk, { at: AT, entityId: "f1" });

const terms = {
  lenderId: "ada",
  borrowerId: "bob",
  amountMinor: 10_000,
  repayMinor: 11_000,
  dueInMs: DUE_IN,
};
const Offered = { _tag: "FavorOffered", favorId: "f1", ...terms, at: AT, expiresAt: EXPIRES };
const Accepted = { _tag: "FavorAccepted", at: AT, dueAt: DUE };
const on = (leg: string) => ({
  Collected: { _tag: "MoneyCollected", leg },
  Credited: { _tag: "MoneyCredited", leg },
  Refused: { _tag: "CreditRefused", leg },
  Returned: { _tag: "MoneyReturned", leg },
});
const loan = on("loan");
const repayment = on("repayment");
const Overdue = { _tag: "FavorOverdue" };
const Repaying = { _tag: "RepaymentAccepted", holdId: "r1", at: AT + 1 };
const voided = (holdId: string) => ({ _tag: "HoldVoided", holdId });
const accepted = [Offered, Accepted];
const active = [...accepted, loan.Collected, loan.Credited];
const repaying = [...active, Repaying];
const repaid = [...repaying, repayment.Collected, repayment.Credited];

const work = (leg: Work["leg"], step: Work["step"], id: string): Work => ({
  leg,
  step,
  holdId: HoldId.make(id),
});
const finish = (one: Work, refused = false) => ({ _tag: "Finish", work: one, refused }) as const;
const statusOf = (history: ReadonlyArray<object>) => given(...history).state.favor?.view.status;

describe("Offer", () => {
  it("stands for a day", () => {
    given()
      .when("Offer", terms)
      .then([Offered])
      .replying({ favorId: "f1", status: "offered", expiresAt: EXPIRES, dueAt: null });
    expect(lapsesAt(given(Offered).state)).toBe(EXPIRES);
  });

  it("may ask no interest, and not less than was lent", () => {
    given()
      .when("Offer", { ...terms, repayMinor: 10_000 })
      .replying({ repayMinor: 10_000 });
    given()
      .when("Offer", { ...terms, repayMinor: 9_999 })
      .refused("RepayBelowAmount", { amountMinor: 10_000 });
  });

  it("is to another player, once", () => {
    given()
      .when("Offer", { ...terms, borrowerId: "ada" })
      .refused("FavorToSelf");
    given(Offered).when("Offer", terms).refused("FavorExists");
  });

  it("that comes after its hold was given up is refused", () => {
    given(voided("f1")).when("Offer", terms).refused("FavorHoldLapsed", { holdId: "f1" });
  });
});

describe("an open offer", () => {
  const bob = { playerId: "bob" };
  const ada = { playerId: "ada" };
  const cyd = { playerId: "cyd" };

  it("is accepted by its borrower: the time to repay begins, the money is to be moved", () => {
    given(Offered)
      .when("Accept", bob)
      .then([Accepted])
      .replying({ status: "accepted", acceptedAt: AT, dueAt: DUE });
    expect(given(...accepted).state.favor?.work).toEqual(work("loan", "collect", "f1"));
  });

  it.each([
    ["Decline", bob, "FavorDeclined", "declined"],
    ["Withdraw", ada, "FavorWithdrawn", "withdrawn"],
  ] as const)("ends by %s, and its hold is to be released", (tag, who, _tag, status) => {
    const done = given(Offered);
    done.when(tag, who).then([{ _tag }]).replying({ status });
    expect(done.run.state.favor?.work).toEqual(work("loan", "release", "f1"));
    done.itself(finish(work("loan", "release", "f1"))).then([{ _tag: "HoldReleased" }]);
    expect(done.run.state.favor?.work).toBeNull();
  });

  it.each([
    ["Accept", ada],
    ["Accept", cyd],
    ["Decline", ada],
    ["Withdraw", bob],
    ["Withdraw", cyd],
  ] as const)("is not for others to %s (%o)", (tag, who) => {
    given(Offered).when(tag, who).refused("NotYours");
  });

  it("is open until its last millisecond, whenever the alarm rings", () => {
    given(Offered)
      .when("Accept", bob, EXPIRES - 1)
      .replying({ status: "accepted" });
    for (const [tag, who] of [
      ["Accept", bob],
      ["Decline", bob],
      ["Withdraw", ada],
    ] as const)
      given(Offered).when(tag, who, EXPIRES).refused("OfferClosed", { favorStatus: "expired" });
  });

  it("lapses by the alarm, not before", () => {
    given(Offered)
      .itself({ _tag: "Lapse" }, EXPIRES - 1)
      .then([]);
    const lapsed = given(Offered);
    lapsed.itself({ _tag: "Lapse" }, EXPIRES).then([{ _tag: "FavorExpired" }]);
    expect(lapsed.run.state.favor?.work).toEqual(work("loan", "release", "f1"));
    lapsed.itself({ _tag: "Lapse" }, EXPIRES).then([]);
  });

  it.each([
    ["accepted", accepted],
    ["repaid", repaid],
    ["declined", [Offered, { _tag: "FavorDeclined" }]],
  ])("that is %s is closed", (favorStatus, history) => {
    given(...history)
      .when("Accept", bob)
      .refused("OfferClosed", { favorStatus });
    given(...history)
      .when("Withdraw", ada)
      .refused("OfferClosed", { favorStatus });
  });

  it("that nobody made is not found", () => {
    for (const tag of ["Accept", "Decline", "Withdraw"] as const)
      given().when(tag, bob).refused("FavorNotFound", { favorId: "f1" });
    expect(given().run.query("GetFavor", AT)).toMatchObject({ _tag: "FavorNotFound" });
  });
});

describe("a loan", () => {
  it("is collected, then credited, each once", () => {
    const run = given(...accepted);
    run.itself(finish(work("loan", "credit", "f1"))).then([]);
    run.itself(finish(work("loan", "collect", "f1"))).then([loan.Collected]);
    run.itself(finish(work("loan", "collect", "f1"))).then([]);
    run.itself(finish(work("loan", "credit", "f1"))).then([loan.Credited]);
    run.itself(finish(work("loan", "credit", "f1"))).then([]);
    expect(statusOf(active)).toBe("active");
  });

  it("that the borrower's wallet cannot take goes back, and is none", () => {
    const refused = given(...accepted, loan.Collected);
    refused.itself(finish(work("loan", "credit", "f1"), true)).then([loan.Refused]);
    refused.itself(finish(work("loan", "return", "f1"))).then([loan.Returned]);
    expect(refused.run.state.favor).toMatchObject({ view: { status: "returned" }, work: null });
  });

  it("that neither wallet can take is the house's to keep for them", () => {
    const stuck = given(...accepted, loan.Collected, loan.Refused);
    stuck
      .itself(finish(work("loan", "return", "f1"), true))
      .then([{ _tag: "MoneyUnclaimed", leg: "loan", amountMinor: 10_000 }]);
    expect(stuck.run.steps.at(-1)?.rows.map(({ row }) => row)).toContainEqual(
      expect.objectContaining({ debit: "favor:f1", credit: "house:unclaimed", amount: 10_000 }),
    );
    expect(statusOf([])).toBeUndefined();
    expect(stuck.run.state.favor).toMatchObject({ view: { status: "returned" }, work: null });
  });

  it("is overdue by the alarm, not before, and once", () => {
    given(...active)
      .itself({ _tag: "Lapse" }, DUE - 1)
      .then([]);
    given(...active)
      .itself({ _tag: "Lapse" }, DUE)
      .then([Overdue]);
    const overdue = given(...active, Overdue);
    overdue.itself({ _tag: "Lapse" }, DUE).then([]);
    expect(lapsesAt(overdue.state)).toBeUndefined();
  });
});

describe("Repay", () => {
  const bob = { playerId: "bob", holdId: "r1" };

  it("is for the borrower, on time or late", () => {
    given(...active)
      .when("Repay", bob, AT + 1)
      .then([Repaying])
      .replying({ status: "repaying", repaidAt: AT + 1 });
    given(...active, Overdue)
      .when("Repay", bob, DUE + 1)
      .replying({ repaidAt: DUE + 1 });
    given(...active)
      .when("Repay", { ...bob, playerId: "ada" })
      .refused("NotYours");
    given().when("Repay", bob).refused("FavorNotFound");
  });

  it.each([
    ["offered", [Offered]],
    ["accepted", accepted],
    ["repaying", repaying],
    ["repaid", repaid],
  ])("of one that is %s is refused", (favorStatus, history) => {
    given(...history)
      .when("Repay", { ...bob, holdId: "r2" })
      .refused("NotRepayable", { favorStatus });
  });

  it("that comes after its hold was given up is refused; with another it is not", () => {
    const given1 = given(...active, voided("r1"));
    given1.when("Repay", bob).refused("FavorHoldLapsed", { holdId: "r1" });
    given1.when("Repay", { ...bob, holdId: "r2" }).replying({ status: "repaying" });
  });

  it("in time is in time, however long the money takes", () => {
    given(...repaying)
      .itself({ _tag: "Lapse" }, DUE)
      .then([]);
    expect(lapsesAt(given(...repaying).state)).toBeUndefined();
    expect(statusOf(repaid)).toBe("repaid");
  });

  it("that the lender's wallet cannot take goes back, and the loan goes on", () => {
    const back = [...repaying, repayment.Collected, repayment.Refused, repayment.Returned];
    expect(given(...back).state.favor).toMatchObject({
      view: { status: "active", repaidAt: null },
      work: null,
    });
    given(...back)
      .itself({ _tag: "Lapse" }, DUE)
      .then([Overdue]);
    given(...back)
      .when("Repay", { ...bob, holdId: "r2" })
      .replying({ status: "repaying" });
  });

  it("that neither can take is the house's to keep, and repaid", () => {
    const stuck = given(...repaying, repayment.Collected, repayment.Refused);
    stuck
      .itself(finish(work("repayment", "return", "r1"), true))
      .then([{ _tag: "MoneyUnclaimed", leg: "repayment", amountMinor: 11_000 }]);
    expect(stuck.run.state.favor?.view.status).toBe("repaid");
  });
});

describe("ReconcileHold", () => {
  const about = (holdId: string) => ({ holdId, ref: "f1" });

  it.each([
    ["an open offer", [Offered], "f1"],
    ["an offer being given back", [Offered, { _tag: "FavorExpired" }], "f1"],
    ["a loan to be collected", accepted, "f1"],
    ["a repayment to be collected", repaying, "r1"],
  ])("stands behind %s", (_, history, holdId) => {
    given(...history)
      .when("ReconcileHold", about(holdId))
      .then([])
      .replying({ stands: true });
  });

  it.each([
    ["an offer that never came", [], "f1"],
    ["a repayment that never came", active, "r1"],
    ["a repayment of an offer", [Offered], "r1"],
    ["a second repayment", repaying, "r2"],
  ])("buries %s", (_, history, holdId) => {
    given(...history)
      .when("ReconcileHold", about(holdId))
      .then([voided(holdId)])
      .replying({ stands: false });
    given(...history, voided(holdId))
      .when("ReconcileHold", about(holdId))
      .then([])
      .replying({ stands: false });
  });

  it.each([
    ["was collected and credited", active, "f1"],
    ["is of a favor that is repaid", repaid, "r2"],
    ["is of an offer that was declined", [Offered, { _tag: "FavorDeclined" }], "r2"],
    ["is of an offer that was withdrawn", [Offered, { _tag: "FavorWithdrawn" }], "r2"],
    ["is of an offer that has lapsed", [Offered, { _tag: "FavorExpired" }], "r2"],
    [
      "is of a loan that was returned",
      [...accepted, loan.Collected, loan.Refused, loan.Returned],
      "r2",
    ],
  ])("neither stands behind what %s nor remembers it", (_, history, holdId) => {
    given(...history)
      .when("ReconcileHold", about(holdId))
      .then([])
      .replying({ stands: false });
  });
});

describe("a journal that cannot be", () => {
  it.each([
    ["of a favor that was never offered", [loan.Collected], "never offered"],
    ["of money moved on when none is to be moved", [...active, loan.Collected], "nothing to do"],
  ])("dies: %s", (_, history, why) => {
    expect(() => given(...history)).toThrow(why);
  });
});

describe("the invariants", () => {
  it.each(
    [[Offered], accepted, active, [...active, Overdue], repaying, repaid].map((one) => [one]),
  )("hold of a sound favor", (history) => {
    expect(broken(given(...history).state)).toEqual([]);
  });

  it.each([
    [{ borrowerId: "ada" }, "nobody lends to themselves"],
    [{ repayMinor: 9_999 }, "at least what is lent is paid back"],
    [{ amountMinor: 0, repayMinor: 0 }, "at least what is lent is paid back"],
    [{ acceptedAt: null, dueAt: null }, "it was accepted if it was ever lent"],
    [{ dueAt: DUE + 1 }, "the time to repay runs from the acceptance"],
    [{ repaidAt: AT }, "it was repaid when a repayment was accepted"],
    [{ status: "accepted" }, "a loan is paid out once"],
    [{ status: "repaying", repaidAt: AT }, "a repayment is paid on once"],
  ])("name what %o breaks", (change, sentence) => {
    const { favor, voided: none } = given(...active).state;
    if (favor === null) throw new Error("no favor");
    const state = { favor: { ...favor, view: { ...favor.view, ...change } }, voided: none };
    expect(broken(state as typeof state & Parameters<typeof broken>[0])).toContain(sentence);
  });

  it.each([
    ["release", [...active], work("loan", "release", "f1")],
    [
      "the release of another hold",
      [Offered, { _tag: "FavorDeclined" }],
      work("loan", "release", "r1"),
    ],
  ])("name %s where it does not fit", (_, history, unfit) => {
    const { favor, voided: none } = given(...history).state;
    if (favor === null) throw new Error("no favor");
    expect(broken({ favor: { ...favor, work: unfit }, voided: none })).toContain(
      "only the hold of an offer that came to nothing is released",
    );
  });

  it("name a loan paid from a hold that is not its own", () => {
    const { favor, voided: none } = given(...accepted).state;
    if (favor === null) throw new Error("no favor");
    expect(
      broken({ favor: { ...favor, work: work("loan", "collect", "r1") }, voided: none }),
    ).toEqual(["the hold of the loan has the favor's id"]);
  });

  it.each([
    ["f1", "the hold of an offer was not given up before it"],
    ["r1", "nothing stands under a voided id"],
  ])("name the voided hold %s", (holdId, sentence) => {
    const { favor } = given(...repaying).state;
    expect(broken({ favor, voided: HashSet.make(HoldId.make(holdId)) })).toEqual([sentence]);
  });
});
