/** What the audit finds wrong about favors: each in books that are otherwise sound. */
import { describe, expect, it } from "vitest";
import { PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { audit } from "../../src/audit/Audit.ts";
import { Circle } from "../entities/favor/Circle.ts";
import { memoryBooks } from "../support/MemoryBooks.ts";

const toBob = {
  to: PlayerId.make("bob"),
  amount: minor(10_000),
  repay: minor(11_000),
  due_in_seconds: 60,
};

const offered = async () => {
  const circle = await Circle.of("ada", "bob");
  await circle.offer("ada", "k1", toBob);
  const favorId = circle.idOf("ada", "k1");
  const keys = ["ada", "bob"].map((entityId) => ({ kind: "wallet", entityId }));
  return { circle, favorId, keys: [...keys, { kind: "favor", entityId: favorId }] };
};

describe("the audit", () => {
  it("finds an offer whose money is not held", async () => {
    const { circle, favorId, keys } = await offered();
    const { findings } = await audit(
      memoryBooks(
        circle.journal,
        keys.filter(({ entityId }) => entityId !== "ada"),
      ),
    );
    expect(findings).toContainEqual({
      entity: `favor ${favorId}`,
      sentence: `offer ${favorId} of 10000 stands, and the wallet of ada has no such hold`,
    });
  });

  it("finds money on the account of a favor that is not paying", async () => {
    const { circle, favorId, keys } = await offered();
    await circle.answer("accept", "bob", "k2", favorId);
    const books = memoryBooks(circle.journal, keys);
    expect((await audit(books)).findings).toEqual([]);
    const account = `favor:${favorId}`;
    const openAccounts = async function* () {
      yield { account, balanceMinor: 1 };
    };
    expect((await audit({ ...books, openAccounts })).findings).toEqual([
      { entity: account, sentence: "1 is on its way, and nobody is sending that" },
    ]);
  });

  it("lets a payment under way have its money there", async () => {
    const { circle, favorId, keys } = await offered();
    // The key's claim, the acceptance, and the lender's money is on the favor's account.
    circle.dieAt({ commit: 3, written: true });
    await circle.answer("accept", "bob", "k2", favorId);
    expect(circle.account(`favor:${favorId}`)).toBe(10_000);
    expect((await audit(memoryBooks(circle.journal, keys))).findings).toEqual([]);
  });
});
