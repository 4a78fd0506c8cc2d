import fc from "fast-check";
import { expect, test } from "vitest";
import { randomPicks, secureDraw } from "../../../web/src/raffle/randomPicks.ts";

const drawing = (draws: readonly number[]) => {
  let at = 0;
  return (below: number) => (draws[at++ % draws.length] ?? 0) % below;
};

test("picks are different numbers, all of them free, as many as there are", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(99_999), { maxLength: 200 }),
      fc.nat(12),
      fc.array(fc.nat(), { minLength: 1 }),
      (free, count, draws) => {
        const picks = randomPicks(free, count, drawing(draws));
        expect(picks).toHaveLength(Math.min(count, free.length));
        expect(new Set(picks).size).toBe(picks.length);
        for (const pick of picks) expect(free).toContain(pick);
      },
    ),
  );
});

test("each way the dice can fall gives another selection: none is likelier than another", () => {
  const free = [3, 14, 15, 92, 65];
  const counts = new Map<string, number>();
  for (let first = 0; first < 5; first += 1)
    for (let second = 0; second < 4; second += 1)
      for (let third = 0; third < 3; third += 1) {
        const draws = [first, second, third];
        let at = 0;
        const picks = randomPicks(free, 3, () => draws[at++] ?? 0).join();
        counts.set(picks, (counts.get(picks) ?? 0) + 1);
      }
  expect(counts.size).toBe(60);
  expect(new Set(counts.values())).toEqual(new Set([1]));
});

test("the browser's dice fall on every side about as often", () => {
  const sides = 6;
  const throws = 12_000;
  const seen = Array.from({ length: sides }, () => 0);
  for (let at = 0; at < throws; at += 1) {
    const side = secureDraw(sides);
    seen[side] = (seen[side] ?? 0) + 1;
  }
  const expected = throws / sides;
  const chiSquare = seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // With 5 degrees of freedom more than this comes once in ten million runs.
  expect(chiSquare).toBeLessThan(41);
});
