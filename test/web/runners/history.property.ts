import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunnerStartBody } from "../../../sdk/src/index.ts";
import { cumulativeReturn, meetings } from "../../../web/src/runners/history.ts";

const start = (race: number, changes: Partial<RunnerStartBody> = {}): RunnerStartBody => ({
  race_id: `r${race}`,
  lobby_id: "demo",
  at: new Date(1_700_000_000_000 + race * 60_000).toISOString(),
  number: 1,
  place: 4,
  won: false,
  odds: "3.20",
  finish_ms: null,
  form: null,
  ...changes,
});

test("each race of either runner stands once, oldest first, with the start of who was there", () => {
  const races = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 20 });
  fc.assert(
    fc.property(races, races, (mine, theirs) => {
      const newestFirst = (ids: readonly number[]) =>
        ids.toSorted((a, b) => b - a).map((race) => start(race));
      const met = meetings([newestFirst(mine), newestFirst(theirs)]);
      const all = [...new Set([...mine, ...theirs])].toSorted((a, b) => a - b);
      expect(met.map(({ raceId }) => raceId)).toEqual(all.map((race) => `r${race}`));
      for (const { raceId, starts } of met) {
        const race = Number(raceId.slice(1));
        expect(starts.map((one) => one !== null)).toEqual([
          mine.includes(race),
          theirs.includes(race),
        ]);
      }
    }),
  );
});

test("a unit on each race: what is lost costs one, what wins brings its odds, exactly", () => {
  const starts = [
    start(1),
    start(2, { won: true, odds: "4.10" }),
    null,
    start(3, { won: true, odds: null }),
    start(4, { odds: null }),
  ];
  expect(cumulativeReturn(starts)).toEqual([-1, 2.1, null, 2.1, 1.1]);
});

test("hundredths add up without a float's error", () => {
  const wins = Array.from({ length: 10 }, (_, i) => start(i, { won: true, odds: "1.10" }));
  expect(cumulativeReturn(wins).at(-1)).toBe(1);
});
