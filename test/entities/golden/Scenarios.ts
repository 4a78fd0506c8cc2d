/**
 * The games whose journals are golden. One that has been recorded is never changed: what has been added to the events
 * since gets a scenario of its own.
 */
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import { Account, CommandId, HoldId, PlayerId } from "../../../rpc/id.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { Casino, LOBBY } from "../game/Casino.ts";

const win = (runner: number, stake: number) =>
  ({ market: "win", selection: [runner], stake }) as const;

export const scenarios: Readonly<Record<string, () => Promise<Casino>>> = {
  /** A race with every market, a scratched runner, cancelled bets and powers; then another begins. */
  "whole-race": async () => {
    const casino = await Casino.open(["ada", "bob", "cyd"], { racingMs: 20_000, resultsMs: 2_000 });
    for (let runner = 1; runner <= 8; runner++)
      for (const player of casino.players)
        await casino.bet(player, `win${runner}`, win(runner, 130 * runner + player.length));
    await casino.bet("ada", "p", { market: "place", selection: [2], stake: 700 });
    await casino.bet("bob", "p", { market: "place", selection: [5], stake: 900 });
    await casino.bet("ada", "s", { market: "show", selection: [4], stake: 333 });
    await casino.bet("cyd", "s", { market: "show", selection: [7], stake: 1_001 });
    await casino.bet("bob", "e", { market: "exacta", selection: [1, 6], stake: 450 });
    await casino.bet("cyd", "q", { market: "quinella", selection: [8, 3], stake: 250 });
    await casino.bet("ada", "t", { market: "trifecta", selection: [1, 2, 3], stake: 199 });
    const scratch = { entityId: LOBBY, commandId: CommandId.make("scratch"), runner: 6 };
    await casino.settle(casino.ask(Lobby, "Scratch", scratch));
    const placed = await casino.bet("cyd", "again", win(1, 777));
    if (placed?.ok === true) await casino.cancel("cyd", "undo", placed.value.bet_id);
    await casino.until("racing");
    await casino.cast("ada", "c1", { power: "pwr_boost_01", target: 2 });
    await casino.pass(1_000);
    await casino.cast("ada", "c2", { power: "pwr_oil_01", target: 5 });
    await casino.cast("bob", "c3", { power: "pwr_stero_turbo", target: 5 });
    await casino.until("lobby");
    await casino.until("betting");
    await casino.bet("ada", "next", win(1, 500));
    return casino;
  },
  /** Money in every other way: holds confirmed and voided, transfers that arrive and return; the lobby stops. */
  wallets: async () => {
    const casino = await Casino.open(["ada", "bob"], { bettingMs: CHECK_HOLD_AFTER_MS * 2 });
    const money = (key: string, amount: number) => ({
      entityId: "ada",
      commandId: CommandId.make(key),
      amountMinor: minor(amount),
      account: Account.make("provider:card:clearing"),
      ref: key,
    });
    await casino.settle(casino.ask(Wallet, "Deposit", money("d", 5_000)));
    await casino.settle(casino.ask(Wallet, "Withdraw", money("w", 1_234)));
    await casino.settle(casino.ask(Wallet, "Spend", money("s", 99)));
    for (const to of ["bob", "nobody"])
      await casino.settle(
        casino.ask(Wallet, "Transfer", {
          entityId: "ada",
          commandId: CommandId.make(`to-${to}`),
          to: PlayerId.make(to),
          amountMinor: minor(321),
          ref: "rent",
        }),
      );
    await casino.bet("ada", "stands", win(3, 1_000));
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
    await casino.pass(CHECK_HOLD_AFTER_MS + 2_000);
    await casino.stop();
    await casino.until("lobby");
    return casino;
  },
  /** What the house does to a wallet: adjusts it both ways, freezes it while a bet stands, and thaws it again. */
  "house-acts": async () => {
    const casino = await Casino.open(["ada", "bob"]);
    const act = (entityId: string, key: string) => ({
      entityId,
      commandId: CommandId.make(key),
      reason: `for ${key}`,
    });
    await casino.bet("ada", "stands", win(3, 1_000));
    await casino.settle(casino.ask(Wallet, "Adjust", { ...act("ada", "gift"), amountMinor: 450 }));
    await casino.settle(casino.ask(Wallet, "Adjust", { ...act("bob", "fine"), amountMinor: -99 }));
    for (const player of casino.players)
      await casino.settle(casino.ask(Wallet, "Freeze", act(player, "doubt")));
    await casino.bet("ada", "refused", win(4, 1_000));
    await casino.until("lobby");
    await casino.settle(casino.ask(Wallet, "Unfreeze", act("bob", "trust")));
    await casino.until("betting");
    await casino.bet("bob", "again", win(5, 700));
    await casino.until("lobby");
    return casino;
  },
};
