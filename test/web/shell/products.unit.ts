import { expect, test } from "vitest";
import { destinations, PRODUCTS } from "../../../web/src/shell/products.ts";

test("a phone has at hand where each product is entered, and what is the player's own", () => {
  const ids = destinations(true).map(({ id }) => id);
  expect(ids.slice(0, 4)).toEqual(["home", "raffles", "hands", "bets"]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("who has no seat is led to no page that needs one", () => {
  expect(destinations(false).some(({ needsSeat }) => needsSeat)).toBe(false);
  expect(destinations(false).map(({ id }) => id)).toEqual([
    "home",
    "raffles",
    "hands",
    "history",
    "runners",
    "handPlayers",
    "equity",
  ]);
});

test("every product can be entered", () => {
  for (const { id, pages } of PRODUCTS) expect(pages.length, id).toBeGreaterThan(0);
});
