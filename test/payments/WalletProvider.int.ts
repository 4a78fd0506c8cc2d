/** Paying out of a wallet, as the wallet's books show it. */
import { beforeEach, describe, expect, it } from "vitest";
import { CommandId, type HoldId, PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { MAX_BALANCE_MINOR, Wallet } from "../../rpc/wallet.ts";
import { WalletProvider } from "../../src/payments/WalletProvider.ts";
import { orderOf, placed } from "./support/orders.ts";
import { openWallets, type Wallets } from "./support/wallets.ts";

const GRANT = 10_000;
const PRICE = 1_250;

describe("the wallet as a provider", () => {
  let wallets: Wallets;
  let provider: WalletProvider;

  beforeEach(async () => {
    wallets = openWallets();
    provider = new WalletProvider(wallets.system.ask);
    await wallets.open("ada", GRANT);
  });

  const begin = async (order = orderOf("p_1")) => placed(order, await provider.create(order));
  const freeze = () =>
    wallets.system.ask(Wallet, "Freeze", {
      entityId: PlayerId.make("ada"),
      commandId: CommandId.make("freeze"),
      reason: "a test",
    });
  /** What the ledger says is on the reservation's account. */
  const reserved = () =>
    [...(wallets.journal.tables.get("ledger")?.values() ?? [])].reduce((sum, row) => {
      const amount = Number(row["amount"]);
      if (row["credit"] === "reservation:summer.r1") return sum + amount;
      return row["debit"] === "reservation:summer.r1" ? sum - amount : sum;
    }, 0);

  it("sets the money aside for the reservation, takes it and gives it back", async () => {
    const payment = await begin();
    expect(await wallets.money("ada")).toEqual({ totalMinor: GRANT, lockedMinor: PRICE });
    const answered = await wallets.system.ask(Wallet, "GetWallet", { entityId: payment.playerId });
    expect(answered.ok && answered.value.openHolds).toMatchObject([
      {
        holdId: "p_1",
        amountMinor: PRICE,
        purpose: "ticket",
        ref: "summer",
        owner: { kind: "reservation", entityId: "summer.r1" },
      },
    ]);
    await provider.capture(payment);
    expect(await wallets.money("ada")).toEqual({ totalMinor: GRANT - PRICE, lockedMinor: 0 });
    expect(reserved()).toBe(PRICE);
    await provider.refund(payment, "r_1");
    await provider.refund(payment, "another name of the same");
    expect(await wallets.money("ada")).toEqual({ totalMinor: GRANT, lockedMinor: 0 });
    expect(reserved()).toBe(0);
  });

  it("has given all back when a payment was called off", async () => {
    await provider.cancel(await begin());
    expect(await wallets.money("ada")).toEqual({ totalMinor: GRANT, lockedMinor: 0 });
    expect(reserved()).toBe(0);
  });

  it("leaves nothing set aside when it was called off before it was made", async () => {
    const order = orderOf("p_1");
    const payment = placed(order, { ref: order.paymentId });
    expect(await provider.cancel(payment)).toMatchObject({ status: "cancelled" });
    expect(await provider.create(order)).toMatchObject({ status: "authorized" });
    expect(await provider.get(payment)).toMatchObject({ status: "cancelled" });
    expect(await wallets.money("ada")).toEqual({ totalMinor: GRANT, lockedMinor: 0 });
  });

  it("calls off what was refused", async () => {
    const payment = await begin(orderOf("p_1", { amountMinor: GRANT + 1 }));
    expect(await provider.cancel(payment)).toMatchObject({ status: "cancelled" });
    expect(await provider.get(payment)).toMatchObject({ status: "failed" });
  });

  it.each([
    ["insufficient_funds", orderOf("p_1", { amountMinor: GRANT + 1 })],
    ["wallet_frozen", orderOf("p_1")],
    ["wallet_not_found", orderOf("p_1", { playerId: PlayerId.make("nobody") })],
  ])("fails with %s, and still does when the reason has passed", async (code, order) => {
    if (code === "wallet_frozen") await freeze();
    expect(await provider.create(order)).toMatchObject({ status: "failed", failure: { code } });
    await wallets.open("nobody", GRANT);
    await wallets.system.ask(Wallet, "Unfreeze", {
      entityId: PlayerId.make("ada"),
      commandId: CommandId.make("unfreeze"),
      reason: "a test",
    });
    expect(await provider.create(order)).toMatchObject({ status: "failed", failure: { code } });
  });

  it("takes what was set aside before the wallet was frozen, and gives it back", async () => {
    const payment = await begin();
    await freeze();
    expect(await provider.capture(payment)).toMatchObject({ status: "succeeded" });
    expect(await provider.refund(payment, "r")).toMatchObject({ status: "succeeded" });
  });

  it("says so when the wallet cannot take a refund, for good", async () => {
    const payment = await begin();
    await provider.capture(payment);
    const full = await wallets.system.ask(Wallet, "Adjust", {
      entityId: payment.playerId,
      commandId: CommandId.make("fill"),
      amountMinor: MAX_BALANCE_MINOR - GRANT + PRICE,
      reason: "a test",
    });
    expect(full.ok).toBe(true);
    expect(await provider.refund(payment, "r")).toMatchObject({ status: "failed" });
    expect(reserved()).toBe(PRICE);
  });

  it("is not moved by a hold of the same name that is nobody's payment", async () => {
    await wallets.system.ask(Wallet, "Hold", {
      entityId: PlayerId.make("ada"),
      commandId: CommandId.make("another"),
      holdId: "p_1" as HoldId,
      amountMinor: minor(5),
      purpose: "bet",
      ref: "race",
      owner: { kind: "lobby", entityId: "demo" },
    });
    await expect(provider.create(orderOf("p_1"))).rejects.toMatchObject({ retryable: false });
  });
});
