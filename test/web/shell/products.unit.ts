import { expect, test } from "vitest";
import { grouped } from "../../../web/src/shell/navEntry.ts";
import { destinations, groupOf, PRODUCTS } from "../../../web/src/shell/products.ts";

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

test("a rail shows each product’s pages together, and the player’s own last", () => {
  const entries = destinations(true).map(({ href, icon, id }) => ({
    id,
    href,
    icon,
    label: id,
    group: groupOf(id),
  }));
  const groups = grouped(entries).map(({ entries }) => entries.map(({ id }) => id));
  expect(groups).toEqual([
    ["home", "history", "runners"],
    ["raffles", "tickets"],
    ["hands", "handPlayers", "equity"],
    ["bets", "wallet", "latency"],
  ]);
});
