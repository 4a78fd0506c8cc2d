import { describe, expect, it } from "vitest";
import { OFFER_STANDS_MS } from "../../../entities/favor/decider.ts";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import { MAX_BALANCE_MINOR } from "../../../rpc/wallet.ts";
import { Favor } from "../../../rpc/favor.ts";
import { CommandId, FavorId, HoldId, PlayerId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { Circle, GRANT } from "./Circle.ts";

const toBob = {
  to: PlayerId.make("bob"),
  amount: minor(10_000),
  repay: minor(11_000),
  due_in_seconds: 60,
};
const DUE_IN_MS = 60_000;
const wallet = (total: number, locked: number) => ({
  balance_total: total,
  balance_locked: locked,
  balance_available: total - locked,
});

/** Ada has offered bob a favor. */
const offered = async () => {
  const circle = await Circle.of("ada", "bob", "cyd");
  const offer = await circle.offer("ada", "k1", toBob);
  if (offer?.ok !== true) throw new Error("the offer was refused");
  return { circle, favorId: circle.idOf("ada", "k1"), offer };
};

/** And bob has taken it. */
const lent = async () => {
  const { circle, favorId } = await offered();
  await circle.answer("accept", "bob", "k2", favorId);
  return { circle, favorId };
};

describe("a favor", () => {
  it("is offered, accepted and repaid, and everyone has what is theirs", async () => {
    const { circle, favorId, offer } = await offered();
    expect(offer).toMatchObject({
      replayed: false,
      value: {
        favor_id: favorId,
        lender_id: "ada",
        borrower_id: "bob",
        amount: 10_000,
        repay: 11_000,
        due_in_seconds: 60,
        status: "offered",
        due_at: null,
        wallet: wallet(GRANT, 10_000),
      },
    });
    await circle.expectClean();
    expect(await circle.answer("accept", "bob", "k2", favorId)).toMatchObject({
      replayed: false,
      value: { status: "active", wallet: wallet(GRANT + 10_000, 0) },
    });
    expect(await circle.totals()).toEqual([GRANT - 10_000, GRANT + 10_000, GRANT]);
    expect(await circle.status(favorId)).toBe("active");
    await circle.expectNothingHeld();
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      replayed: false,
      value: { status: "repaid", wallet: wallet(GRANT - 1_000, 0) },
    });
    expect(await circle.totals()).toEqual([GRANT + 1_000, GRANT - 1_000, GRANT]);
    expect(await circle.status(favorId)).toBe("repaid");
    await circle.expectNothingHeld();
  });

  it.each([
    ["decline", "bob", "declined"],
    ["withdraw", "ada", "withdrawn"],
  ] as const)("that ends by %s leaves the lender's money available", async (verb, who, status) => {
    const { circle, favorId } = await offered();
    expect(await circle.answer(verb, who, "k2", favorId)).toMatchObject({
      value: { status, wallet: wallet(GRANT, 0) },
    });
    expect(await circle.totals()).toEqual([GRANT, GRANT, GRANT]);
    await circle.expectNothingHeld();
    expect(await circle.answer("accept", "bob", "k3", favorId)).toMatchObject({
      error: { _tag: "OfferClosed", favorStatus: status },
    });
  });

  it("that nobody answers lapses after a day, and not before; nor is its hold given up", async () => {
    const { circle, favorId } = await offered();
    await circle.pass(CHECK_HOLD_AFTER_MS * 2);
    await circle.skip(OFFER_STANDS_MS - CHECK_HOLD_AFTER_MS * 2 - 3_000);
    expect(await circle.status(favorId)).toBe("offered");
    expect((await circle.wallet("ada")).balance.lockedMinor).toBe(10_000);
    await circle.pass(2_000);
    expect(await circle.status(favorId)).toBe("expired");
    await circle.expectNothingHeld();
  });

  it("that is not repaid in time is overdue although its process died, and can be repaid still", async () => {
    const { circle, favorId } = await lent();
    circle.restart();
    await circle.pass(DUE_IN_MS - 1_000);
    expect(await circle.status(favorId)).toBe("active");
    await circle.pass(2_000);
    expect(await circle.status(favorId)).toBe("overdue");
    await circle.expectNothingHeld();
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      value: { status: "repaid" },
    });
    expect(await circle.totals()).toEqual([GRANT + 1_000, GRANT - 1_000, GRANT]);
    await circle.expectNothingHeld();
  });

  it.each([
    ["accept", "cyd"],
    ["accept", "ada"],
    ["decline", "ada"],
    ["withdraw", "bob"],
  ] as const)("cannot be answered by %s of %s", async (verb, who) => {
    const { circle, favorId } = await offered();
    expect(await circle.answer(verb, who, "k2", favorId)).toMatchObject({
      error: { _tag: "NotYours" },
    });
    expect(await circle.status(favorId)).toBe("offered");
  });

  it("is repaid by its borrower alone, and nothing of another is held for it", async () => {
    const { circle, favorId } = await lent();
    expect(await circle.answer("repay", "cyd", "k3", favorId)).toMatchObject({
      error: { _tag: "NotYours" },
    });
    await circle.expectNothingHeld();
  });

  it("is repaid once, though two ask at once", async () => {
    const { circle, favorId } = await lent();
    const both = await Promise.all([
      circle.answer("repay", "bob", "k3", favorId),
      circle.answer("repay", "bob", "k4", favorId),
    ]);
    expect(both.map((one) => one?.ok).toSorted()).toEqual([false, true]);
    expect(both.find((one) => one?.ok === false)).toMatchObject({
      error: { _tag: "NotRepayable" },
    });
    expect(await circle.totals()).toEqual([GRANT + 1_000, GRANT - 1_000, GRANT]);
    await circle.expectNothingHeld();
  });

  it("is accepted or withdrawn, though both are asked at once", async () => {
    const { circle, favorId } = await offered();
    const both = await Promise.all([
      circle.answer("accept", "bob", "k2", favorId),
      circle.answer("withdraw", "ada", "k3", favorId),
    ]);
    expect(both.map((one) => one?.ok).toSorted()).toEqual([false, true]);
    await circle.expectNothingHeld();
  });
});

describe("what is refused", () => {
  it.each([
    ["to nobody", { ...toBob, to: PlayerId.make("nobody") }, "BorrowerNotFound"],
    ["to oneself", { ...toBob, to: PlayerId.make("ada") }, "FavorToSelf"],
    ["for less", { ...toBob, repay: minor(9_999) }, "RepayBelowAmount"],
    [
      "beyond one's means",
      { ...toBob, amount: minor(GRANT + 1), repay: minor(GRANT + 1) },
      "InsufficientFunds",
    ],
  ])("an offer %s holds nothing", async (_, body, error) => {
    const circle = await Circle.of("ada", "bob");
    for (const replay of [false, true]) {
      const refused = await circle.offer("ada", "k1", body);
      expect(refused).toMatchObject({ ok: false, error: { _tag: error } });
      if (error !== "BorrowerNotFound") expect(refused?.replayed).toBe(replay);
    }
    await circle.expectNothingHeld();
  });

  it("a repayment of what one has not, and the favor stays as it was", async () => {
    const { circle, favorId } = await lent();
    const all = minor(GRANT + 10_000);
    await circle.offer("bob", "all", {
      ...toBob,
      to: PlayerId.make("cyd"),
      amount: all,
      repay: all,
    });
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      error: { _tag: "InsufficientFunds", requiredMinor: 11_000 },
    });
    expect(await circle.status(favorId)).toBe("active");
    await circle.expectClean();
  });

  it("any answer to what was never offered, without a trace", async () => {
    const circle = await Circle.of("ada");
    for (const verb of ["accept", "decline", "withdraw", "repay"] as const)
      expect(await circle.answer(verb, "ada", "k1", FavorId.make("f_none"))).toMatchObject({
        error: { _tag: "FavorNotFound" },
      });
    expect(circle.journal.entriesOf({ kind: "favor", entityId: "f_none" })).toEqual([]);
  });
});

describe("a key", () => {
  it("does one thing and answers the same for ever", async () => {
    const { circle, favorId, offer } = await offered();
    const again = async () => {
      expect(await circle.offer("ada", "k1", toBob)).toEqual({ ...offer, replayed: true });
      expect(await circle.answer("accept", "bob", "k2", favorId)).toEqual({
        ...accepted,
        replayed: true,
      });
    };
    const accepted = await circle.answer("accept", "bob", "k2", favorId);
    await again();
    const repaid = await circle.answer("repay", "bob", "k3", favorId);
    circle.restart();
    await again();
    await circle.skip(OFFER_STANDS_MS);
    expect(await circle.answer("repay", "bob", "k3", favorId)).toEqual({
      ...repaid,
      replayed: true,
    });
    await again();
    expect(await circle.totals()).toEqual([GRANT + 1_000, GRANT - 1_000, GRANT]);
    await circle.expectNothingHeld();
  });

  it("from two sockets at once is one offer", async () => {
    const circle = await Circle.of("ada", "bob");
    const [one, other] = await Promise.all([
      circle.offer("ada", "k1", toBob),
      circle.offer("ada", "k1", toBob),
    ]);
    expect([one?.replayed, other?.replayed].toSorted()).toEqual([false, true]);
    expect({ ...one, replayed: true }).toEqual({ ...other, replayed: true });
    expect((await circle.wallet("ada")).openHolds).toHaveLength(1);
  });

  it.each([
    ["amount", { ...toBob, amount: minor(10_001) }],
    ["repay", { ...toBob, repay: minor(11_001) }],
    ["to", { ...toBob, to: PlayerId.make("cyd") }],
    ["due_in_seconds", { ...toBob, due_in_seconds: 61 }],
  ])("that was used is refused for another %s", async (_, body) => {
    const { circle } = await offered();
    expect(await circle.offer("ada", "k1", body)).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    await circle.expectClean();
  });

  it("that was used for one thing is refused for any other, and for another favor", async () => {
    const { circle, favorId } = await offered();
    const bobs = { ...toBob, to: PlayerId.make("ada") };
    await circle.offer("bob", "k2", bobs);
    for (const verb of ["accept", "decline", "repay"] as const)
      expect(await circle.answer(verb, "bob", "k2", favorId)).toMatchObject({
        error: { _tag: "IdempotencyKeyReused" },
      });
    expect(await circle.answer("withdraw", "ada", "k1", favorId)).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    await circle.answer("accept", "bob", "k3", favorId);
    await circle.offer("ada", "k4", toBob);
    const other = circle.idOf("ada", "k4");
    expect(await circle.answer("accept", "bob", "k3", other)).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    expect(await circle.status(other)).toBe("offered");
    await circle.expectClean();
  });
});

describe("a hold that no favor stands behind", () => {
  it("is asked about and released; the offer that comes late is refused", async () => {
    const circle = await Circle.of("ada", "bob");
    circle.dieAt({ commit: 1, written: true });
    expect(await circle.offer("ada", "k1", toBob)).toBeUndefined();
    circle.restart();
    expect((await circle.wallet("ada")).balance.lockedMinor).toBe(10_000);
    await circle.skip(CHECK_HOLD_AFTER_MS);
    await circle.expectNothingHeld();
    expect(await circle.offer("ada", "k1", toBob)).toMatchObject({
      error: { _tag: "FavorHoldLapsed" },
    });
    expect(await circle.offer("ada", "k2", toBob)).toMatchObject({ ok: true });
    await circle.expectClean();
  });

  it("for a repayment is released too, and the repayment that comes late is refused", async () => {
    const { circle, favorId } = await lent();
    circle.dieAt({ commit: 1, written: true });
    expect(await circle.answer("repay", "bob", "k3", favorId)).toBeUndefined();
    circle.restart();
    await circle.skip(CHECK_HOLD_AFTER_MS);
    await circle.expectNothingHeld();
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      error: { _tag: "FavorHoldLapsed" },
    });
    expect(await circle.answer("repay", "bob", "k4", favorId)).toMatchObject({
      value: { status: "repaid" },
    });
    await circle.expectNothingHeld();
  });

  it("is no business of a favor whose id it does not bear", async () => {
    const { circle, favorId } = await offered();
    const hold = {
      entityId: "cyd",
      commandId: CommandId.make("hold:x"),
      holdId: HoldId.make("x"),
      amountMinor: minor(5),
      purpose: "favor",
      ref: favorId,
      owner: { kind: Favor.kind, entityId: favorId },
    };
    await circle.settle(circle.ask(Wallet, "Hold", hold));
    await circle.skip(CHECK_HOLD_AFTER_MS);
    expect((await circle.wallet("cyd")).openHolds).toEqual([]);
    expect((await circle.wallet("ada")).openHolds).toHaveLength(1);
  });
});

describe("money that a wallet cannot take", () => {
  const fill = (circle: Circle, player: string, name: string, room = 0) =>
    circle
      .wallet(player)
      .then(({ balance }) =>
        circle.deposit(player, MAX_BALANCE_MINOR - balance.totalMinor - room, name),
      );

  it("goes back to the lender", async () => {
    const { circle, favorId } = await offered();
    await fill(circle, "bob", "d1");
    for (const replayed of [false, true])
      expect(await circle.answer("accept", "bob", "k2", favorId)).toMatchObject({
        replayed,
        error: { _tag: "BalanceLimit" },
      });
    await circle.pass(100);
    expect(await circle.status(favorId)).toBe("returned");
    expect((await circle.wallet("ada")).balance).toMatchObject({
      totalMinor: GRANT,
      lockedMinor: 0,
    });
    await circle.expectNothingHeld();
  });

  it("goes back to the borrower, who still owes it and can repay when there is room", async () => {
    const { circle, favorId } = await lent();
    await fill(circle, "ada", "d1", 10_999);
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      error: { _tag: "BalanceLimit" },
    });
    await circle.pass(100);
    expect(await circle.status(favorId)).toBe("active");
    expect((await circle.wallet("bob")).balance.totalMinor).toBe(GRANT + 10_000);
    await circle.offer("ada", "room", { ...toBob, amount: minor(1), repay: minor(1) });
    await circle.answer("accept", "bob", "k4", circle.idOf("ada", "room"));
    expect(await circle.answer("repay", "bob", "k5", favorId)).toMatchObject({
      value: { status: "repaid" },
    });
    await circle.expectNothingHeld();
  });

  it("is kept for them by the house when neither can take it", async () => {
    const { circle, favorId } = await offered();
    await fill(circle, "bob", "d1");
    // The key's claim, the acceptance, and the lender's money is on the favor's account.
    circle.dieAt({ commit: 3, written: true });
    await circle.answer("accept", "bob", "k2", favorId);
    expect(circle.goOn()).toBe(true);
    expect(circle.account(`favor:${favorId}`)).toBe(10_000);
    await fill(circle, "ada", "d2");
    await circle.skip(60_000);
    expect(await circle.status(favorId)).toBe("returned");
    await circle.expectNothingHeld();
    expect(circle.account("house:unclaimed")).toBe(10_000);
  });
});
