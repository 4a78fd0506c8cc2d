import { describe, expect, it } from "vitest";
import { parseFileName } from "../../../src/hands/winamax/fileName.ts";
import { formatStakes } from "../../../src/hands/winamax/stakes.ts";

describe("names of files", () => {
  it.each([
    [
      "/x_y/20150917_Double or Nothing(131147212)_real_holdem_no-limit.txt",
      ["2015-09-17", "Double or Nothing", "131147212", "real", "holdem", "no-limit", false],
    ],
    [
      "20150309_Colorado 1_real_holdem_no-limit.txt",
      ["2015-03-09", "Colorado 1", null, "real", "holdem", "no-limit", false],
    ],
    [
      "C:\\history\\20150718_Hold'em(123703551)_play_holdem_no-limit_summary.txt",
      ["2015-07-18", "Hold'em", "123703551", "play", "holdem", "no-limit", true],
    ],
    [
      "20160331_MiniRoll (152799664)_real_omaha5_pot-limit.txt",
      ["2016-03-31", "MiniRoll ", "152799664", "real", "omaha5", "pot-limit", false],
    ],
    [
      "20161112_Pampelune_real_8games_.txt",
      ["2016-11-12", "Pampelune", null, "real", "8games", "", false],
    ],
    [
      "20161112_a_b (c)_real_8games.txt",
      ["2016-11-12", "a_b (c)", null, "real", "8games", "", false],
    ],
    [
      "20150309_SHORT TRACK 0,10€ 11_real_holdem_no-limit.txt",
      ["2015-03-09", "SHORT TRACK 0,10€ 11", null, "real", "holdem", "no-limit", false],
    ],
  ])("%s", (path, [date, name, tournamentId, money, game, limit, summary]) => {
    const expected = { date, name, tournamentId, money, game, limit, summary };
    expect(parseFileName(path)).toEqual(expected);
  });

  it.each([
    "winamax_positioning_file.dat",
    "notes.txt",
    "20150230_x_real_holdem_no-limit.txt",
    "20150309_real_holdem_no-limit.txt",
    "20150309_x_fake_holdem_no-limit.txt",
    "_x_real_holdem_no-limit.txt",
    "",
  ])("%j is no history", (path) => expect(parseFileName(path)).toBeUndefined());
});

describe("stakes", () => {
  it.each([
    ["EUR", 0, 2, 5, "0.02/0.05"],
    ["EUR", 500, 2500, 5000, "25/50"],
    ["play", 0, 50, 100, "0.50/1"],
    ["chips", 25, 200, 400, "200/400"],
  ] as const)("%s", (currency, ante, smallBlind, bigBlind, text) => {
    expect(formatStakes({ currency, stakes: { ante, smallBlind, bigBlind } })).toBe(text);
  });
});
