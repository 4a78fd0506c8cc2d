/** A player whose wallet the house has frozen: nothing goes out, and everything that was begun comes to its end. */
import { describe, expect, it } from "vitest";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import { CommandId, HoldId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { Casino, GRANT, LOBBY } from "./Casino.ts";

const win = (runner: number, stake = 10_000) =>
  ({ market: "win", selection: [runner], stake }) as const;
const boost = { power: "pwr_boost_01", target: 3 };

describe("a player with a frozen wallet", () => {
  it("bets and casts nothing, and may again when it is thawed", async () => {
    const casino = await Casino.open(["ada"], { racingMs: 20_000 });
    await casino.setFrozen("ada", "Freeze");
    const refused = await casino.bet("ada", "k1", win(3));
    expect(refused).toMatchObject({ ok: false, error: { _tag: "WalletFrozen" }, replayed: false });
    expect((await casino.view()).pools).toMatchObject({ win: 0 });
    await casino.until("racing");
    expect(await casino.cast("ada", "c1", boost)).toMatchObject({
      error: { _tag: "WalletFrozen" },
    });
    await casino.setFrozen("ada", "Unfreeze");
    // A key is answered what it was answered first, whatever has changed since.
    expect(await casino.cast("ada", "c1", boost)).toMatchObject({
      error: { _tag: "WalletFrozen" },
      replayed: true,
    });
    expect(await casino.cast("ada", "c2", boost)).toMatchObject({ ok: true });
    await casino.until("lobby");
    await casino.expectNothingHeld();
  });

  it("is paid what bets that stand have won, and loses what they have lost", async () => {
    const casino = await Casino.open(["ada", "bob"]);
    for (let runner = 1; runner <= 8; runner++) {
      await casino.bet("ada", `k${runner}`, win(runner, 5_000));
      await casino.bet("bob", `k${runner}`, win(runner, 2_000));
    }
    await casino.setFrozen("ada", "Freeze");
    casino.restart();
    await casino.until("lobby");
    await casino.expectNothingHeld();
    const { balance, freeze } = await casino.wallet("ada");
    expect(freeze).toMatchObject({ reason: "a test" });
    const rows = casino
      .betsOf("won")
      .filter((row) => (row as { player_id: string }).player_id === "ada");
    const paid = rows.reduce<number>((sum, row) => sum + (row as { payout: number }).payout, 0);
    expect(paid).toBeGreaterThan(0);
    expect(balance.totalMinor).toBe(GRANT - 8 * 5_000 + paid);
  });

  it("may cancel a bet, and gets the stake back less the fee", async () => {
    const casino = await Casino.open(["ada"]);
    const placed = await casino.bet("ada", "k1", win(3));
    await casino.setFrozen("ada", "Freeze");
    if (placed?.ok !== true) throw new Error("the bet was refused");
    expect(await casino.cancel("ada", "k2", placed.value.bet_id)).toMatchObject({
      value: { status: "cancelled", wallet: { balance_locked: 0 } },
    });
    await casino.expectNothingHeld();
  });

  it("gets back a hold that nobody stands behind", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: CHECK_HOLD_AFTER_MS * 2 });
    await casino.settle(
      casino.ask(Wallet, "Hold", {
        entityId: "ada",
        commandId: CommandId.make("orphan"),
        holdId: HoldId.make("orphan"),
        amountMinor: minor(700),
        purpose: "bet",
        ref: "derby-1",
        owner: { kind: "lobby", entityId: LOBBY },
      }),
    );
    await casino.setFrozen("ada", "Freeze");
    await casino.pass(CHECK_HOLD_AFTER_MS + 2_000);
    await casino.expectNothingHeld();
    expect((await casino.wallet("ada")).balance.totalMinor).toBe(GRANT);
  });
});
