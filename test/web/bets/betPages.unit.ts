import { expect, test } from "vitest";
import { firstPage, withNewest, withOlder } from "../../../web/src/bets/betPages.ts";
import type { BetBody } from "../../../sdk/src/index.ts";

const bet = (n: number, status: BetBody["status"] = "accepted"): BetBody => ({
  bet_id: `bet-${n}`,
  race_id: "r",
  lobby_id: "l",
  market: "win",
  selection: [1],
  stake: 100,
  status,
  payout: null,
  // Two in each second.
  placed_at: new Date(Math.floor(n / 2) * 1000).toISOString(),
  settled_at: null,
});
const bets = (from: number, to: number, status?: BetBody["status"]) =>
  Array.from({ length: from - to + 1 }, (_, n) => bet(from - n, status));
const idsOf = ({ bets }: { readonly bets: readonly BetBody[] }) => bets.map((one) => one.bet_id);
const ids = (from: number, to: number) => bets(from, to).map((one) => one.bet_id);

const known = withOlder(firstPage({ bets: bets(9, 6), next_before: "six" }), "six", {
  bets: bets(5, 2),
  next_before: "two",
});

test("older pages come after the newer ones", () => {
  expect(idsOf(known)).toEqual(ids(9, 2));
  expect(known.nextBefore).toBe("two");
});

test("an answer that is not the next page any more changes nothing", () => {
  expect(withOlder(known, "six", { bets: bets(1, 1), next_before: null })).toBe(known);
});

test("what is read anew takes the place of what it reaches over; older bets stay", () => {
  const again = withNewest(known, { bets: bets(11, 5, "lost"), next_before: "five" });
  expect(idsOf(again)).toEqual(ids(11, 2));
  expect(again.bets.map(({ status }) => status)).toEqual([
    ...bets(11, 5).map(() => "lost"),
    ...bets(4, 2).map(() => "accepted"),
  ]);
  expect(again.nextBefore).toBe("two");
});

test("bets that have left the list do not stay: they are of another status now", () => {
  const again = withNewest(known, { bets: [bet(9), bet(6), bet(3)], next_before: "three" });
  expect(idsOf(again)).toEqual(["bet-9", "bet-6", "bet-3", "bet-2"]);
});

test("a page that does not reach down to what is known stands alone", () => {
  const again = withNewest(known, { bets: bets(90, 50), next_before: "fifty" });
  expect(idsOf(again)).toEqual(ids(90, 50));
  expect(again.nextBefore).toBe("fifty");
  expect(withNewest(known, { bets: [], next_before: null })).toEqual({
    bets: [],
    nextBefore: null,
  });
});
