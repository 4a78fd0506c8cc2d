import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import { claimOf } from "../../../entities/raffle/Claims.ts";
import { dueAt } from "../../../entities/raffle/decider.ts";
import { drawWinners } from "../../../entities/raffle/draw/pick.ts";
import { awaitedRound, publishedAt, QUICKNET } from "../../../entities/raffle/draw/round.ts";
import { broken } from "../../../entities/raffle/invariants.ts";
import { branded, type ReservationId } from "../../../rpc/id.ts";
import { AT, CHECKOUT, DRAW_AT, PRICE, RULES, SEED, SELECTION, TERMS } from "./desk.ts";
import {
  ada,
  adaHolds,
  after,
  bob,
  Cancelled,
  CheckedOut,
  Closed,
  COMMITMENT,
  Created,
  digestOf,
  drawn,
  Expired,
  given,
  holder,
  HOUR,
  on,
  open,
  Published,
  RaffleCancelled,
  Reserved,
  Resumed,
  Sold,
  Suspended,
  tick,
  UNTIL,
} from "./history.ts";

const anyAct = ["Publish", "Suspend", "Resume", "Cancel", "Close", "Draw", "Edit"] as const;
const fieldsOf = (tag: (typeof anyAct)[number]) =>
  ({
    Publish: { serverSeed: SEED },
    Suspend: { reason: "why" },
    Cancel: { reason: "why" },
    Edit: { terms: TERMS },
    Resume: {},
    Close: {},
    Draw: {},
  })[tag];

describe("a raffle is made", () => {
  it("as a draft that nobody can buy from, and on sale when it is published", () => {
    given().when("Create", { terms: TERMS, rules: RULES }).then([Created]).replying({
      raffleId: "r",
      status: "draft",
      stateVersion: 1,
      soldCount: 0,
      reservedCount: 0,
      commitment: null,
    });
    given(Created)
      .when("Reserve", { ...ada, numbers: [1] })
      .refused("RaffleNotOpen", { raffleStatus: "draft" });
    given(Created)
      .when("Publish", { serverSeed: SEED })
      .then([Published])
      .replying({ status: "active", commitment: COMMITMENT, publishedAt: AT, stateVersion: 2 });
  });

  it("once", () => {
    given(Created)
      .when("Create", { terms: TERMS, rules: RULES })
      .refused("RaffleExists", { raffleId: "r" });
  });

  it("with a number for each prize", () => {
    const terms = { ...TERMS, totalNumbers: 1 };
    given().when("Create", { terms, rules: RULES }).refused("TooManyPrizes", { limit: 1 });
    given(Created).when("Edit", { terms }).refused("TooManyPrizes", { limit: 1 });
    given()
      .when("Create", { terms: { ...TERMS, totalNumbers: 2 }, rules: RULES })
      .replying({ status: "draft" });
  });

  it("for a draw that is still to come", () => {
    given(Created)
      .when("Publish", { serverSeed: SEED }, DRAW_AT)
      .refused("DrawDatePast", { drawAt: DRAW_AT });
    given(Created)
      .when("Publish", { serverSeed: SEED }, DRAW_AT - 1)
      .replying({ status: "active" });
    given(...open, Suspended)
      .when("Resume", {}, DRAW_AT)
      .refused("DrawDatePast");
    given(...open)
      .when("Edit", { terms: { ...TERMS, drawAt: AT } })
      .refused("DrawDatePast");
    given(Created)
      .when("Edit", { terms: { ...TERMS, drawAt: AT } })
      .replying({ status: "draft" });
  });

  it("and keeps its seed to itself until it is drawn", () => {
    const { run } = given(...open, Sold("r.1", "ada", 3), Closed("3:r.1"));
    for (const query of ["GetRaffle", "GetDraw", "GetBooks", "GetGrid"] as const)
      expect(JSON.stringify(run.query(query, AT))).not.toContain(SEED);
    for (const { rows } of run.steps) expect(JSON.stringify(rows)).not.toContain(SEED);
  });
});

describe("what the house does", () => {
  it("suspends what is on sale and resumes it", () => {
    given(...open)
      .when("Suspend", { reason: "a question of law" })
      .then([Suspended])
      .replying({ status: "suspended", reason: "a question of law" });
    given(...open, Suspended)
      .when("Resume", {})
      .then([Resumed])
      .replying({ status: "active", reason: null });
  });

  it("edits a draft, and what is on sale while nobody has touched it", () => {
    const terms = { ...TERMS, totalNumbers: 20, drawAt: DRAW_AT + 1 };
    const Edited = { _tag: "RaffleEdited", terms, at: AT };
    for (const history of [[Created], open, [...open, Suspended]])
      given(...history)
        .when("Edit", { terms })
        .then([Edited])
        .replying({ terms });
    given(...open, Edited)
      .when("Reserve", { ...ada, numbers: [19] })
      .replying({ numbers: [19] });
    for (const touched of [adaHolds, Sold("r.1", "ada", 1)])
      given(...open, touched)
        .when("Edit", { terms })
        .refused("RaffleStatusConflict", { raffleStatus: "active" });
    given(...open, adaHolds, Expired(holder("r.1", "ada", [2, 5])))
      .when("Edit", { terms })
      .then([Edited]);
  });

  const soldOne = Sold("r.1", "ada", 3);
  const closed = [...open, soldOne, Closed("3:r.1")];
  it.each([
    ["draft", [Created], ["Publish", "Edit", "Cancel"]],
    ["active", [...open, soldOne], ["Suspend", "Cancel", "Close", "Draw"]],
    ["suspended", [...open, soldOne, Suspended], ["Resume", "Cancel", "Close", "Draw"]],
    ["closed", closed, ["Cancel", "Draw"]],
    ["completed", [...closed, drawn(3, "r.1", "ada")], []],
    ["cancelled", [...closed, RaffleCancelled("why")], []],
  ] as const)("can do to a raffle that is %s only what makes sense", (status, history, allowed) => {
    for (const tag of anyAct) {
      const done = given(...history).when(tag, fieldsOf(tag));
      if ((allowed as ReadonlyArray<string>).includes(tag)) done.replying({ raffleId: "r" });
      else done.refused("RaffleStatusConflict", { raffleStatus: status });
    }
  });

  it("can do nothing to a raffle that there is not", () => {
    for (const tag of anyAct)
      given().when(tag, fieldsOf(tag)).refused("RaffleNotFound", { raffleId: "r" });
  });
});

describe("Reserve", () => {
  it("takes all numbers for ten minutes, in order, each once", () => {
    given(...open)
      .when("Reserve", { ...ada, numbers: [5, 2, 5] })
      .then([adaHolds])
      .replying({
        ...ada,
        raffleId: "r",
        phase: "selection",
        numbers: [2, 5],
        amountMinor: 2 * PRICE,
        expiresAt: UNTIL,
      });
    expect(dueAt(given(...open, adaHolds).state)).toBe(UNTIL);
  });

  it("takes all or none, and names what is taken", () => {
    given(...open, adaHolds, Sold("r.9", "cyd", 7))
      .when("Reserve", { ...bob, numbers: [1, 2, 5, 7] })
      .refused("NumberTaken", { numbers: [2, 5, 7] });
  });

  it("names the numbers that there are not", () => {
    given(...open)
      .when("Reserve", { ...ada, numbers: [9, 10, 11] })
      .refused("UnknownNumber", { numbers: [10, 11], totalNumbers: 10 });
  });

  it("is for one live reservation a player", () => {
    given(...open, adaHolds)
      .when("Reserve", { reservationId: "r.3", playerId: "ada", numbers: [1] })
      .refused("ReservationExists", { reservationId: "r.1" });
    given(...open, adaHolds, Cancelled("r.1", "ada", 2, 5))
      .when("Reserve", { reservationId: "r.3", playerId: "ada", numbers: [2] })
      .then([Reserved("r.3", "ada", 2)]);
  });

  it("lets a player whose time is up reserve anew before the alarm has rung", () => {
    const again = { reservationId: "r.3", playerId: "ada", numbers: [1, 2] };
    given(...open, adaHolds)
      .when("Reserve", again, UNTIL)
      .then([
        { ...Expired(holder("r.1", "ada", [2, 5])), at: UNTIL },
        { ...Reserved("r.3", "ada", 1, 2), until: UNTIL + SELECTION, at: UNTIL },
      ]);
    given(...open, adaHolds)
      .when("Reserve", again, UNTIL - 1)
      .refused("ReservationExists");
  });

  it.each([
    ["claims", adaHolds],
    ["has bought", Sold("r.1", "ada", 1)],
    ["was", Expired(holder("r.1", "ada", [1]))],
  ])("takes no id that %s numbers already", (_, one) => {
    given(...open, ...(one._tag === "ClaimsExpired" ? [Reserved("r.1", "ada", 1)] : []), one)
      .when("Reserve", { reservationId: "r.1", playerId: "dan", numbers: [8] })
      .refused("ReservationExists", { reservationId: "r.1" });
  });

  it("begins nothing in a raffle that is not on sale", () => {
    const reserve = { ...bob, numbers: [1] };
    given().when("Reserve", reserve).refused("RaffleNotFound");
    given(...open, Suspended)
      .when("Reserve", reserve)
      .refused("RaffleNotOpen", { raffleStatus: "suspended" });
    given(...open, Closed())
      .when("Reserve", reserve)
      .refused("RaffleNotOpen", { raffleStatus: "closed" });
    given(...open)
      .when("Reserve", reserve, DRAW_AT)
      .refused("RaffleNotOpen", { raffleStatus: "closed" });
  });

  it("gives no longer than until the draw", () => {
    given(...open)
      .when("Reserve", { ...ada, numbers: [1] }, DRAW_AT - 5)
      .replying({ expiresAt: DRAW_AT });
    given(...open, { ...adaHolds, until: DRAW_AT })
      .when("CheckOut", ada, DRAW_AT - 5)
      .replying({ expiresAt: DRAW_AT });
  });
});

describe("AddNumber", () => {
  const held = [...open, adaHolds];

  it("guards against: add-number did not change the amount", () => {
    given(...held)
      .when("AddNumber", { ...ada, number: 3 })
      .then([{ _tag: "NumberAdded", ...ada, number: 3 }])
      .replying({ numbers: [2, 3, 5], amountMinor: 3 * PRICE, expiresAt: UNTIL });
  });

  it("guards against: add-number skipped the check whether the number is free", () => {
    given(...held, Reserved("r.2", "bob", 1), Sold("r.9", "cyd", 7))
      .when("AddNumber", { ...ada, number: 1 })
      .refused("NumberTaken", { numbers: [1] });
    given(...held, Sold("r.9", "cyd", 7))
      .when("AddNumber", { ...ada, number: 7 })
      .refused("NumberTaken", { numbers: [7] });
  });

  it("guards against: add-number gave up its lock at once, so that two could have the number", () => {
    const { run } = given(...held, Reserved("r.2", "bob", 1));
    expect(run.command("AddNumber", { ...ada, number: 8 }, AT).ok).toBe(true);
    expect(run.command("AddNumber", { ...bob, number: 8 }, AT)).toMatchObject({
      rejection: { _tag: "NumberTaken", numbers: [8] },
    });
  });

  it("guards against: the owner was not checked", () => {
    given(...held)
      .when("AddNumber", { ...bob, ...{ reservationId: "r.1" }, number: 1 })
      .refused("NotYours");
  });

  it("of one that the reservation has already changes nothing", () => {
    given(...held)
      .when("AddNumber", { ...ada, number: 2 })
      .then([])
      .replying({ numbers: [2, 5] });
  });

  it("is refused when it cannot be", () => {
    const add = { ...ada, number: 1 };
    given().when("AddNumber", add).refused("RaffleNotFound");
    given(...open)
      .when("AddNumber", add)
      .refused("ReservationNotFound", { reservationId: "r.1" });
    given(...held, CheckedOut("r.1"))
      .when("AddNumber", add)
      .refused("NotInSelection");
    given(...held)
      .when("AddNumber", { ...ada, number: 10 })
      .refused("UnknownNumber");
    given(...held, Suspended)
      .when("AddNumber", add)
      .refused("RaffleNotOpen");
    given(...on({ totalNumbers: 20 }), Reserved("r.1", "ada", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
      .when("AddNumber", { ...ada, number: 11 })
      .refused("ReservationFull", { limit: 10 });
    given(...held)
      .when("AddNumber", add, UNTIL)
      .refused("ReservationClosed", { phase: "expired" });
    given(...held, Sold("r.1", "ada", 2, 5))
      .when("AddNumber", add)
      .refused("ReservationClosed", { phase: "sold" });
    given(...held, Cancelled("r.1", "ada", 2, 5))
      .when("AddNumber", add)
      .refused("ReservationClosed", { phase: "cancelled" });
  });
});

describe("RemoveNumber", () => {
  const held = [...open, adaHolds];

  it("guards against: the amount stayed as it was", () => {
    given(...held)
      .when("RemoveNumber", { ...ada, number: 2 })
      .then([{ _tag: "NumberRemoved", ...ada, number: 2 }])
      .replying({ numbers: [5], amountMinor: PRICE });
  });

  it("frees the number for others at once", () => {
    given(...held, { _tag: "NumberRemoved", ...ada, number: 2 })
      .when("Reserve", { ...bob, numbers: [2] })
      .then([Reserved("r.2", "bob", 2)]);
  });

  it("goes on while the raffle is suspended", () => {
    given(...held, Suspended)
      .when("RemoveNumber", { ...ada, number: 2 })
      .replying({ numbers: [5] });
  });

  it("is refused when it cannot be", () => {
    const remove = { ...ada, number: 2 };
    given().when("RemoveNumber", remove).refused("RaffleNotFound");
    given(...open)
      .when("RemoveNumber", remove)
      .refused("ReservationNotFound");
    given(...held)
      .when("RemoveNumber", { ...remove, playerId: "bob" })
      .refused("NotYours");
    given(...held, CheckedOut("r.1"))
      .when("RemoveNumber", remove)
      .refused("NotInSelection");
    given(...held)
      .when("RemoveNumber", { ...ada, number: 3 })
      .refused("NumberNotReserved");
    given(...open, Reserved("r.1", "ada", 2))
      .when("RemoveNumber", remove)
      .refused("LastNumber");
    given(...held)
      .when("RemoveNumber", remove, UNTIL)
      .refused("ReservationClosed");
  });
});

describe("CheckOut", () => {
  const held = [...open, adaHolds];

  it("guards against: the hold on the numbers was not prolonged with the reservation", () => {
    const late = UNTIL - 1;
    const done = given(...held);
    done
      .when("CheckOut", ada, late)
      .then([CheckedOut("r.1", late + CHECKOUT)])
      .replying({ phase: "checkout", expiresAt: late + CHECKOUT });
    // At the old deadline the alarm only looks; the numbers stay taken until the new one.
    done.itself(tick, UNTIL).then([{ _tag: "DeadlinesChecked" }]);
    expect(dueAt(done.run.state)).toBe(late + CHECKOUT);
    expect(
      done.run.command("Reserve", { ...bob, numbers: [2] }, late + CHECKOUT - 1),
    ).toMatchObject({
      rejection: { _tag: "NumberTaken" },
    });
    done
      .itself(tick, late + CHECKOUT)
      .then([{ ...Expired(holder("r.1", "ada", [2, 5])), at: late + CHECKOUT }]);
  });

  it("gives the time once", () => {
    given(...held, CheckedOut("r.1"))
      .when("CheckOut", ada, AT + 1000)
      .then([])
      .replying({ phase: "checkout", expiresAt: AT + CHECKOUT });
  });

  it("may give less time than was left for selecting", () => {
    given(...held)
      .when("CheckOut", ada, AT)
      .replying({ expiresAt: AT + CHECKOUT });
    expect(dueAt(given(...held, CheckedOut("r.1")).state)).toBe(AT + CHECKOUT);
  });

  it("guards against: the owner was not checked", () => {
    given(...held)
      .when("CheckOut", { ...ada, playerId: "bob" })
      .refused("NotYours");
  });

  it("goes on while the raffle is suspended, and not after the time", () => {
    given(...held, Suspended)
      .when("CheckOut", ada)
      .replying({ phase: "checkout" });
    given(...held)
      .when("CheckOut", ada, UNTIL)
      .refused("ReservationClosed", { phase: "expired" });
    given().when("CheckOut", ada).refused("RaffleNotFound");
    given(...open)
      .when("CheckOut", ada)
      .refused("ReservationNotFound");
  });
});

describe("Free", () => {
  const held = [...open, adaHolds];

  it("frees the numbers, once", () => {
    given(...held)
      .when("Free", ada)
      .then([Cancelled("r.1", "ada", 2, 5)])
      .replying({ freed: true });
    given(...held, CheckedOut("r.1"))
      .when("Free", ada)
      .replying({ freed: true });
    given(...held, Cancelled("r.1", "ada", 2, 5))
      .when("Free", ada)
      .then([])
      .replying({ freed: false });
    given(...open)
      .when("Free", ada)
      .then([])
      .replying({ freed: false });
  });

  it("guards against: the owner was not checked, and anybody's lock could be forced", () => {
    given(...held)
      .when("Free", { ...ada, playerId: "bob" })
      .refused("NotYours");
    given(...open, Sold("r.1", "ada", 2))
      .when("Free", { ...ada, playerId: "bob" })
      .refused("NotYours");
  });

  it("takes nothing back that is sold", () => {
    given(...held, Sold("r.1", "ada", 2, 5))
      .when("Free", ada)
      .refused("ReservationClosed", { phase: "sold" });
    given().when("Free", ada).refused("RaffleNotFound");
  });
});

describe("the deadline", () => {
  it("frees all claims that are due in one decision, in events of 500", () => {
    const many = Array.from({ length: 1_201 }, (_, i) => Reserved(`r.${i}`, `p${i}`, i));
    const { run } = given(...on({ totalNumbers: 5_000 }));
    run.state = after(run.state, many);
    const kept = run.command(
      "Reserve",
      { reservationId: "r.x", playerId: "x", numbers: [4_999] },
      AT + 1,
    );
    expect(kept.ok).toBe(true);
    expect(run.itself(tick, UNTIL - 1)).toEqual([]);
    const events = run.itself(tick, UNTIL);
    expect(events.map((event) => event._tag === "ClaimsExpired" && event.claims.length)).toEqual([
      500, 500, 201,
    ]);
    expect(run.state.claims.numbers.count).toBe(1);
    expect(dueAt(run.state)).toBe(UNTIL + 1);
    expect(run.itself(tick, UNTIL)).toEqual([]);
    expect(broken(run.state)).toEqual([]);
  });

  it("that has not come changes nothing, and the next is that of the claim that ends first", () => {
    given(...open, adaHolds)
      .itself(tick, UNTIL - 1)
      .then([]);
    for (const untils of [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ]) {
      const others = untils.map((by, i) => ({
        ...Reserved(`r.${i + 2}`, `p${i}`, i + 6),
        until: UNTIL + by,
      }));
      const expired = Expired(holder("r.1", "ada", [2, 5]));
      expect(dueAt(given(...open, adaHolds, ...others, expired).state)).toBe(UNTIL + 1);
    }
  });

  it("guards against: a claim outlived its numbers' hold: both end in one event", () => {
    const { run } = given(...open, adaHolds);
    expect(run.itself(tick, UNTIL)).toHaveLength(1);
    expect(claimOf(run.state.claims, branded<ReservationId>("r.1"))).toBeUndefined();
    expect(run.command("Reserve", { ...bob, numbers: [2, 5] }, UNTIL).ok).toBe(true);
  });

  it("that is gone when the alarm rings moves the alarm to the next, unseen", () => {
    const done = given(...open, adaHolds, { ...Reserved("r.2", "bob", 1), until: UNTIL + 7 });
    const { stateVersion } = done.run.state;
    done.when("Free", ada);
    expect(dueAt(done.run.state)).toBe(UNTIL);
    done.itself(tick, UNTIL).then([{ _tag: "DeadlinesChecked" }]);
    expect(dueAt(done.run.state)).toBe(UNTIL + 7);
    expect(done.run.state.stateVersion).toBe(stateVersion + 1);
  });

  it("needs no alarm when nothing is claimed", () => {
    expect(dueAt(given(...open, adaHolds, Cancelled("r.1", "ada", 2, 5)).state)).toBe(DRAW_AT);
    expect(dueAt(given(...open, Suspended).state)).toBeUndefined();
    expect(dueAt(given().state)).toBeUndefined();
    given().itself(tick).then([]);
  });
});

describe("Sell", () => {
  const held = [...open, adaHolds, CheckedOut("r.1")];
  const sell = { ...ada, paymentId: "pay-r.1", numbers: [2, 5], amountMinor: 2 * PRICE };
  const sold = Sold("r.1", "ada", 2, 5);
  const free = Expired(holder("r.1", "ada", [2, 5]));

  it("makes the numbers the player's and takes the money into escrow", () => {
    const done = given(...held);
    done
      .when("Sell", sell)
      .then([sold])
      .replying({ ...ada, phase: "sold", numbers: [2, 5], amountMinor: 2 * PRICE, expiresAt: AT });
    const { state, steps } = done.run;
    expect(state.sales.holding(5)).toMatchObject(ada);
    expect(HashMap.isEmpty(state.claims.byId)).toBe(true);
    const ledger = steps.at(-1)?.rows.filter(({ projection }) => projection.table === "ledger");
    expect(ledger?.map(({ row }) => [row["debit"], row["credit"], row["amount"]])).toEqual([
      ["reservation:r.1", "raffle:r:escrow", 2 * PRICE],
    ]);
  });

  it("is of the numbers in order, however they are named", () => {
    given(...held)
      .when("Sell", { ...sell, numbers: [5, 2] })
      .then([sold]);
  });

  it("is in time until the claim has been ended, even past the deadline", () => {
    given(...held)
      .when("Sell", sell, AT + CHECKOUT + 1)
      .replying({ phase: "sold" });
    given(...open, adaHolds)
      .when("Sell", sell)
      .replying({ phase: "sold" });
    given(...held, Suspended)
      .when("Sell", sell)
      .replying({ phase: "sold" });
  });

  it("guards against: success after expiry left money taken and numbers freed: it buys if all are free", () => {
    given(...held, free)
      .when("Sell", sell)
      .then([sold]);
    given(...held, free, Suspended)
      .when("Sell", sell)
      .then([sold]);
  });

  it("guards against: success after expiry, when another has one of them: refused, nothing changes", () => {
    given(...held, free, Reserved("r.2", "bob", 5))
      .when("Sell", sell)
      .refused("NumberTaken", { numbers: [5] });
    given(...held, free, Sold("r.2", "bob", 2))
      .when("Sell", sell)
      .refused("NumberTaken");
  });

  it("late, beside another reservation of the player, is a sale of its own", () => {
    const { run } = given(...held, free, Reserved("r.3", "ada", 1));
    expect(run.command("Sell", sell, AT).ok).toBe(true);
    expect(run.query("GetClaimOf", AT, { playerId: "ada" })).toMatchObject({ numbers: [1] });
    expect(broken(run.state)).toEqual([]);
  });

  it("happens once: the same payment hears of its sale, another is refused", () => {
    given(...held, sold)
      .when("Sell", sell)
      .then([])
      .replying({ phase: "sold", numbers: [2, 5] });
    given(...held, sold)
      .when("Sell", { ...sell, paymentId: "another" })
      .refused("ReservationClosed", { phase: "sold" });
  });

  it("is refused once the sale is over", () => {
    given().when("Sell", sell).refused("RaffleNotFound");
    for (const end of [Closed(), RaffleCancelled("why")])
      given(...held, free, end)
        .when("Sell", sell)
        .refused("RaffleNotOpen");
  });

  it("is refused of a reservation that its player has cancelled", () => {
    given(...held, Cancelled("r.1", "ada", 2, 5))
      .when("Sell", sell)
      .refused("ReservationClosed", { phase: "cancelled" });
  });

  it("sells what was paid for or nothing", () => {
    const dearer = { ...TERMS, ticketPriceMinor: PRICE + 1 };
    const fewer = { ...TERMS, totalNumbers: 5 };
    for (const terms of [dearer, fewer])
      given(...held, free, { _tag: "RaffleEdited", terms, at: AT })
        .when("Sell", sell)
        .refused("ReservationClosed", { phase: "expired" });
    for (const other of [
      { amountMinor: PRICE },
      { numbers: [2, 6] },
      { numbers: [2, 2] },
      { playerId: "bob" },
    ])
      given(...held)
        .when("Sell", { ...sell, ...other })
        .refused("ReservationClosed");
  });
});

describe("the close", () => {
  const both = [...open, adaHolds, Sold("r.9", "cyd", 7, 1)];

  it("frees every claim and fixes the list of tickets", () => {
    given(...both)
      .when("Close", {})
      .then([Expired(holder("r.1", "ada", [2, 5])), Closed("1:r.9", "7:r.9")])
      .replying({ status: "closed", closedAt: AT, reservedCount: 0, soldCount: 2 });
    const { run } = given(...both);
    expect(run.query("GetTickets", AT)).toEqual({ tickets: [] });
    run.command("Close", {}, AT);
    expect(run.query("GetTickets", AT)).toEqual({ tickets: ["1:r.9", "7:r.9"] });
    expect(run.query("GetDraw", AT)).toMatchObject({
      ticketCount: 2,
      ticketsDigest: digestOf("1:r.9", "7:r.9"),
      serverSeed: null,
      winners: [],
      awaitedRound: null,
    });
  });

  it("waits for the draw's date, and no longer", () => {
    const { run, state } = given(...both, Expired(holder("r.1", "ada", [2, 5])), Closed());
    expect(dueAt(state)).toBe(DRAW_AT);
    expect(run.itself(tick, DRAW_AT - 1)).toEqual([]);
  });
});

describe("the draw", () => {
  const sales = [Sold("r.1", "ada", 1, 2), Sold("r.2", "bob", 3), Sold("r.3", "cyd", 4, 5)];
  const five = ["1:r.1", "2:r.1", "3:r.2", "4:r.3", "5:r.3"];
  const tagsOf = (events: ReadonlyArray<{ readonly _tag: string }>) =>
    events.map(({ _tag }) => _tag);

  it("takes place by itself at its date: closes, draws each prize among other tickets, reveals the seed", () => {
    const { run } = given(...open, ...sales, { ...Reserved("r.4", "dan", 9), until: DRAW_AT });
    expect(tagsOf(run.itself(tick, DRAW_AT))).toEqual([
      "ClaimsExpired",
      "SaleClosed",
      "RaffleDrawn",
    ]);
    expect(run.itself(tick, DRAW_AT)).toEqual([]);
    expect(dueAt(run.state)).toBeUndefined();
    const draw = run.query("GetDraw", DRAW_AT) as { winners: Array<{ number: number }> };
    expect(draw).toMatchObject({
      status: "completed",
      serverSeed: SEED,
      drawnAt: DRAW_AT,
      ticketsDigest: digestOf(...five),
      winners: [{ prize: 0 }, { prize: 1 }],
    });
    expect(new Set(draw.winners.map(({ number }) => number)).size).toBe(2);
    expect(broken(run.state)).toEqual([]);
  });

  it("by the house comes at once, also from suspended and closed", () => {
    for (const history of [[], [Suspended], [Closed(...five)]]) {
      const { run } = given(...open, ...sales, ...history);
      expect(run.command("Draw", {}, AT)).toMatchObject({
        ok: true,
        reply: { status: "completed" },
      });
    }
  });

  it("of a suspended raffle waits for the house", () => {
    given(...open, ...sales, Suspended)
      .itself(tick, DRAW_AT)
      .then([]);
  });

  it("gives the platform its share and leaves the organiser's to be paid", () => {
    const { run } = given(...open, ...sales);
    run.command("Draw", {}, AT);
    expect(run.query("GetBooks", AT)).toEqual({
      sales: 3,
      grossMinor: 5 * PRICE,
      feeMinor: 125,
      payoutMinor: 1_125,
      returnedMinor: 0,
      unanswered: [],
      isSettled: false,
    });
    expect(run.itself({ _tag: "FinishPayout", refused: false }, AT)).toEqual([
      { _tag: "PayoutMade" },
    ]);
    expect(run.itself({ _tag: "FinishPayout", refused: true }, AT)).toEqual([]);
    expect(run.query("GetBooks", AT)).toMatchObject({ isSettled: true });
  });

  it("keeps for the organiser what the wallet refuses, and for the house what is nobody's", () => {
    const refused = given(...open, ...sales).run;
    refused.command("Draw", {}, AT);
    expect(refused.itself({ _tag: "FinishPayout", refused: true }, AT)).toEqual([
      { _tag: "PayoutUnclaimed", amountMinor: 1_125 },
    ]);
    const nobodys = given(...on({ organiserId: null }), ...sales).run;
    nobodys.command("Draw", {}, AT);
    expect(nobodys.query("GetBooks", AT)).toMatchObject({
      feeMinor: 5 * PRICE,
      payoutMinor: 0,
      isSettled: true,
    });
  });

  it("has as many winners as there are tickets", () => {
    const { run } = given(...open, Sold("r.2", "bob", 3));
    run.command("Draw", {}, AT);
    expect(run.query("GetDraw", AT)).toMatchObject({
      winners: [{ prize: 0, number: 3, playerId: "bob", reservationId: "r.2" }],
    });
  });

  it("of nothing is a cancellation", () => {
    given(...open, adaHolds)
      .itself(tick, DRAW_AT)
      .then([
        { ...Expired(holder("r.1", "ada", [2, 5])), at: DRAW_AT },
        RaffleCancelled("No number was sold.", DRAW_AT),
      ]);
  });

  it("of less than the minimum share is a cancellation, and everyone gets the money back", () => {
    const reason = "Fewer than 51 % of the numbers were sold.";
    given(...on({ minSoldPercent: 51 }), ...sales)
      .when("Draw", {})
      .then([RaffleCancelled(reason)]);
    given(...on({ minSoldPercent: 50 }), ...sales)
      .when("Draw", {})
      .replying({ status: "completed" });
  });

  it("counts the share of the numbers sold exactly", () => {
    const hundred = Array.from({ length: 10 }, (_, i) =>
      Sold(`r.${i}`, `p${i}`, ...Array.from({ length: 10 }, (__, n) => 10 * i + n)),
    );
    for (const [totalNumbers, status] of [
      [200, "completed"],
      [201, "cancelled"],
      [202, "cancelled"],
    ] as const)
      given(...on({ minSoldPercent: 50, totalNumbers }), ...hundred)
        .when("Draw", {})
        .replying({ status });
  });

  it.each([
    [33, [3], 8],
    [500, [1, 2, 3, 4, 5, 6, 7, 8], 1_000],
  ])(
    "takes a fee of %i per mille, rounded down, and leaves the rest",
    (feePerMille, numbers, fee) => {
      const { run } = given(...on({}, { feePerMille }), Sold("r.1", "ada", ...numbers));
      run.command("Draw", {}, AT);
      expect(run.query("GetBooks", AT)).toMatchObject({
        feeMinor: fee,
        payoutMinor: PRICE * numbers.length - fee,
      });
    },
  );

  describe("with a beacon", () => {
    const beaconed = [...on({}, { beacon: QUICKNET }), ...sales];
    const round = awaitedRound(QUICKNET, AT);
    const roundAt = publishedAt(QUICKNET, round);
    const Begun = { _tag: "DrawBegun", round, roundAt, at: AT };
    const heard = { round, randomness: "ab".repeat(32), signature: "cd".repeat(48) };

    it("waits for the first round that is published half a minute after the close", () => {
      expect(roundAt).toBeGreaterThanOrEqual(AT + 30_000);
      expect(publishedAt(QUICKNET, round - 1)).toBeLessThan(AT + 30_000);
      const done = given(...beaconed);
      done
        .when("Draw", {})
        .then([Closed(...five), Begun])
        .replying({ status: "closed" });
      done.when("Draw", {}).then([]);
      expect(done.run.query("GetDraw", AT)).toMatchObject({
        awaitedRound: round,
        serverSeed: null,
      });
      expect(dueAt(done.run.state)).toBe(roundAt);
      done.itself(tick, roundAt - 1).then([]);
      done.itself(tick, roundAt).then([{ _tag: "RoundDue" }]);
      expect(dueAt(done.run.state)).toBeUndefined();
    });

    it("draws with that round and no other", () => {
      const done = given(...beaconed, Closed(...five), Begun);
      done.itself({ _tag: "TakeRound", round: heard }).then([]);
      done.itself(tick, roundAt);
      done.itself({ _tag: "TakeRound", round: { ...heard, round: round + 1 } }).then([]);
      expect(tagsOf(done.run.itself({ _tag: "TakeRound", round: heard }, roundAt))).toEqual([
        "RaffleDrawn",
      ]);
      expect(done.run.query("GetDraw", AT)).toMatchObject({ round: heard, status: "completed" });
      done.itself({ _tag: "TakeRound", round: heard }).then([]);
    });

    it("rests on the randomness of that round", () => {
      const places = (randomness: string | null) =>
        drawWinners(
          { serverSeed: SEED, randomness, ticketsDigest: digestOf(...five) },
          { prizes: 2, tickets: five.length },
        );
      const { run } = given(...beaconed, Closed(...five), { ...Begun, roundAt: AT });
      run.itself({ _tag: "TakeRound", round: heard }, roundAt);
      const { winners } = run.query("GetDraw", AT) as { winners: Array<{ number: number }> };
      expect(winners.map(({ number }) => number)).toEqual(
        places(heard.randomness).map((place) => place + 1),
      );
      expect(places(heard.randomness)).not.toEqual(places(null));
    });

    it("needs not wait when the sale was closed long ago", () => {
      const done = given(...beaconed, Closed(...five));
      expect(done.run.itself(tick, DRAW_AT)).toEqual([{ ...Begun, at: DRAW_AT }]);
      expect(done.state.about?.awaiting).toBeNull();
      expect(done.run.state.about?.awaiting?.isDue).toBe(true);
    });

    it("can still be called off", () => {
      given(...beaconed, Closed(...five), Begun)
        .when("Cancel", { reason: "why" })
        .then([RaffleCancelled("why")]);
    });
  });
});

describe("a cancelled raffle", () => {
  const sales = [Sold("r.1", "ada", 1, 2), Sold("r.2", "bob", 3), Sold("r.3", "cyd", 4, 5)];
  const over = [...open, ...sales, RaffleCancelled("why")];
  const Returned = (count: number) => ({ _tag: "SalesReturned", count, at: AT });
  const HandedOver = (count: number) => ({ _tag: "RefundsHandedOver", count });

  it("frees the claims and keeps the sales until they are returned", () => {
    given(...open, adaHolds, Sold("r.2", "bob", 3))
      .when("Cancel", { reason: "why" })
      .then([Expired(holder("r.1", "ada", [2, 5])), RaffleCancelled("why")])
      .replying({ status: "cancelled", reason: "why", endedAt: AT, soldCount: 1 });
  });

  it("returns some sales at a time, and the next when those are handed over", () => {
    const done = given(...over);
    done.itself({ _tag: "RefundsHandedOver", upTo: 2 }).then([]);
    done.itself({ _tag: "ReturnSales", count: 2 }).then([Returned(2)]);
    const ledger = done.run.steps
      .at(-1)
      ?.rows.filter(({ projection }) => projection.table === "ledger");
    expect(ledger?.map(({ row }) => [row["debit"], row["credit"], row["amount"]])).toEqual([
      ["raffle:r:escrow", "reservation:r.1", 2 * PRICE],
      ["raffle:r:escrow", "reservation:r.2", PRICE],
    ]);
    done.itself({ _tag: "ReturnSales", count: 2 }).then([]);
    expect(done.run.query("GetBooks", AT)).toMatchObject({
      returnedMinor: 3 * PRICE,
      isSettled: false,
    });
    done.itself({ _tag: "RefundsHandedOver", upTo: 2 }).then([HandedOver(2)]);
    done.itself({ _tag: "RefundsHandedOver", upTo: 2 }).then([]);
    done.itself({ _tag: "ReturnSales", count: 2 }).then([Returned(1)]);
    done.itself({ _tag: "RefundsHandedOver", upTo: 3 }).then([HandedOver(1)]);
    done.itself({ _tag: "ReturnSales", count: 2 }).then([]);
    expect(done.run.query("GetBooks", AT)).toMatchObject({
      returnedMinor: 5 * PRICE,
      isSettled: true,
    });
  });

  it("hands over no more than were handed over", () => {
    given(...over, Returned(2))
      .itself({ _tag: "RefundsHandedOver", upTo: 1 })
      .then([HandedOver(1)]);
  });

  it("returns nothing while it is not cancelled", () => {
    given(...open, ...sales)
      .itself({ _tag: "ReturnSales", count: 2 })
      .then([]);
  });
});

describe("who reads it", () => {
  const { run } = given(...open, adaHolds, Sold("r.9", "cyd", 7), Sold("r.8", "ada", 0));

  it("reads the numbers with their states, and which are theirs", () => {
    expect(run.query("GetNumbers", AT, { offset: 5, limit: 3, playerId: "ada" })).toEqual({
      numbers: [
        { number: 5, status: "reserved", mine: true },
        { number: 6, status: "available", mine: false },
        { number: 7, status: "sold", mine: false },
      ],
      totalNumbers: 10,
      stateVersion: 5,
    });
    for (const [offset, limit, length] of [
      [8, 5_000, 2],
      [-3, 2, 2],
      [10, 5, 0],
    ])
      expect(run.query("GetNumbers", AT, { offset, limit })).toHaveProperty(
        "numbers.length",
        length,
      );
  });

  it("reads no more than a thousand at a time", () => {
    expect(
      given(...on({ totalNumbers: 1_500 })).run.query("GetNumbers", AT, {
        offset: 0,
        limit: 1_500,
      }),
    ).toHaveProperty("numbers.length", 1_000);
  });

  it("reads all of them as bitmaps", () => {
    const bits = (...numbers: Array<number>) => {
      const bytes = Buffer.alloc(2);
      for (const number of numbers) bytes[number >> 3]! |= 1 << (number & 7);
      return bytes.toString("base64");
    };
    expect(run.query("GetGrid", AT, { playerId: "ada" })).toMatchObject({
      raffle: { soldCount: 2, reservedCount: 2 },
      reserved: bits(2, 5),
      sold: bits(0, 7),
      mine: [0, 2, 5],
    });
    expect(run.query("GetGrid", AT)).toMatchObject({ mine: [] });
  });

  it("reads a claim, a sale, and a player's live claim", () => {
    expect(run.query("GetClaim", AT, { reservationId: "r.1" })).toMatchObject({
      phase: "selection",
    });
    expect(run.query("GetClaim", AT, { reservationId: "r.9" })).toMatchObject({ phase: "sold" });
    expect(run.query("GetClaim", AT, { reservationId: "r.7" })).toMatchObject({
      _tag: "ReservationNotFound",
    });
    expect(run.query("GetClaimOf", UNTIL - 1, { playerId: "ada" })).toMatchObject(ada);
    expect(run.query("GetClaimOf", UNTIL, { playerId: "ada" })).toBeNull();
    expect(run.query("GetClaimOf", AT, { playerId: "cyd" })).toBeNull();
  });

  it("finds no raffle where there is none", () => {
    const none = given().run;
    for (const [query, fields] of [
      ["GetRaffle", {}],
      ["GetBooks", {}],
      ["GetNumbers", { offset: 0, limit: 1 }],
      ["GetGrid", {}],
      ["GetClaim", { reservationId: "r.1" }],
      ["GetClaimOf", { playerId: "ada" }],
      ["GetDraw", {}],
      ["GetTickets", {}],
    ] as const)
      expect(none.query(query, AT, fields), query).toMatchObject({ _tag: "RaffleNotFound" });
  });

  it("remembers the latest that ended, and forgets the oldest", () => {
    const ends = Array.from({ length: 4_001 }, (_, i) => Cancelled(`r.${i}`, "x", 1));
    const { run: later } = given(...open);
    later.state = after(later.state, ends);
    expect(later.command("CheckOut", { ...ada, reservationId: "r.4000" }, AT + HOUR)).toMatchObject(
      {
        rejection: { _tag: "ReservationClosed", phase: "cancelled" },
      },
    );
    expect(later.command("CheckOut", { ...ada, reservationId: "r.0" }, AT + HOUR)).toMatchObject({
      rejection: { _tag: "ReservationNotFound" },
    });
  });
});
