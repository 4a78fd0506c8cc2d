/** Favors of a player whose wallet the house has frozen: no money goes out by the player's will, what is due goes on. */
import { describe, expect, it } from "vitest";
import { CommandId, PlayerId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { Circle, GRANT } from "./Circle.ts";

const toBob = {
  to: PlayerId.make("bob"),
  amount: minor(10_000),
  repay: minor(11_000),
  due_in_seconds: 60,
};

const setFrozen = async (circle: Circle, player: string, tag: "Freeze" | "Unfreeze") => {
  const commandId = CommandId.make(tag);
  const act = { entityId: player, commandId, reason: "a test" };
  expect(await circle.settle(circle.ask(Wallet, tag, act))).toMatchObject({ ok: true });
};

describe("a lender with a frozen wallet", () => {
  it("offers nothing", async () => {
    const circle = await Circle.of("ada", "bob");
    await setFrozen(circle, "ada", "Freeze");
    expect(await circle.offer("ada", "k1", toBob)).toMatchObject({
      error: { _tag: "WalletFrozen" },
    });
    await circle.expectNothingHeld();
  });

  it.each(["accept", "decline", "withdraw"] as const)(
    "keeps the word given before: the other may %s",
    async (verb) => {
      const circle = await Circle.of("ada", "bob");
      await circle.offer("ada", "k1", toBob);
      const favorId = circle.idOf("ada", "k1");
      await setFrozen(circle, "ada", "Freeze");
      const who = verb === "withdraw" ? "ada" : "bob";
      expect(await circle.answer(verb, who, "k2", favorId)).toMatchObject({ ok: true });
      const lent = verb === "accept" ? 10_000 : 0;
      expect(await circle.totals()).toEqual([GRANT - lent, GRANT + lent]);
      await circle.expectNothingHeld();
    },
  );

  it("is repaid", async () => {
    const circle = await Circle.of("ada", "bob");
    await circle.offer("ada", "k1", toBob);
    const favorId = circle.idOf("ada", "k1");
    await circle.answer("accept", "bob", "k2", favorId);
    await setFrozen(circle, "ada", "Freeze");
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      value: { status: "repaid" },
    });
    expect(await circle.totals()).toEqual([GRANT + 1_000, GRANT - 1_000]);
  });
});

describe("a borrower with a frozen wallet", () => {
  it("takes a loan, and repays it when it is thawed", async () => {
    const circle = await Circle.of("ada", "bob");
    await circle.offer("ada", "k1", toBob);
    const favorId = circle.idOf("ada", "k1");
    await setFrozen(circle, "bob", "Freeze");
    expect(await circle.answer("accept", "bob", "k2", favorId)).toMatchObject({
      value: { status: "active" },
    });
    expect(await circle.answer("repay", "bob", "k3", favorId)).toMatchObject({
      error: { _tag: "WalletFrozen" },
    });
    expect(await circle.status(favorId)).toBe("active");
    await circle.expectNothingHeld();
    await setFrozen(circle, "bob", "Unfreeze");
    expect(await circle.answer("repay", "bob", "k4", favorId)).toMatchObject({
      value: { status: "repaid" },
    });
    expect(await circle.totals()).toEqual([GRANT + 1_000, GRANT - 1_000]);
    await circle.expectNothingHeld();
  });
});
