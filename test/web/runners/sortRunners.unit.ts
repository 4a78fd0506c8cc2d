import { expect, test } from "vitest";
import type { RunnerTotalsBody } from "../../../sdk/src/index.ts";
import { sortBy, sortRunners } from "../../../web/src/runners/sortRunners.ts";

const runner = (name: string, wins: number, averageOdds: number): RunnerTotalsBody => ({
  name,
  starts: 10,
  wins,
  win_rate: wins / 10,
  place_rate: 0.5,
  average_odds: averageOdds,
  return_per_unit: 1,
});
const FIELD = [runner("Iron Mirage", 2, 4.1), runner("Élan", 2, 9), runner("Velvet Ion", 5, 2.2)];
const names = (runners: readonly RunnerTotalsBody[]) => runners.map(({ name }) => name);

test("by a figure, the greatest first, equals by name", () => {
  const sorted = sortRunners(FIELD, { key: "wins", isDescending: true }, "");
  expect(names(sorted)).toEqual(["Velvet Ion", "Élan", "Iron Mirage"]);
});

test("by name, from A", () => {
  const sorted = sortRunners(FIELD, { key: "name", isDescending: false }, "");
  expect(names(sorted)).toEqual(["Élan", "Iron Mirage", "Velvet Ion"]);
});

test("those found by a part of the name, without regard to case and accents", () => {
  const found = (query: string) =>
    names(sortRunners(FIELD, { key: "name", isDescending: false }, query));
  expect(found(" elan ")).toEqual(["Élan"]);
  expect(found("I")).toEqual(["Iron Mirage", "Velvet Ion"]);
  expect(found("nobody")).toEqual([]);
});

test("pressed again a column turns round; another starts with its best", () => {
  const wins = { key: "wins", isDescending: true } as const;
  expect(sortBy(wins, "wins")).toEqual({ key: "wins", isDescending: false });
  expect(sortBy(wins, "starts")).toEqual({ key: "starts", isDescending: true });
  expect(sortBy(wins, "name")).toEqual({ key: "name", isDescending: false });
});
