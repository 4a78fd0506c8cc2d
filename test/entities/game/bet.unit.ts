import { describe, expect, it } from "vitest";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import { Account, BetId, CommandId, HoldId, PlayerId, RaceId } from "../../../rpc/id.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { Casino, GRANT, LOBBY } from "./Casino.ts";

const onThree = { market: "win", selection: [3], stake: 10_000 } as const;
const wallet = (total: number, locked: number) => ({
  balance_total: total,
  balance_locked: locked,
  balance_available: total - locked,
});

describe("placing a bet", () => {
  it("holds the stake and stands in the lobby", async () => {
    const casino = await Casino.open(["ada"]);
    const placed = await casino.bet("ada", "k1", onThree);
    expect(placed).toMatchObject({
      ok: true,
      replayed: false,
      value: {
        bet_id: expect.stringMatching(/^derby:/),
        status: "accepted",
        race_id: "derby-1",
        ...onThree,
        wallet: wallet(GRANT, 10_000),
      },
    });
    expect((await casino.view()).pools).toMatchObject({ win: 10_000 });
    await casino.expectClean();
  });

  it("with one key does one thing and answers the same for ever", async () => {
    const casino = await Casino.open(["ada"]);
    const first = await casino.bet("ada", "k1", onThree);
    const again = { ...first, replayed: true };
    const repeat = () => casino.bet("ada", "k1", onThree);
    expect(await repeat()).toEqual(again);
    await casino.until("racing");
    expect(await repeat()).toEqual(again);
    casino.restart();
    expect(await repeat()).toEqual(again);
    await casino.until("lobby");
    expect(await repeat()).toEqual(again);
    casino.restart();
    expect(await repeat()).toEqual(again);
    await casino.expectNothingHeld();
  });

  it("from two sockets with one key at once is one bet", async () => {
    const casino = await Casino.open(["ada"]);
    const [one, other] = await Promise.all([
      casino.bet("ada", "k1", onThree),
      casino.bet("ada", "k1", onThree),
    ]);
    expect([one?.replayed, other?.replayed].toSorted()).toEqual([false, true]);
    expect({ ...one, replayed: true }).toEqual({ ...other, replayed: true });
    expect((await casino.wallet("ada")).openHolds).toHaveLength(1);
  });

  it.each([
    ["stake", { ...onThree, stake: 10_001 }],
    ["selection", { ...onThree, selection: [4] }],
    ["market", { ...onThree, market: "place" as const }],
    ["race", { ...onThree, race_id: "derby-1" }],
  ])("with a used key and another %s is refused", async (_, body) => {
    const casino = await Casino.open(["ada"]);
    await casino.bet("ada", "k1", onThree);
    expect(await casino.bet("ada", "k1", body)).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(10_000);
  });

  it("the same key of another player is another bet", async () => {
    const casino = await Casino.open(["ada", "bob"]);
    const [one, other] = [
      await casino.bet("ada", "k", onThree),
      await casino.bet("bob", "k", onThree),
    ];
    expect(one?.ok === true && other?.ok === true && one.value.bet_id !== other.value.bet_id).toBe(
      true,
    );
  });

  it("of two at once of 60 on 100 takes one", async () => {
    const casino = await Casino.open(["ada"], { maxBetMinor: minor(60_000) });
    const sixty = { ...onThree, stake: 60_000 };
    const both = await Promise.all([
      casino.bet("ada", "k1", sixty),
      casino.bet("ada", "k2", { ...sixty, market: "place" }),
    ]);
    expect(both.map((one) => one?.ok).toSorted()).toEqual([false, true]);
    expect(both.find((one) => one?.ok === false)).toMatchObject({
      error: { _tag: "InsufficientFunds", availableMinor: 40_000, requiredMinor: 60_000 },
    });
    expect((await casino.wallet("ada")).balance).toMatchObject({
      totalMinor: GRANT,
      lockedMinor: 60_000,
    });
  });

  it("that the lobby refuses gives the money back, and refuses again with the same key", async () => {
    const casino = await Casino.open(["ada"]);
    const body = { ...onThree, stake: 50_001 };
    expect(await casino.bet("ada", "k1", body)).toMatchObject({
      replayed: false,
      error: { _tag: "StakeAboveMax" },
    });
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(0);
    expect(await casino.bet("ada", "k1", body)).toMatchObject({
      replayed: true,
      error: { _tag: "StakeAboveMax" },
    });
    await casino.expectNothingHeld();
  });

  it("in the millisecond of the close is refused, and holds nothing", async () => {
    const casino = await Casino.open(["ada"]);
    const { phaseEndsAt } = await casino.view();
    await casino.pass((phaseEndsAt ?? 0) - casino.clock.now() - 1);
    // The clock stands at the close and the alarm, a timer, has not rung.
    casino.clock.jump(1);
    expect(await casino.bet("ada", "k1", onThree)).toMatchObject({
      error: { _tag: "BettingClosed", phase: "betting" },
    });
    await casino.expectNothingHeld();
  });

  it("in a lobby that does not exist holds nothing", async () => {
    const casino = await Casino.open(["ada"]);
    const body = { ...onThree, race_id: "derby-1" };
    expect(await casino.bet("nobody", "k1", body)).toMatchObject({
      error: { _tag: "WalletNotFound" },
    });
    await casino.expectNothingHeld();
  });

  it("while the journal is away is unavailable, and goes through with the same key later", async () => {
    const casino = await Casino.open(["ada"]);
    const { intercept } = casino.journal;
    casino.journal.intercept = () => Promise.resolve({ _tag: "Away", cause: "unplugged" });
    expect(await casino.bet("ada", "k1", onThree)).toMatchObject({
      error: { _tag: "Unavailable" },
    });
    casino.journal.intercept = intercept;
    await casino.pass(1_000);
    expect(await casino.bet("ada", "k1", onThree)).toMatchObject({ ok: true, replayed: false });
    await casino.expectClean();
  });
});

describe("cancelling a bet", () => {
  const placed = async () => {
    const casino = await Casino.open(["ada", "bob"]);
    const bet = await casino.bet("ada", "k1", onThree);
    if (bet?.ok !== true) throw new Error("the bet was refused");
    return { casino, betId: bet.value.bet_id };
  };

  it("of 100.00 on 1000.00 gives 95.00 back and leaves 995.00", async () => {
    const { betId, casino } = await placed();
    const cancelled = await casino.cancel("ada", "k2", betId);
    expect(cancelled).toMatchObject({
      replayed: false,
      value: {
        bet_id: betId,
        status: "cancelled",
        refund: 9_500,
        fee: 500,
        wallet: wallet(99_500, 0),
      },
    });
    casino.restart();
    expect(await casino.cancel("ada", "k2", betId)).toEqual({ ...cancelled, replayed: true });
    await casino.expectNothingHeld();
    expect(casino.betsOf("cancelled")).toHaveLength(1);
  });

  it("is its player's alone, and once", async () => {
    const { betId, casino } = await placed();
    expect(await casino.cancel("bob", "k2", betId)).toMatchObject({ error: { _tag: "NotYours" } });
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(10_000);
    await casino.cancel("ada", "k2", betId);
    expect(await casino.cancel("ada", "k3", betId)).toMatchObject({
      error: { _tag: "BetCancelledAlready" },
    });
    expect(await casino.cancel("ada", "k2", `${betId}x`)).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    expect((await casino.wallet("ada")).balance.totalMinor).toBe(99_500);
  });

  it("whose hold was ended by another hand, is crossed off all the same", async () => {
    const { betId, casino } = await placed();
    const release = {
      entityId: "ada",
      commandId: CommandId.make("by-hand"),
      holdId: HoldId.make(betId),
      feeMinor: minor(0),
      feeAccount: Account.make("house:fees"),
    };
    await casino.settle(casino.ask(Wallet, "Release", release));
    expect(await casino.cancel("ada", "k2", betId)).toMatchObject({
      error: { _tag: "HoldNotFound" },
    });
    await casino.until("lobby");
    await casino.expectNothingHeld();
  });

  it("after the close is refused, and the bet runs", async () => {
    const { betId, casino } = await placed();
    await casino.until("racing");
    expect(await casino.cancel("ada", "k2", betId)).toMatchObject({
      error: { _tag: "BettingClosed", phase: "racing" },
    });
    await casino.until("lobby");
    await casino.expectNothingHeld();
    expect(casino.betsOf("cancelled")).toEqual([]);
  });
});

describe("a hold that no bet stands behind", () => {
  const hold = (raceId: string, holdId = "orphan") => ({
    entityId: "ada",
    commandId: CommandId.make(`hold:${holdId}`),
    holdId: HoldId.make(holdId),
    amountMinor: minor(700),
    purpose: "bet",
    ref: raceId,
    owner: { kind: "lobby", entityId: LOBBY },
  });
  const accept = (raceId: string) => ({
    entityId: LOBBY,
    commandId: CommandId.make("accept:orphan"),
    betId: BetId.make("orphan"),
    playerId: PlayerId.make("ada"),
    raceId: RaceId.make(raceId),
    market: "win" as const,
    selection: [3],
    stakeMinor: minor(700),
  });

  it("is asked about and released; the bet that comes late is refused", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 3_600_000 });
    await casino.settle(casino.ask(Wallet, "Hold", hold("derby-1")));
    await casino.expectClean();
    await casino.pass(CHECK_HOLD_AFTER_MS - 1_000);
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(700);
    await casino.pass(2_000);
    await casino.expectNothingHeld();
    expect(await casino.settle(casino.ask(Lobby, "AcceptBet", accept("derby-1")))).toMatchObject({
      error: { _tag: "BettingClosed" },
    });
    await casino.expectClean();
  });

  it("for a race to come is released too, and the bet is refused when that race comes", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 300_000, resultsMs: 500 });
    await casino.settle(casino.ask(Wallet, "Hold", hold("derby-2")));
    await casino.pass(CHECK_HOLD_AFTER_MS + 1_000);
    await casino.expectNothingHeld();
    await casino.pass(150_000);
    expect((await casino.view()).raceId).toBe("derby-2");
    expect(await casino.settle(casino.ask(Lobby, "AcceptBet", accept("derby-2")))).toMatchObject({
      error: { _tag: "BettingClosed" },
    });
  });

  it("is released although its process died and nobody came back for it", async () => {
    const casino = await Casino.open(["ada"]);
    await casino.settle(casino.ask(Wallet, "Hold", hold("derby-1")));
    casino.restart();
    await casino.pass(CHECK_HOLD_AFTER_MS + 2_000);
    await casino.expectNothingHeld();
  });

  it("that nobody can be asked about keeps no other waiting", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 3_600_000 });
    const strange = { ...hold("derby-1", "strange"), owner: { kind: "shop", entityId: "s" } };
    const misnamed = hold("not a race", "misnamed");
    for (const one of [strange, misnamed, hold("derby-1")])
      await casino.settle(casino.ask(Wallet, "Hold", one));
    await casino.pass(CHECK_HOLD_AFTER_MS + 2_000);
    const ids = (await casino.wallet("ada")).openHolds.map(({ holdId }) => holdId);
    expect(ids).toEqual(["strange"]);
  });

  it("stays while the lobby stands behind it, however long", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 3_600_000 });
    await casino.bet("ada", "k1", onThree);
    await casino.pass(CHECK_HOLD_AFTER_MS * 3);
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(10_000);
    await casino.expectClean();
  });
});

describe("a transfer", () => {
  const send = (to: string, commandId = "t1") => ({
    entityId: "ada",
    commandId: CommandId.make(commandId),
    to: PlayerId.make(to),
    amountMinor: minor(400),
    ref: "rent",
  });

  it.each(["t1", "t".repeat(128)])("arrives once", async (commandId) => {
    const casino = await Casino.open(["ada", "bob"]);
    await casino.settle(casino.ask(Wallet, "Transfer", send("bob", commandId)));
    await casino.settle(casino.ask(Wallet, "Transfer", send("bob", commandId)));
    await casino.pass(100);
    expect((await casino.wallet("ada")).balance.totalMinor).toBe(GRANT - 400);
    expect((await casino.wallet("bob")).balance.totalMinor).toBe(GRANT + 400);
    await casino.expectClean();
  });

  it("to nobody comes back", async () => {
    const casino = await Casino.open(["ada"]);
    await casino.settle(casino.ask(Wallet, "Transfer", send("nobody")));
    await casino.pass(100);
    expect((await casino.wallet("ada")).balance.totalMinor).toBe(GRANT);
  });
});
