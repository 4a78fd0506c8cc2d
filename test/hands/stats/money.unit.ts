import { describe, expect, it } from "vitest";
import type { AllInSpot } from "../../../src/hands/stats/AllInEquity.ts";
import { countsIn, playHand, type Script } from "./playHand.ts";

const BOARD = "2c7dJh9s3s";

const money = (script: Script, equity?: (spot: AllInSpot) => ReadonlyArray<number> | undefined) => {
  const asked: Array<AllInSpot> = [];
  const counts = countsIn(playHand(script), (spot) => {
    asked.push(spot);
    return equity?.(spot);
  });
  const of = (name: "net" | "rake" | "evNet" | "netMilliBb" | "evNetMilliBb") =>
    Object.fromEntries(Object.entries(counts).map(([player, own]) => [player, own[name]]));
  return { asked, of };
};

describe("results", () => {
  it("are in minor units, and in thousandths of a big blind", () => {
    const { of } = money({ players: 3, rounds: { preflop: "a r7, b f, c f" } });
    expect(of("net")).toEqual({ a: 3, b: -1, c: -2 });
    expect(of("netMilliBb")).toEqual({ a: 1_500, b: -500, c: -1_000 });
    expect(of("evNet")).toEqual(of("net"));
    expect(of("evNetMilliBb")).toEqual(of("netMilliBb"));
  });

  it("are a million big blinds at most", () => {
    const { of } = money({
      players: 2,
      stacks: { a: 5_000_000, b: 5_000_000 },
      board: BOARD,
      rounds: { preflop: "a c, b x", river: "a b4000000, b c" },
      wins: { a: 8_000_004 },
    });
    expect(of("net")).toEqual({ a: 4_000_002, b: -4_000_002 });
    expect(of("netMilliBb")).toEqual({ a: 1_000_000_000, b: -1_000_000_000 });
  });

  it("have no big blinds where there are none", () => {
    const { of } = money({
      players: 2,
      game: "stud",
      bigBlind: 0,
      posts: "a ante1, b ante1",
      rounds: { third: "a in2, b f" },
    });
    expect(of("netMilliBb")).toEqual({ a: 0, b: 0 });
  });
});

describe("rake", () => {
  it("is shared by what each had in the pot, whoever won it", () => {
    const { of } = money({
      players: 3,
      board: "2c7dJh",
      rounds: { preflop: "a r10, b f, c c", flop: "c x, a b50, c f" },
      rake: 3,
      wins: { a: 68 },
    });
    // 10, 1 and 10 at stake: a's bet came back. 3 × 10/21 = 1.43 twice, and 0.14.
    expect(of("rake")).toEqual({ a: 2, b: 0, c: 1 });
    expect(of("net")).toEqual({ a: 8, b: -1, c: -10 });
  });
});

describe("an all-in with cards to come", () => {
  const shows = { a: "AhAd", c: "KsKc" };
  const preflop = {
    players: 3,
    board: BOARD,
    stacks: { a: 100, c: 100 },
    rounds: { preflop: "a r100!, b f, c c!" },
    shows,
    wins: { c: 201 },
  };

  it("counts the average of what can come", () => {
    const { asked, of } = money(preflop, () => [0.8, 0.2]);
    expect(asked).toEqual([
      {
        game: "holdem",
        hands: [
          ["Ah", "Ad"],
          ["Ks", "Kc"],
        ],
        board: [],
        dead: [],
      },
    ]);
    // Of 201: 160.8 and 40.2.
    expect(of("net")).toEqual({ a: -100, b: -1, c: 101 });
    expect(of("evNet")).toEqual({ a: 61, b: -1, c: -60 });
    expect(of("evNetMilliBb")).toEqual({ a: 30_400, b: -500, c: -29_900 });
  });

  it("is taken when the last money went in", () => {
    const flop = {
      ...preflop,
      rounds: { preflop: "a r10, b c, c c", flop: "b x, c b90!, a c!, b f" },
      wins: { a: 210 },
    };
    expect(money(flop).asked).toMatchObject([{ board: ["2c", "7d", "Jh"] }]);
    const river = {
      ...preflop,
      rounds: {
        preflop: "a r10, b f, c c",
        flop: "c x, a x",
        turn: "c x, a x",
        river: "c b90!, a c!",
      },
    };
    expect(money(river).asked).toEqual([]);
  });

  it("is none while somebody can still bet", () => {
    const { asked, of } = money({
      ...preflop,
      stacks: { a: 20 },
      rounds: {
        preflop: "a r20!, b c, c c",
        flop: "b x, c x",
        turn: "b x, c x",
        river: "b x, c x",
      },
      shows: { a: "AhAd", b: "QhQd", c: "KsKc" },
      wins: { c: 60 },
    });
    expect(asked).toEqual([]);
    expect(of("evNet")).toEqual(of("net"));
  });

  it("takes the cards of the folded that are known out of the deck", () => {
    const { asked } = money({ ...preflop, hero: "b", heroCards: "QhQd" }, () => [0.8, 0.2]);
    expect(asked).toMatchObject([{ dead: ["Qh", "Qd"] }]);
  });

  it("knows the hero's cards though they were not shown", () => {
    const { asked } = money(
      { ...preflop, hero: "a", heroCards: "AhAd", shows: { c: "KsKc" } },
      () => [0.8, 0.2],
    );
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["when a hand was not shown", { c: "KsKc" }, [0.8, 0.2]],
    ["when one card of it was", { ...shows, a: "Ah" }, [0.8, 0.2]],
    ["where nobody can tell", shows, undefined],
  ])("is what happened %s", (_, seen, shares) => {
    const { of } = money({ ...preflop, shows: seen }, () => shares);
    expect(of("evNet")).toEqual(of("net"));
    expect(of("evNetMilliBb")).toEqual(of("netMilliBb"));
  });

  it("counts each pot by itself, with the others' cards out of the deck", () => {
    const { asked, of } = money(
      {
        players: 4,
        board: BOARD,
        stacks: { a: 50, c: 120, d: 300 },
        // d's last 180 are nobody's: uncalled.
        rounds: { preflop: "d r300!, a c!, b f, c c!" },
        shows: { a: "AhAd", c: "KsKc", d: "QhQd" },
        wins: { a: 151, c: 140, d: 180 },
      },
      ({ hands }) => (hands.length === 3 ? [0.6, 0.25, 0.15] : [0.8, 0.2]),
    );
    expect(asked).toEqual([
      {
        game: "holdem",
        hands: [
          ["Ah", "Ad"],
          ["Ks", "Kc"],
          ["Qh", "Qd"],
        ],
        board: [],
        dead: [],
      },
      {
        game: "holdem",
        hands: [
          ["Ks", "Kc"],
          ["Qh", "Qd"],
        ],
        board: [],
        dead: ["Ah", "Ad"],
      },
    ]);
    // Main pot 3 × 50 + 1, side pot 2 × 70: a 90.6, c 37.75 + 112, d 22.65 + 28.
    expect(of("net")).toEqual({ a: 101, b: -1, c: 20, d: -120 });
    // 40.6, 29.75 and -69.35: the two units that rounding down leaves go to the largest remainders.
    expect(of("evNet")).toEqual({ a: 40, b: -1, c: 30, d: -69 });
    expect(of("evNetMilliBb")).toEqual({ a: 20_300, b: -500, c: 14_875, d: -34_675 });
  });

  it("gives a side pot to who alone is left in it", () => {
    const { asked, of } = money(
      {
        players: 3,
        board: BOARD,
        stacks: { b: 50 },
        rounds: {
          preflop: "a r50, b c!, c c",
          flop: "c x, a b50, c c",
          turn: "c x, a b20, c f",
        },
        shows: { a: "AhAd", b: "KsKc" },
        wins: { a: 120, b: 150 },
      },
      () => [0.7, 0.3],
    );
    expect(asked).toHaveLength(1);
    // Main pot 3 × 50, side pot 2 × 50; a's last 20 are nobody's.
    expect(of("net")).toEqual({ a: 0, b: 100, c: -100 });
    expect(of("evNet")).toEqual({ a: 105, b: -5, c: -100 });
  });

  it("bears the rake and shares the house's money", () => {
    const { of } = money({ ...preflop, rake: 11, houseMoney: 10, wins: { c: 200 } }, () => [
      0.75, 0.25,
    ]);
    expect(of("evNet")).toEqual({ a: 50, b: -1, c: -50 });
    const sum = (name: "net" | "evNet") => Object.values(of(name)).reduce((a, b) => a + b, 0);
    expect([sum("net"), sum("evNet")]).toEqual([-1, -1]);
  });

  it("is counted in Omaha with four cards, in stud not at all", () => {
    const omaha = { ...preflop, game: "omaha", shows: { a: "AhAd2h3h", c: "KsKc4s5s" } } as const;
    expect(money(omaha, () => [0.6, 0.4]).of("evNet")).toEqual({ a: 21, b: -1, c: -20 });
    const five = { ...preflop, game: "omaha5" } as const;
    expect(money(five, () => [0.6, 0.4]).asked).toEqual([]);
  });
});
