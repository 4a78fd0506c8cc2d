import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import { broken } from "../../../entities/wallet/invariants.ts";
import { CHECK_HOLD_AFTER_MS, MAX_OPEN_HOLDS } from "../../../entities/wallet/decider.ts";
import { availableMinor } from "../../../entities/wallet/state.ts";
import { CommandId, HoldId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { MAX_BALANCE_MINOR } from "../../../rpc/wallet.ts";
import { scenarios } from "../../support/given.ts";
import { walletDesk } from "./desk.ts";

const AT = 1_000_000;
const CHECK_AT = AT + CHECK_HOLD_AFTER_MS;
const given = scenarios(walletDesk, { at: AT, entityId: "ada" });

const Opened = { _tag: "WalletOpened", grantMinor: 10_000 };
const owner = { kind: "lobby", entityId: "derby" };
const hold = (holdId: string, amountMinor: number) => ({
  holdId,
  amountMinor,
  purpose: "bet",
  ref: "derby-1",
  owner,
});
const held = (holdId: string, amountMinor: number, at = AT) => ({
  _tag: "MoneyHeld",
  ...hold(holdId, amountMinor),
  at,
  checkAt: at + CHECK_HOLD_AFTER_MS,
});
const Held = held("b1", 6_000);
const released = (holdId: string, amountMinor: number, feeMinor = 0) => ({
  _tag: "HoldReleased",
  holdId,
  amountMinor,
  feeMinor,
  feeAccount: "house:fees",
  ref: "derby-1",
});
const settled = (holdId: string, amountMinor: number, payoutMinor: number) => ({
  _tag: "HoldSettled",
  holdId,
  amountMinor,
  account: "race:derby-1:pool",
  payoutMinor,
  ref: "derby-1",
});
const b1 = HoldId.make("b1");

describe("Open", () => {
  it("grants the joining money once", () => {
    given()
      .when("Open", { grantMinor: 10_000 })
      .then([Opened])
      .replying({ totalMinor: 10_000, lockedMinor: 0, availableMinor: 10_000, version: 1 });
    given(Opened).when("Open", { grantMinor: 10_000 }).then([]).replying({ totalMinor: 10_000 });
  });
});

describe("a wallet that is not open", () => {
  // More than any wallet may have or has: that there is none is said first.
  const amountMinor = Number.MAX_SAFE_INTEGER;
  const money = { amountMinor, account: "provider:card:clearing", ref: "r" };
  it.each([
    ["Deposit", money],
    ["Withdraw", money],
    ["Spend", money],
    ["Transfer", { to: "bob", amountMinor, ref: "r" }],
    ["Receive", { from: "bob", transferId: "t", amountMinor, ref: "r" }],
    ["Hold", hold("b1", amountMinor)],
    ["Release", { holdId: "b1", feeMinor: 0, feeAccount: "house:fees" }],
    ["Settle", { items: [], ref: "derby-1" }],
    ["Freeze", { reason: "r" }],
    ["Unfreeze", { reason: "r" }],
    ["Adjust", { amountMinor: MAX_BALANCE_MINOR, reason: "r" }],
    ["Adjust", { amountMinor: -MAX_BALANCE_MINOR, reason: "r" }],
  ] as const)("refuses %s", (tag, fields) => {
    given().when(tag, fields).refused("WalletNotFound", { playerId: "ada" });
  });

  it("answers no balance", () => {
    expect(given().run.query("GetWallet", AT)).toMatchObject({ _tag: "WalletNotFound" });
  });
});

describe("Deposit, Withdraw, Spend", () => {
  const money = (amountMinor: number, account: string) => ({ amountMinor, account, ref: "x" });

  it("bring money in and take it out", () => {
    const card = "provider:card:clearing";
    given(Opened)
      .when("Deposit", money(500, card))
      .then([{ _tag: "Deposited", ...money(500, card) }])
      .replying({ totalMinor: 10_500 });
    given(Opened)
      .when("Withdraw", money(10_000, card))
      .then([{ _tag: "Withdrawn", ...money(10_000, card) }])
      .replying({ totalMinor: 0 });
    given(Opened)
      .when("Spend", money(1, "house:shop"))
      .then([{ _tag: "Spent", ...money(1, "house:shop") }])
      .replying({ totalMinor: 9_999 });
  });

  it.each(["Withdraw", "Spend"] as const)("%s leaves held money alone", (tag) => {
    given(Opened, Held)
      .when(tag, money(4_001, "house:shop"))
      .refused("InsufficientFunds", { availableMinor: 4_000, requiredMinor: 4_001 });
    given(Opened, Held).when(tag, money(4_000, "house:shop")).replying({ availableMinor: 0 });
  });

  it("bring in as much as a wallet may have, and no unit more", () => {
    const roomMinor = MAX_BALANCE_MINOR - Opened.grantMinor;
    given(Opened)
      .when("Deposit", money(roomMinor, "house:grants"))
      .replying({ totalMinor: MAX_BALANCE_MINOR });
    given(Opened)
      .when("Deposit", money(roomMinor + 1, "house:grants"))
      .refused("BalanceLimit");
  });

  it.each([0, -1, 0.5, 2 ** 53, Number.NaN, "1"])("no amount of %s is ever said", (amount) => {
    expect(() =>
      given(Opened).when("Deposit", { amountMinor: amount, account: "a:b", ref: "r" }),
    ).toThrow();
  });
});

describe("Hold", () => {
  it("locks money and says until when nobody asks about it", () => {
    given(Opened)
      .when("Hold", hold("b1", 6_000))
      .then([Held])
      .replying({
        balance: { totalMinor: 10_000, lockedMinor: 6_000, availableMinor: 4_000, version: 2 },
        ref: "derby-1",
        amountMinor: 6_000,
      });
  });

  it("of two bets of 60 on 100, one is taken and one refused", () => {
    given(Opened, Held)
      .when("Hold", hold("b2", 6_000))
      .refused("InsufficientFunds", { availableMinor: 4_000, requiredMinor: 6_000 });
    expect(given(Opened, Held).run.query("GetWallet", AT)).toMatchObject({
      balance: { totalMinor: 10_000, lockedMinor: 6_000 },
    });
  });

  it("refuses the id of an open hold, and takes that of an ended one", () => {
    given(Opened, Held).when("Hold", hold("b1", 1)).refused("HoldExists", { holdId: "b1" });
    given(Opened, Held, released("b1", 6_000))
      .when("Hold", hold("b1", 1))
      .then([held("b1", 1)]);
  });

  it("keeps the number of open holds bounded", () => {
    const { decide, evolve } = walletDesk.decider;
    const meta = { at: AT, entityId: "ada", commandId: "c" };
    const taking = (holdId: string) => ({
      ...hold(holdId, 1),
      holdId: HoldId.make(holdId),
      amountMinor: minor(1),
      entityId: "ada",
      commandId: CommandId.make("c"),
    });
    let { state } = given({ ...Opened, grantMinor: MAX_OPEN_HOLDS + 1 });
    for (let i = 0; i < MAX_OPEN_HOLDS; i++) {
      const decision = decide.Hold(state, taking(`x${i}`), meta);
      if (!decision.accepted) throw new Error(`hold ${i} is refused`);
      for (const event of decision.events) state = evolve(state, event);
    }
    expect(decide.Hold(state, taking("one-too-many"), meta)).toMatchObject({
      accepted: false,
      rejection: { _tag: "HoldLimit", limit: MAX_OPEN_HOLDS },
    });
  });
});

describe("Release", () => {
  const release = (feeMinor: number) => ({ holdId: "b1", feeMinor, feeAccount: "house:fees" });

  it("gives the money back", () => {
    given(Opened, Held)
      .when("Release", release(0))
      .then([released("b1", 6_000)])
      .replying({
        refundMinor: 6_000,
        feeMinor: 0,
        balance: { totalMinor: 10_000, lockedMinor: 0 },
      });
  });

  it("keeps a fee, at most what was held", () => {
    given(Opened, Held)
      .when("Release", release(300))
      .then([released("b1", 6_000, 300)])
      .replying({ refundMinor: 5_700, feeMinor: 300, balance: { totalMinor: 9_700 } });
    given(Opened, Held)
      .when("Release", release(6_001))
      .replying({ refundMinor: 0, feeMinor: 6_000, balance: { totalMinor: 4_000 } });
  });

  it("ends a hold once", () => {
    given(Opened, Held, released("b1", 6_000))
      .when("Release", release(0))
      .refused("HoldNotFound", { holdId: "b1" });
    given(Opened, Held, settled("b1", 6_000, 0))
      .when("Release", release(0))
      .refused("HoldNotFound");
  });
});

describe("Settle", () => {
  const item = (holdId: string, payoutMinor: number) => ({
    holdId,
    account: "race:derby-1:pool",
    payoutMinor,
  });

  it("takes what was held and brings the payout", () => {
    given(Opened, Held)
      .when("Settle", { items: [item("b1", 0)], ref: "derby-1" })
      .then([settled("b1", 6_000, 0)])
      .replying({ totalMinor: 4_000, lockedMinor: 0 });
    given(Opened, Held, held("b2", 1_000))
      .when("Settle", { items: [item("b1", 15_000), item("b2", 0)], ref: "derby-1" })
      .then([settled("b1", 6_000, 15_000), settled("b2", 1_000, 0)])
      .replying({ totalMinor: 18_000, lockedMinor: 0 });
  });

  it("leaves out holds that have ended, and pays none twice", () => {
    given(Opened, Held, settled("b1", 6_000, 9_000))
      .when("Settle", { items: [item("b1", 9_000), item("never", 5)], ref: "derby-1" })
      .then([])
      .replying({ totalMinor: 13_000 });
    given(Opened, Held)
      .when("Settle", { items: [item("b1", 1), item("b1", 2)], ref: "derby-1" })
      .then([settled("b1", 6_000, 2)]);
  });

  it("refuses payouts past the range of exact integers", () => {
    const roomMinor = Number.MAX_SAFE_INTEGER - Opened.grantMinor;
    given(Opened, Held)
      .when("Settle", { items: [item("b1", roomMinor)], ref: "derby-1" })
      .replying({ totalMinor: Number.MAX_SAFE_INTEGER - 6_000 });
    given(Opened, Held, held("b2", 1_000))
      .when("Settle", { items: [item("b1", roomMinor), item("b2", 1)], ref: "derby-1" })
      .refused("BalanceLimit");
  });
});

describe("Transfer and Receive", () => {
  const Sent = {
    _tag: "TransferSent",
    transferId: "ada/c2",
    to: "bob",
    amountMinor: 400,
    ref: "rent",
  };

  it("takes the money at once and remembers what is on its way", () => {
    const sent = given(Opened);
    sent
      .when("Transfer", { to: "bob", amountMinor: 400, ref: "rent" })
      .then([Sent])
      .replying({ totalMinor: 9_600 });
    expect(
      walletDesk.decider.evolve(sent.run.state, { _tag: "TransferArrived", transferId: "ada/c2" }),
    ).toMatchObject({ totalMinor: 9_600 });
  });

  it("goes neither to oneself nor beyond what is available", () => {
    given(Opened)
      .when("Transfer", { to: "ada", amountMinor: 1, ref: "r" })
      .refused("TransferToSelf");
    given(Opened, Held)
      .when("Transfer", { to: "bob", amountMinor: 4_001, ref: "r" })
      .refused("InsufficientFunds");
  });

  it("arrives or comes back, once", () => {
    const finish = (arrived: boolean) =>
      ({ _tag: "FinishTransfer", transferId: "ada/c2", arrived }) as const;
    const arrived = { _tag: "TransferArrived", transferId: "ada/c2" };
    const returned = { _tag: "TransferReturned", transferId: "ada/c2", amountMinor: 400 };
    given(Opened, Sent).itself(finish(true)).then([arrived]);
    given(Opened, Sent).itself(finish(false)).then([returned]);
    given(Opened, Sent, arrived).itself(finish(false)).then([]);
    given(Opened, Sent, returned).itself(finish(true)).then([]);
    expect(given(Opened, Sent, returned).state.totalMinor).toBe(10_000);
  });

  it("is received", () => {
    const from = { from: "bob", transferId: "bob/t", amountMinor: 70, ref: "rent" };
    given(Opened)
      .when("Receive", from)
      .then([{ _tag: "TransferReceived", ...from }])
      .replying({ totalMinor: 10_070 });
    given(Opened)
      .when("Receive", { ...from, amountMinor: Number.MAX_SAFE_INTEGER })
      .refused("BalanceLimit");
  });
});

describe("Freeze and Unfreeze", () => {
  const Frozen = { _tag: "Frozen", reason: "stolen?", at: AT };
  const Unfrozen = { _tag: "Unfrozen", reason: "it was not" };
  const money = { amountMinor: 1, account: "provider:card:clearing", ref: "r" };
  const balance = { totalMinor: 10_000, lockedMinor: 6_000, availableMinor: 4_000, version: 3 };

  it("freeze a wallet and say since when and why", () => {
    given(Opened, Held)
      .when("Freeze", { reason: "stolen?" })
      .then([Frozen])
      .replying({ balance, freeze: { reason: "stolen?", since: AT } });
    expect(given(Opened, Held, Frozen).run.query("GetWallet", AT)).toMatchObject({
      balance,
      freeze: { reason: "stolen?", since: AT },
      openHolds: [{ holdId: "b1" }],
    });
  });

  it("change nothing the second time: the first reason stands", () => {
    given(Opened, Frozen)
      .when("Freeze", { reason: "again" }, AT + 1)
      .then([])
      .replying({ freeze: { reason: "stolen?", since: AT } });
    const thawed = given(Opened, Frozen, Unfrozen);
    thawed.when("Unfreeze", { reason: "again" }).then([]);
    expect(thawed.run.query("GetWallet", AT)).not.toHaveProperty("freeze");
  });

  it.each([
    ["Withdraw", money],
    ["Spend", money],
    ["Transfer", { to: "bob", amountMinor: 1, ref: "r" }],
    ["Hold", hold("b2", 1)],
  ] as const)("let nothing out by %s until it is thawed", (tag, fields) => {
    given(Opened, Held, Frozen).when(tag, fields).refused("WalletFrozen");
    given(Opened, Held, Frozen)
      .when("Unfreeze", { reason: "it was not" })
      .then([Unfrozen])
      .replying({ balance: { ...balance, version: 4 } });
    expect(given(Opened, Held, Frozen, Unfrozen).run.command(tag, fields, AT).ok).toBe(true);
  });

  it.each([
    ["Deposit", money],
    ["Receive", { from: "bob", transferId: "t", amountMinor: 1, ref: "r" }],
    ["Release", { holdId: "b1", feeMinor: 300, feeAccount: "house:fees" }],
    ["Settle", { items: [{ holdId: "b1", account: "race:x:pool", payoutMinor: 9 }], ref: "x" }],
    ["Adjust", { amountMinor: -4_000, reason: "r" }],
    ["Open", { grantMinor: 5 }],
  ] as const)("let %s go on", (tag, fields) => {
    expect(given(Opened, Held, Frozen).run.command(tag, fields, AT).ok).toBe(true);
  });

  it("let what the wallet owes go on: doubted holds, transfers on their way", () => {
    const sent = { _tag: "TransferSent", transferId: "ada/t", to: "bob", amountMinor: 5, ref: "r" };
    given(Opened, Held, sent, Frozen)
      .itself({ _tag: "VoidHold", holdId: b1 })
      .then([released("b1", 6_000)]);
    given(Opened, Held, sent, Frozen)
      .itself({ _tag: "FinishTransfer", transferId: "ada/t", arrived: false })
      .then([{ _tag: "TransferReturned", transferId: "ada/t", amountMinor: 5 }]);
  });

  it.each(["", " ", " x", "x ", "a\nb", "a\u0000", "x".repeat(201)])(
    "need a reason, and %j is none",
    (reason) => {
      for (const tag of ["Freeze", "Unfreeze"] as const)
        expect(() => given(Opened).when(tag, { reason })).toThrow();
    },
  );

  it("are not in snapshots of earlier releases, which are read all the same", () => {
    const { encode, decode } = walletDesk.state;
    const now = encode(given(Opened, Held).state) as Record<string, unknown>;
    const { freeze, ...before } = now;
    expect(freeze).toBeNull();
    expect(encode(decode(before))).toEqual(now);
    const frozen = encode(given(Opened, Held, Frozen).state);
    expect(frozen).toMatchObject({ freeze: { reason: "stolen?", since: AT } });
    expect(encode(decode(frozen))).toEqual(frozen);
  });
});

describe("Adjust", () => {
  const adjusted = (amountMinor: number) => ({ _tag: "Adjusted", amountMinor, reason: "oops" });

  it.each([450, -4_000])("puts the balance right by %s", (amountMinor) => {
    given(Opened, Held)
      .when("Adjust", { amountMinor, reason: "oops" })
      .then([adjusted(amountMinor)])
      .replying({
        balance: { totalMinor: 10_000 + amountMinor, availableMinor: 4_000 + amountMinor },
      });
  });

  it("never takes what is held", () => {
    given(Opened, Held)
      .when("Adjust", { amountMinor: -4_001, reason: "oops" })
      .refused("InsufficientFunds", { availableMinor: 4_000, requiredMinor: 4_001 });
  });

  it("never brings in more than a wallet may have, and may take from one that has", () => {
    const rich = { _tag: "Deposited", amountMinor: MAX_BALANCE_MINOR, account: "a:b", ref: "r" };
    given(Opened, rich).when("Adjust", { amountMinor: 1, reason: "oops" }).refused("BalanceLimit");
    given(Opened, rich)
      .when("Adjust", { amountMinor: -1, reason: "oops" })
      .then([adjusted(-1)]);
  });

  it.each([0, 0.5, Number.NaN, 2 ** 53, -MAX_BALANCE_MINOR - 1])(
    "by %s is never said",
    (amountMinor) => {
      expect(() => given(Opened).when("Adjust", { amountMinor, reason: "oops" })).toThrow();
    },
  );

  it("is between the wallet and the house, and the statement says why", () => {
    const rowOf = (amountMinor: number) => {
      const { run } = given(Opened);
      run.command("Adjust", { amountMinor, reason: "oops" }, AT);
      return run.steps.at(-1)?.rows.map(({ row }) => row);
    };
    const line = { purpose: "adjustment", ref: "oops", amount: 70 };
    const [mine, theirs] = ["player:ada:available", "house:adjustments"];
    expect(rowOf(70)).toMatchObject([{ ...line, debit: theirs, credit: mine }]);
    expect(rowOf(-70)).toMatchObject([{ ...line, debit: mine, credit: theirs }]);
  });
});

describe("holds that have been open for long", () => {
  const Doubted = { _tag: "HoldsDoubted", holdIds: ["b1"] };
  const confirmed = (checkAt: number) => ({ _tag: "HoldConfirmed", holdId: "b1", checkAt });
  const later = held("b2", 1_000, AT + 5_000);

  it("are doubted when their time has come, each once", () => {
    given(Opened, Held, later)
      .itself({ _tag: "DoubtHolds", now: CHECK_AT - 1 })
      .then([]);
    given(Opened, Held, later).itself({ _tag: "DoubtHolds", now: CHECK_AT }).then([Doubted]);
    const doubting = given(Opened, Held, later, Doubted);
    doubting.itself({ _tag: "DoubtHolds", now: CHECK_AT }).then([]);
    expect(doubting.state).toMatchObject({ doubted: 1, nextCheckAt: CHECK_AT + 5_000 });
  });

  it("are not looked for where none is open", () => {
    given(Opened).itself({ _tag: "DoubtHolds", now: CHECK_AT }).then([]);
  });

  it.each([
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ])("are next asked about when the first of them is due: of %i, %i and %i s", (...later) => {
    const others = later.map((s, i) => held(`later${i}`, 1, AT + s * 1_000));
    expect(given(Opened, Held, ...others, Doubted).state.nextCheckAt).toBe(CHECK_AT + 1_000);
  });

  it("find the next time again after the hold that was next has ended", () => {
    const released = given(Opened, Held, later, {
      ...settled("b1", 6_000, 0),
    });
    expect(released.state.nextCheckAt).toBe(CHECK_AT);
    released
      .itself({ _tag: "DoubtHolds", now: CHECK_AT })
      .then([{ _tag: "HoldsDoubted", holdIds: [] }]);
    expect(released.run.state.nextCheckAt).toBe(CHECK_AT + 5_000);
    expect(broken(released.run.state)).toEqual([]);
  });

  it("stay when the owner stands behind them, and are asked about again later", () => {
    given(Opened, Held, Doubted)
      .itself({ _tag: "ConfirmHold", holdId: b1 }, CHECK_AT + 10)
      .then([confirmed(CHECK_AT + 10 + CHECK_HOLD_AFTER_MS)]);
    const stood = given(Opened, Held, Doubted, confirmed(CHECK_AT * 2));
    expect(stood.state).toMatchObject({ doubted: 0, nextCheckAt: CHECK_AT * 2 });
    stood.itself({ _tag: "ConfirmHold", holdId: b1 }).then([]);
  });

  it("are released in full when nobody does, once", () => {
    given(Opened, Held, Doubted)
      .itself({ _tag: "VoidHold", holdId: b1 })
      .then([released("b1", 6_000)]);
    const voided = given(Opened, Held, Doubted, released("b1", 6_000));
    expect(voided.state).toMatchObject({ doubted: 0, nextCheckAt: null, lockedMinor: 0 });
    voided.itself({ _tag: "VoidHold", holdId: b1 }).then([]);
    voided.itself({ _tag: "ConfirmHold", holdId: b1 }).then([]);
  });
});

describe("GetWallet", () => {
  it("reads balance and open holds at one version", () => {
    expect(given(Opened, Held).run.query("GetWallet", AT)).toEqual({
      balance: { totalMinor: 10_000, lockedMinor: 6_000, availableMinor: 4_000, version: 2 },
      openHolds: [{ ...hold("b1", 6_000), since: AT }],
    });
  });
});

describe("a journal that moves money that is not there", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const out = { account: "house:shop", ref: "r" };
  const sent = { transferId: "ada/t", to: "bob", ref: "r" };
  it.each([
    { _tag: "WalletOpened", grantMinor: most },
    { _tag: "Deposited", ...out, amountMinor: most },
    { _tag: "TransferReceived", from: "bob", transferId: "bob/t", ref: "r", amountMinor: most },
    { _tag: "TransferReturned", transferId: "ada/t", amountMinor: most },
    { _tag: "Adjusted", amountMinor: most, reason: "r" },
    settled("b1", 6_000, most),
    held("b2", most),
    { _tag: "Withdrawn", ...out, amountMinor: 10_001 },
    { _tag: "Spent", ...out, amountMinor: 10_001 },
    { _tag: "TransferSent", ...sent, amountMinor: 10_001 },
    { _tag: "Adjusted", amountMinor: -10_001, reason: "r" },
    released("b1", 6_000, 10_001),
    released("b1", 6_001),
    settled("b1", 6_001, 0),
  ])("dies: %o", (event) => {
    expect(() => given(Opened, Held, event)).toThrow(RangeError);
  });

  it("shows no balance of a hold that is more than there is", () => {
    expect(() => availableMinor(given(Opened, held("b1", 10_001)).state)).toThrow(RangeError);
  });
});

describe("the invariants", () => {
  const sound = given(Opened, Held).state;

  it("hold of a sound wallet", () => {
    expect(broken(sound)).toEqual([]);
  });

  it.each([
    [{ lockedMinor: -1 }, "locked is not negative"],
    [{ lockedMinor: 5_999 }, "locked is the sum of the open holds"],
    [{ totalMinor: 5_999 }, "locked is at most total"],
    [{ doubted: 1 }, "the doubted holds are counted"],
    [{ nextCheckAt: null }, "every open hold will be checked in time"],
    [{ nextCheckAt: CHECK_AT + 1 }, "every open hold will be checked in time"],
    [{ opened: false, totalMinor: 0 }, "a wallet that is not open is empty"],
    [{ opened: false, holds: HashMap.empty() }, "a wallet that is not open is empty"],
    [{ opened: false, freeze: { reason: "r", since: AT } }, "only an open wallet is frozen"],
  ])("name what %o breaks", (change, sentence) => {
    expect(broken({ ...sound, ...change } as typeof sound)).toContain(sentence);
  });
});
