import { expect, test } from "vitest";
import { withNewer, withOlder } from "../../../web/src/races/RaceHistory.ts";
import type { RaceRowBody } from "../../../sdk/src/index.ts";

const row = (race_id: string): RaceRowBody => ({
  race_id,
  lobby_id: "demo",
  opened_at: "2026-01-01T00:00:00.000Z",
  settled_at: "2026-01-01T00:01:00.000Z",
  order: [[1]],
  winner: "Neon Comet",
  bets: 0,
  staked: 0,
  paid: 0,
});
const rows = (...ids: readonly string[]) => ids.map(row);
const ids = ({ races }: { readonly races: readonly RaceRowBody[] }) =>
  races.map(({ race_id }) => race_id);

test("older pages follow, each race once", () => {
  const history = { races: rows("r5", "r4"), nextBefore: "r4" };
  const all = withOlder(history, { races: rows("r4", "r3"), next_before: null });
  expect(ids(all)).toEqual(["r5", "r4", "r3"]);
  expect(all.nextBefore).toBeNull();
});

test("a newer first page goes in front, and what is older stays within reach", () => {
  const history = { races: rows("r5", "r4", "r3"), nextBefore: "r3" };
  const all = withNewer(history, { races: rows("r6", "r5"), next_before: "r5" });
  expect(ids(all)).toEqual(["r6", "r5", "r4", "r3"]);
  expect(all.nextBefore).toBe("r3");
});

test("after so many new races that some may be missing the list begins again", () => {
  const history = { races: rows("r2", "r1"), nextBefore: null };
  const all = withNewer(history, { races: rows("r9", "r8"), next_before: "r8" });
  expect(ids(all)).toEqual(["r9", "r8"]);
  expect(all.nextBefore).toBe("r8");
});

test("the first races of an empty history appear", () => {
  const all = withNewer({ races: [], nextBefore: null }, { races: rows("r1"), next_before: null });
  expect(ids(all)).toEqual(["r1"]);
});
