import { describe, expect, it } from "vitest";
import { handPlayerId, type Part } from "../../../rpc/handPlayer.ts";
import type { CellKey } from "../../../rpc/handStats.ts";
import { nameIn } from "../../../entities/handPlayer/name.ts";
import { scenarios } from "../../support/given.ts";
import { batchOf, cellOf, type CountedHand } from "./batches.ts";
import { EVERYTHING, handPlayerDesk } from "./desk.ts";

const AT = Date.UTC(2024, 4, 1, 12);
const ID = handPlayerId("winamax", "Kai  Greene");
const given = scenarios(handPlayerDesk, { at: AT, entityId: ID });

const KEY: CellKey = {
  currency: "EUR",
  game: "holdem",
  limit: "no_limit",
  stakes: "0.02/0.05",
  players: 6,
  position: "BTN",
};
const DAY_MS = 86_400_000;

const HANDS: ReadonlyArray<CountedHand> = [
  { seq: 3, playedAt: AT, cell: cellOf(KEY, "raise", { net: 40, evNet: 10 }) },
  { seq: 5, playedAt: AT + 1, cell: cellOf(KEY, "fold", { net: 0, evNet: 0 }) },
  {
    seq: 9,
    playedAt: AT - DAY_MS,
    cell: cellOf({ ...KEY, position: "SB" }, "fold", { net: -2, evNet: -2 }),
  },
  {
    seq: 12,
    playedAt: AT,
    cell: cellOf(
      { ...KEY, currency: "chips", stakes: "100/200", players: 3, position: null },
      "showdown",
      { net: 900, evNet: 300 },
    ),
  },
];
const batch = (from: number, to: number) => {
  const made = batchOf(HANDS, from, to);
  if (made === undefined) throw new Error("a batch has hands");
  return made;
};
const counted = (from: number, to: number) => ({ _tag: "HandsCounted", ...batch(from, to) });

describe("a batch of hands", () => {
  it("is counted when it lies above what is counted, next to it or not", () => {
    given()
      .when("Count", batch(1, 4))
      .then([counted(1, 4)])
      .replying({ countedTo: 4 });
    given(counted(1, 4))
      .when("Count", batch(5, 8))
      .then([counted(5, 8)])
      .replying({ countedTo: 8 });
    given(counted(1, 4))
      .when("Count", batch(9, 12))
      .then([counted(9, 12)]);
  });

  it("changes nothing when it comes again", () => {
    const after = given(counted(1, 4), counted(5, 8));
    after.when("Count", batch(5, 8)).then([]).replying({ countedTo: 8 });
    after.when("Count", batch(1, 4)).then([]).replying({ countedTo: 8 });
  });

  it("changes nothing when it begins in what is counted: the answer tells from where to send it", () => {
    given(counted(1, 4)).when("Count", batch(3, 9)).then([]).replying({ countedTo: 4 });
    given(counted(1, 4)).when("Count", batch(4, 9)).then([]).replying({ countedTo: 4 });
  });

  it("that ends before it begins is none", () => {
    given()
      .when("Count", { ...batch(1, 4), from: 5, to: 4 })
      .then([])
      .replying({ countedTo: 0 });
  });
});

describe("totals", () => {
  const { run } = given(counted(1, 8), counted(9, 12));
  const totals = (filter: object = {}) =>
    run.query("GetTotals", AT, { filter: { ...EVERYTHING, ...filter } });

  it("are the sums by cell", () => {
    expect(totals()).toMatchObject({ countedTo: 12, firstAt: AT - DAY_MS, lastAt: AT + 1 });
    const one = batchOf(HANDS, 1, 12);
    expect(totals()).toHaveProperty("cells", expect.arrayContaining([...(one?.cells ?? [])]));
    expect(totals()).toHaveProperty("cells.length", 3);
  });

  it.each([
    [{ currency: "chips" }, 1],
    [{ game: "holdem" }, 3],
    [{ game: "omaha" }, 0],
    [{ stakes: "0.02/0.05" }, 2],
    [{ players: 3 }, 1],
    [{ position: "SB" }, 1],
    [{ currency: "EUR", position: "BTN", players: 6 }, 1],
  ])("of %j are of %i cells", (filter, cells) => {
    expect(totals(filter)).toHaveProperty("cells.length", cells);
  });

  it("of one of whom nothing is recorded are none", () => {
    expect(given().run.query("GetTotals", AT, { filter: EVERYTHING })).toEqual({
      countedTo: 0,
      firstAt: null,
      lastAt: null,
      cells: [],
    });
  });

  it("are given by game, stakes, table size and position too", () => {
    const overview = run.query("GetOverview", AT) as { readonly parts: ReadonlyArray<Part> };
    expect(overview).toMatchObject({ countedTo: 12, firstAt: AT - DAY_MS, lastAt: AT + 1 });
    expect(
      overview.parts.map(({ by, counts, currency, key }) => [by, currency, key, counts[0]]),
    ).toEqual([
      ["game", "EUR", "holdem", 3],
      ["stakes", "EUR", "0.02/0.05", 3],
      ["players", "EUR", "6", 3],
      ["position", "EUR", "BTN", 2],
      ["position", "EUR", "SB", 1],
      ["game", "chips", "holdem", 1],
      ["stakes", "chips", "100/200", 1],
      ["players", "chips", "3", 1],
      ["position", "chips", "", 1],
    ]);
  });

  it("by day come oldest first, by currency", () => {
    expect(run.query("GetDays", AT)).toEqual({
      days: [
        { day: "2024-04-30", currency: "EUR", hands: 1, net: -2, evNet: -2 },
        { day: "2024-05-01", currency: "EUR", hands: 2, net: 40, evNet: 10 },
        { day: "2024-05-01", currency: "chips", hands: 1, net: 900, evNet: 300 },
      ],
    });
  });
});

describe("the list of players", () => {
  it("has the name as the site writes it", () => {
    const { run } = given(counted(1, 8), counted(9, 12));
    expect(run.steps.map(({ rows }) => rows.map(({ row }) => row))).toEqual([
      [{ site: "winamax", player: "Kai  Greene", hands: 2, last_at: AT + 1 }],
      [{ site: "winamax", player: "Kai  Greene", hands: 4, last_at: AT + 1 }],
    ]);
  });

  it.each([
    "plain",
    "Kai  Greene",
    "a:b",
    "7 7 7",
    "%41",
    "..dots",
    "é€🂡",
    "'; DROP TABLE hand; --",
  ])("finds %s again in the id", (player) => {
    expect(nameIn(handPlayerId("winamax", player))).toEqual({ site: "winamax", player });
  });
});
