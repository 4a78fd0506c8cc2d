import { expect, test } from "vitest";
import {
  filterIn,
  fits,
  hasGap,
  isSifted,
  queryOf,
  stakesAmong,
  together,
} from "../../../web/src/hands/handsView.ts";
import type { HandFilter, HandSummary } from "../../../web/src/hands/handsView.ts";
import { allInHand } from "../hand/allInHand.ts";

const hand = (seq: number, more: Partial<HandSummary> = {}): HandSummary => ({
  ...allInHand,
  seq,
  hand_id: `winamax:1-${seq}-1`,
  ...more,
});
const anyone: HandFilter = { player: "", game: null, format: null, stakes: null };

test("a filter stands in the address, and is read back as it was", () => {
  const filter: HandFilter = {
    player: "Kai  Greene&?#",
    game: "omaha5",
    format: "cash",
    stakes: "EUR 0.02/0.05",
  };
  expect(filterIn(new URLSearchParams(queryOf(filter)))).toEqual(filter);
  expect(queryOf(anyone)).toBe("");
  expect(filterIn(new URLSearchParams("game=chess&format=mail"))).toEqual(anyone);
});

test("game, format and stakes are looked for here, the player by the server", () => {
  const cash = hand(1, { format: "cash", currency: "EUR", stakes: "0.02/0.05" });
  expect(fits(cash, { ...anyone, stakes: "EUR 0.02/0.05" })).toBe(true);
  expect(fits(cash, { ...anyone, stakes: "play 0.02/0.05" })).toBe(false);
  expect(fits(cash, { ...anyone, game: "razz" })).toBe(false);
  expect(isSifted({ ...anyone, player: "Ann" })).toBe(false);
  expect(isSifted({ ...anyone, format: "cash" })).toBe(true);
});

test("each hand is listed once, the newest first", () => {
  const list = together([hand(5), hand(4)], [hand(4), hand(3)]);
  expect(list.map(({ seq }) => seq)).toEqual([5, 4, 3]);
});

test("hands that come one after the other leave no gap; what was missed does", () => {
  const known = [hand(7), hand(6)];
  expect(hasGap(known, [hand(8), hand(9)])).toBe(false);
  expect(hasGap(known, [hand(9)])).toBe(true);
  expect(hasGap(known, [hand(7)])).toBe(false);
  expect(hasGap([], [hand(9)])).toBe(false);
});

test("stakes are offered in order, each once", () => {
  const stakes = ["0.10/0.25", "0.02/0.05", "0.10/0.25"];
  const hands = stakes.map((stakes, seq) => hand(seq, { currency: "EUR", stakes }));
  expect(stakesAmong(hands)).toEqual(["EUR 0.02/0.05", "EUR 0.10/0.25"]);
});
