import { expect, test } from "vitest";
import {
  askedOf,
  filterIn,
  hasGap,
  isAnyone,
  meets,
  minorIn,
  NO_FILTER,
  queryOf,
  sitesIn,
  stakesKey,
  together,
  unitOf,
} from "../../../web/src/hands/handsView.ts";
import type { HandFilter, HandSummary } from "../../../web/src/hands/handsView.ts";
import { allInHand } from "../hand/allInHand.ts";

const hand = (seq: number): HandSummary => ({
  ...allInHand,
  seq,
  hand_id: `winamax:1-${seq}-1`,
});
const hands = (...seqs: readonly number[]) => seqs.map(hand);

const EVERYTHING: HandFilter = {
  player: "Kai  Greene&?#' OR 1=1",
  site: "winamax",
  game: "omaha5",
  format: "cash",
  stakes: "EUR 0.02/0.05",
  from: "2025-02-28",
  to: "2025-03-01",
  minPot: 250,
  position: "BTN",
  result: "won",
  showdown: "no",
};

test("a filter stands in the address, and is read back as it was", () => {
  expect(filterIn(new URLSearchParams(queryOf(EVERYTHING)))).toEqual(EVERYTHING);
  expect(queryOf(NO_FILTER)).toBe("");
  expect(isAnyone(NO_FILTER)).toBe(true);
  expect(isAnyone({ ...NO_FILTER, showdown: "yes" })).toBe(false);
});

test.each([
  "game=chess&format=mail",
  "from=2025-02-30&to=tomorrow",
  "min_pot=-1",
  "min_pot=1e9",
  "stakes=0.02/0.05",
  "stakes=USD 1/2",
  "position=LEFT&result=drawn&showdown=maybe",
  // A site is a player's.
  "site=winamax",
  "player=&site=x'--",
])("what %s asks for is not known, and left out", (query) => {
  expect(filterIn(new URLSearchParams(query))).toEqual(NO_FILTER);
});

test("the server is asked in its own names, and for nothing that is not asked for", () => {
  expect(askedOf(EVERYTHING)).toEqual({
    player: EVERYTHING.player,
    site: "winamax",
    game: "omaha5",
    format: "cash",
    currency: "EUR",
    stake: "0.02/0.05",
    from: "2025-02-28",
    to: "2025-03-01",
    min_pot: 250,
    position: "BTN",
    result: "won",
    showdown: "no",
  });
  expect(Object.values(askedOf(NO_FILTER)).every((value) => value === undefined)).toBe(true);
});

test("a pot is typed in money, and in whole chips", () => {
  expect(
    ["2.50", "2,5", " 250 ", "0", "", "-1", "2.505", "a lot"].map((one) => minorIn(one, 100)),
  ).toEqual(["250", "250", "25000", "", "", "", "", ""]);
  expect(minorIn("5000", 1)).toBe("5000");
  expect(unitOf(NO_FILTER)).toBe(100);
  expect(unitOf({ ...NO_FILTER, stakes: stakesKey("chips", "200/400") })).toBe(1);
  expect(unitOf({ ...NO_FILTER, format: "tournament" })).toBe(1);
});

test("each hand is listed once, the newest first", () => {
  const list = together(hands(5, 4), hands(4, 3));
  expect(list.map(({ seq }) => seq)).toEqual([5, 4, 3]);
});

test("a page that was read anew meets what is known when it reaches down to it", () => {
  const known = hands(7, 6);
  expect(meets({ hands: hands(9, 7), next_before: "7" }, known)).toBe(true);
  // Few fit: it has looked down to hand 5, and these are all there are.
  expect(meets({ hands: hands(9), next_before: "5" }, known)).toBe(true);
  expect(meets({ hands: hands(20, 19), next_before: "19" }, known)).toBe(false);
  expect(meets({ hands: hands(20, 19), next_before: null }, known)).toBe(true);
  expect(meets({ hands: [], next_before: "100" }, [])).toBe(false);
});

test("hands that come one after the other leave no gap; what was missed does", () => {
  const known = hands(7, 6);
  expect(hasGap(known, hands(8, 9))).toBe(false);
  expect(hasGap(known, hands(9))).toBe(true);
  expect(hasGap(known, hands(7))).toBe(false);
  expect(hasGap([], hands(9))).toBe(false);
});

test("where a name is not enough, the sites are there to choose from", () => {
  expect(sitesIn({ code: "player_ambiguous", sites: ["a", "b", 3] })).toEqual(["a", "b"]);
  expect(sitesIn({ code: "unavailable" })).toEqual([]);
});
