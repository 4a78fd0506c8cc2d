/** What is said against a table, and where. */
import { describe, expect, test } from "vitest";
import { faultsOf, isUnfinished } from "../../../web/src/equity/faults.ts";
import { readPlayer } from "../../../web/src/equity/player.ts";
import { START, tableIn } from "../../../web/src/equity/table.ts";

const against = (player: string) => faultsOf({ ...START, players: [player, "random"] });

describe("a player", () => {
  test.each([
    ["", "empty", true],
    ["  ", "empty", true],
    ["A", "wrong", false],
    ["Ah", "half", true],
    ["AhAh", "twice", false],
    ["QQ@0", "weightless", false],
    ["QQ+,AKx", "wrong", false],
  ])("with %j is %s", (text, kind, unfinished) => {
    const [fault, ...others] = against(text);
    expect(fault).toMatchObject({ place: 0, kind });
    expect(fault !== undefined && isUnfinished(fault)).toBe(unfinished);
    expect(others).toEqual([]);
  });

  test.each(["AhKd", "Ah Kd", "ahkd", "QQ+,AK", "random", "76s@50"])("with %s is right", (text) => {
    expect(against(text)).toEqual([]);
  });

  test("with a range of one hand holds its cards", () => {
    expect(readPlayer("KdAh").cards).toEqual(["Ah", "Kd"]);
    expect(readPlayer("AhKd@50").cards).toEqual(["Ah", "Kd"]);
    expect(readPlayer("AA").cards).toEqual([]);
  });

  test.each([
    ["QQs", "pair"],
    ["A5s-A2o", "ends"],
    ["QQ-AK", "ends"],
    ["AKs-QTs", "gap"],
    ["76s@", "weight"],
    ["76s@101", "weight"],
    ["15%", "percentage"],
    ["QQ+!", "other"],
  ])("with %s is told why in a sentence of the page's language", (item, why) => {
    expect(against(`KK,${item}`)).toEqual([
      { place: 0, kind: "wrong", word: item, character: 4, why },
    ]);
  });
});

test("a range has no hand left when the others have its cards", () => {
  const table = { players: ["AA", "AhAd"], board: "AsKsQs", dead: "" };
  expect(faultsOf(table)).toEqual([{ place: 0, kind: "blocked" }]);
});

test.each([
  ["2h", [{ place: "board", kind: "length", cards: 1 }]],
  ["2h7d", [{ place: "board", kind: "length", cards: 2 }]],
  ["2h7d8c", []],
  ["2h7d8c9c10c", []],
  ["2h7d8c9cTcJc", [{ place: "board", kind: "length", cards: 6 }]],
  ["2h7d8c2h", [{ place: "board", kind: "twice", card: "2h", other: "board" }]],
  ["2h7dzz", [{ place: "board", kind: "noCard", word: "zz" }]],
])("of a board %s", (board, faults) => {
  expect(faultsOf({ ...START, board })).toEqual(faults);
});

test("each place has its fault", () => {
  const faults = faultsOf({ players: ["", "AhKd", "AhQs"], board: "2h", dead: "2h" });
  expect(faults.map(({ kind, place }) => [place, kind])).toEqual([
    ["board", "length"],
    ["dead", "twice"],
    [0, "empty"],
    [2, "twice"],
  ]);
});

test("an address without players is the start; with one, the other is not known", () => {
  expect(tableIn(new URLSearchParams(""))).toEqual(START);
  expect(tableIn(new URLSearchParams("p=AsAd")).players).toEqual(["AsAd", "random"]);
});
