import { expect, test } from "vitest";
import type { RaffleBody } from "../../../sdk/src/index.ts";
import {
  areRaffles,
  ended,
  onSale,
  ownShares,
  together,
} from "../../../web/src/raffles/rafflesView.ts";
import { raffleBody as raffle } from "../support/raffleBody.ts";

const ids = (raffles: readonly RaffleBody[]) => raffles.map(({ id }) => id);

test("on sale comes first what is drawn next; what is not being sold comes after", () => {
  const raffles = [
    raffle("late", { draw_at: "2026-03-01T00:00:00.000Z" }),
    raffle("closed", { status: "closed", draw_at: "2026-01-01T00:00:00.000Z" }),
    raffle("soon"),
    raffle("drawn", { status: "completed" }),
    raffle("draft", { status: "draft" }),
  ];
  expect(ids(onSale(raffles))).toEqual(["soon", "late", "closed"]);
});

test("of those that are over the latest comes first", () => {
  const raffles = [
    raffle("old", { status: "completed", ended_at: "2026-01-01T00:00:00.000Z" }),
    raffle("new", { status: "cancelled", ended_at: "2026-02-01T00:00:00.000Z" }),
    raffle("open"),
  ];
  expect(ids(ended(raffles))).toEqual(["new", "old"]);
});

test("what one has counts tickets and a live reservation, and not what is over", () => {
  const one = { id: "1", number: 1 };
  const two = { id: "2", number: 2 };
  const at = "2026-01-01T00:00:00.000Z";
  const shares = ownShares([
    { raffle_id: "a", phase: "selection", numbers: [one], expires_at: at },
    { raffle_id: "a", phase: "sold", numbers: [one, two], expires_at: at },
    { raffle_id: "b", phase: "expired", numbers: [one], expires_at: at },
    { raffle_id: "c", phase: "refunded", numbers: [one], expires_at: at },
  ]);
  expect([...shares]).toEqual([["a", { count: 3, keptUntilMs: Date.parse(at) }]]);
});

test("the newer word on a raffle counts", () => {
  const merged = together([raffle("a", { sold_count: 5 })], [raffle("a"), raffle("b")]);
  expect(merged.map(({ id, sold_count }) => `${id} ${sold_count}`)).toEqual(["a 5", "b 0"]);
});

test("what was kept is shown only in its shape", () => {
  expect(areRaffles({ raffles: [raffle("a")] })).toBe(true);
  expect(areRaffles({ raffles: [{ id: "a" }] })).toBe(false);
  expect(areRaffles({ raffles: [{ ...raffle("a"), prizes: [{}] }] })).toBe(false);
  expect(areRaffles([])).toBe(false);
});
