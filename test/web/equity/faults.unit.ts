/** What is said against a table, and where. */
import { describe, expect, test } from "vitest";
import { faultsOf, isUnfinished } from "../../../web/src/equity/faults.ts";
import { readPlayer } from "../../../web/src/equity/player.ts";
import { GAMES, startOf, tableIn, withGame } from "../../../web/src/equity/table.ts";

const START = startOf("holdem");
const against = (player: string) => faultsOf({ ...START, players: [player, "random"] });
const inOmaha = (player: string) =>
  faultsOf({ ...START, game: "omaha", players: [player, "2s3s4s5s"] });

describe("a player", () => {
  test.each([
    ["", "empty", true],
    ["  ", "empty", true],
    ["A", "wrong", false],
    ["Ah", "half", true],
    ["AhAh", "twice", false],
    ["AhKdQh", "many", false],
    ["QQ@0", "weightless", false],
    ["QQ+,AKx", "wrong", false],
  ])("with %j is %s", (text, kind, unfinished) => {
    const [fault, ...others] = against(text);
    expect(fault).toMatchObject({ place: 0, kind });
    expect(fault !== undefined && isUnfinished(fault)).toBe(unfinished);
    expect(others).toEqual([]);
  });

  test.each(["AhKd", "Ah Kd", "ahkd", "QQ+,AK", "random", "76s@50", "10h, 9h"])(
    "with %s is right",
    (text) => {
      expect(against(text)).toEqual([]);
    },
  );

  test("with a range of one hand holds its cards", () => {
    expect(readPlayer("KdAh", "holdem").cards).toEqual(["Ah", "Kd"]);
    expect(readPlayer("AhKd@50", "holdem").cards).toEqual(["Ah", "Kd"]);
    expect(readPlayer("AA", "holdem").cards).toEqual([]);
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

describe("a player of Omaha", () => {
  test.each([
    ["", { kind: "empty" }, true],
    ["Ah Kd", { kind: "half", missing: 2 }, true],
    ["AhKdQhJdTh", { kind: "many", cards: 5, most: 4 }, false],
    ["QQ+,AKs", { kind: "noRange" }, true],
    ["random", { kind: "noRange" }, true],
    ["AhKdQhJx", { kind: "noCard", word: "Jx" }, false],
    ["AhKdAhJd", { kind: "twice", card: "Ah", other: 0 }, false],
    ["AhKdQh2s", { kind: "twice", card: "2s", other: 0 }, false],
  ])("with %j", (text, expected, unfinished) => {
    const [fault, ...others] = inOmaha(text);
    expect(fault).toMatchObject(expected);
    expect(fault !== undefined && isUnfinished(fault)).toBe(unfinished);
    expect(others).toEqual([]);
  });

  test.each(["AhKdQhJd", "ah kd 10h, 9h"])("with %s is right", (text) => {
    expect(inOmaha(text)).toEqual([]);
  });
});

test.each(GAMES)("%s begins with hands that can be compared", (game) => {
  expect(faultsOf(startOf(game))).toEqual([]);
  expect(tableIn(new URLSearchParams(`game=${game}`))).toEqual(startOf(game));
});

test("another game begins with its own example, but keeps all that someone has written", () => {
  expect(withGame(START, "omaha")).toEqual(startOf("omaha"));
  const painted = { ...START, players: ["QQ+,76s@50", "AhKd"], board: "2h7d8c" };
  expect(withGame(painted, "omaha5")).toEqual({ ...painted, game: "omaha5" });
  expect(withGame(withGame(painted, "omaha5"), "holdem")).toEqual(painted);
});

test("a range has no hand left when the others have its cards", () => {
  const table = { ...START, players: ["AA", "AhAd"], board: "AsKsQs" };
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
  const faults = faultsOf({
    ...START,
    players: ["", "AhKd", "AhQs"],
    board: "2h",
    dead: "2h",
  });
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
  expect(tableIn(new URLSearchParams("p=AsAd2c2d&game=omaha")).players).toEqual(["AsAd2c2d", ""]);
  expect(tableIn(new URLSearchParams("game=bridge")).game).toBe("holdem");
});
