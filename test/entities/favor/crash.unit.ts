/**
 * kill -9 between any two steps of everything that players do about favors. Whatever the moment: the books agree at once, the
 * client that asks again gets one answer for ever, and without it the favor still comes to its end.
 */
import { describe, expect, it } from "vitest";
import { OFFER_STANDS_MS } from "../../../entities/favor/decider.ts";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import type { FavorStatus } from "../../../rpc/favor.ts";
import { type FavorId, PlayerId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { type Death, dyingEverywhere } from "../../support/Life.ts";
import { type AnswerVerb, Circle, GRANT } from "./Circle.ts";

const toBob = {
  to: PlayerId.make("bob"),
  amount: minor(10_000),
  repay: minor(11_000),
  due_in_seconds: 3_600,
};
/** An alarm wakes what had work to do within so long. */
const WAKES_WITHIN_MS = 60_000;

interface Act {
  readonly name: string;
  /** Done before, without dying. */
  readonly before: (circle: Circle, favorId: FavorId) => Promise<unknown>;
  readonly act: (circle: Circle, favorId: FavorId) => Promise<object | undefined>;
  readonly ends: FavorStatus;
  /** What ada and bob have then. */
  readonly totals: readonly [ada: number, bob: number];
  /** Commits that it takes at least, each of them lost or written. */
  readonly commits: number;
}

const offer = (circle: Circle) => circle.offer("ada", "k1", toBob);
const answer = (verb: AnswerVerb, who: string) => (circle: Circle, favorId: FavorId) =>
  circle.answer(verb, who, `${verb} it`, favorId);
const accept = answer("accept", "bob");

const ACTS: ReadonlyArray<Act> = [
  {
    name: "offered",
    before: () => Promise.resolve(),
    act: offer,
    ends: "offered",
    totals: [GRANT, GRANT],
    // Hold, Offer.
    commits: 2,
  },
  {
    name: "accepted",
    before: offer,
    act: accept,
    ends: "active",
    totals: [GRANT - 10_000, GRANT + 10_000],
    // The key, Accept, Settle, Deposit together with what the favor hears, and what it hears last.
    commits: 5,
  },
  {
    name: "declined",
    before: offer,
    act: answer("decline", "bob"),
    ends: "declined",
    totals: [GRANT, GRANT],
    // The key, Decline, Release, and the favor hears of it.
    commits: 4,
  },
  {
    name: "withdrawn",
    before: offer,
    act: answer("withdraw", "ada"),
    ends: "withdrawn",
    totals: [GRANT, GRANT],
    commits: 4,
  },
  {
    name: "repaid",
    before: (circle, favorId) => offer(circle).then(() => accept(circle, favorId)),
    act: answer("repay", "bob"),
    ends: "repaid",
    totals: [GRANT + 1_000, GRANT - 1_000],
    // Hold, Repay, Settle, Deposit together with what the favor hears, and what it hears last.
    commits: 5,
  },
];

const dying = async ({ act, before }: Act, death: Death) => {
  const circle = await Circle.of("ada", "bob");
  const favorId = circle.idOf("ada", "k1");
  await before(circle, favorId);
  circle.dieAt(death);
  const first = await act(circle, favorId);
  await circle.pass(100);
  const died = circle.goOn();
  await circle.expectClean();
  return { circle, died, favorId, first };
};

describe.each(ACTS)("a process that dies while a favor is $name", (one) => {
  it("leaves it whole once the client asks again", async () => {
    const deaths = await dyingEverywhere(async (death) => {
      const { circle, died, favorId, first } = await dying(one, death);
      const again = await one.act(circle, favorId);
      expect(again).toMatchObject({ ok: true });
      if (first !== undefined) expect(again).toEqual({ ...first, replayed: true });
      await circle.expectClean();
      await circle.skip(WAKES_WITHIN_MS);
      expect(await circle.status(favorId)).toBe(one.ends);
      expect(await circle.totals()).toEqual(one.totals);
      expect(await one.act(circle, favorId)).toEqual({ ...again, replayed: true });
      if (one.ends === "offered") await circle.expectClean();
      else await circle.expectNothingHeld();
      return { died };
    });
    expect(deaths).toBeGreaterThanOrEqual(2 * one.commits);
  });

  it("leaves no money behind when the client never comes back", async () => {
    await dyingEverywhere(async (death) => {
      const { circle, died, favorId } = await dying(one, death);
      await circle.skip(CHECK_HOLD_AFTER_MS);
      await circle.expectClean();
      const holds = (await circle.wallet("ada")).openHolds.length;
      expect(holds).toBe((await circle.status(favorId)) === "offered" ? 1 : 0);
      await circle.skip(OFFER_STANDS_MS);
      await circle.expectNothingHeld();
      const [ada = 0, bob = 0] = await circle.totals();
      expect(ada + bob).toBe(2 * GRANT);
      return { died };
    });
  });
});
