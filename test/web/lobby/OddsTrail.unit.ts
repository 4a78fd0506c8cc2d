import { expect, test } from "vitest";
import { NO_TRAIL, oddsAlong, withBoard } from "../../../web/src/lobby/OddsTrail.ts";
import type { OddsTrail } from "../../../web/src/lobby/OddsTrail.ts";

const board = (atMs: number, odds: number) => ({ atMs, odds: { 1: odds.toFixed(2) } });

test("two hundred boards a second become about one a second and the newest", () => {
  let trail: OddsTrail = NO_TRAIL;
  for (let ms = 0; ms <= 10_000; ms += 5)
    trail = withBoard(trail, "race-1", board(ms, 2 + ms / 1e4));
  expect(trail.boards.length).toBeGreaterThanOrEqual(10);
  expect(trail.boards.length).toBeLessThanOrEqual(16);
  expect(oddsAlong(trail, 1)[0]).toBe(2);
  expect(oddsAlong(trail, 1).at(-1)).toBeGreaterThan(2.95);
});

test("a whole phase stays in view, however long; first and newest always", () => {
  let trail: OddsTrail = NO_TRAIL;
  for (let second = 0; second < 1_000; second += 1) {
    trail = withBoard(trail, "race-1", board(second * 1_000, 2 + second));
    expect(trail.boards.length).toBeLessThanOrEqual(97);
    expect(oddsAlong(trail, 1)[0]).toBe(2);
    expect(oddsAlong(trail, 1).at(-1)).toBe(2 + second);
  }
});

test("nothing moved, nothing changed; another race starts anew", () => {
  const first = board(0, 2);
  const trail = withBoard(NO_TRAIL, "race-1", first);
  expect(withBoard(trail, "race-1", { atMs: 5_000, odds: first.odds })).toBe(trail);
  expect(withBoard(trail, "race-2", board(6_000, 3)).boards).toHaveLength(1);
  expect(oddsAlong(trail, 7)).toEqual([]);
});
