import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Hand } from "../../../rpc/hand.ts";
import {
  ALL_GAMES,
  generateHand,
  generateHands,
} from "../../../src/hands/generator/HandGenerator.ts";
import { ORDINARY_NAMES } from "../../../src/hands/generator/names.ts";

const hands = [...generateHands(2016, 4_000)].map(({ hand }) => hand);
const some = (what: (hand: Hand) => boolean) => hands.filter(what).length;
const actionsOf = (hand: Hand) => hand.streets.flatMap(({ actions }) => actions);

it("gives the same hands for the same seed, whether one asks for one or for all", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat({ max: 60 }), (seed, index) => {
      const all = [...generateHands(seed, index + 1)];
      expect(generateHand(seed, index)).toEqual(all[index]);
    }),
    { numRuns: 20 },
  );
  expect(generateHand(1, 0).text).not.toBe(generateHand(2, 0).text);
});

it("gives what was asked for", () => {
  const startsAt = Date.UTC(2026, 0, 1);
  const asked = { games: ["omaha5"], formats: ["cash"], names: ORDINARY_NAMES, startsAt } as const;
  for (const { hand } of generateHands(3, 100, asked)) {
    expect([hand.game, hand.format]).toEqual(["omaha5", "cash"]);
    expect(hand.playedAt).toBeGreaterThanOrEqual(startsAt);
    for (const { player } of hand.seats) expect(ORDINARY_NAMES).toContain(player);
  }
});

it("gives every hand a number of its own", () => {
  expect(new Set(hands.map(({ handId }) => handId)).size).toBe(hands.length);
});

describe("what happens sooner or later", () => {
  it.each<[string, (hand: Hand) => boolean]>([
    [
      "an ante that takes a stack",
      (hand) => actionsOf(hand).some((a) => a.kind === "ante" && a.allIn),
    ],
    [
      "a blind of nothing",
      (hand) => actionsOf(hand).some((a) => a.kind === "big_blind" && a.put === 0),
    ],
    ["a late big blind", (hand) => actionsOf(hand).some((a) => a.kind === "late_big_blind")],
    ["a late small blind", (hand) => actionsOf(hand).some((a) => a.kind === "late_small_blind")],
    ["a denied blind", (hand) => actionsOf(hand).some((a) => a.kind === "deny_blind")],
    ["a short call", (hand) => actionsOf(hand).some((a) => a.kind === "call" && a.allIn)],
    ["a short raise", (hand) => actionsOf(hand).some((a) => a.kind === "raise" && a.allIn)],
    ["a bring-in", (hand) => actionsOf(hand).some((a) => a.kind === "bring_in")],
    ["a player who sits out", (hand) => hand.results.length < hand.seats.length],
    ["two players", (hand) => hand.seats.length === 2],
    ["ten", (hand) => hand.seats.length === 10],
    ["no small blind", (hand) => !actionsOf(hand).some((a) => a.kind === "small_blind")],
    ["an observer", (hand) => hand.hero === null],
    ["no button", (hand) => hand.button === null],
    ["two side pots", (hand) => hand.collected.some(({ pot }) => pot.startsWith("side 2"))],
    ["a low hand", (hand) => hand.collected.some(({ pot }) => pot.endsWith(" lo"))],
    [
      "an odd chip",
      ({ collected: [one, other] }) => one?.pot === other?.pot && one?.amount !== other?.amount,
    ],
    ["rake", (hand) => hand.rake > 0],
    ["money of the house", (hand) => hand.houseMoney > 0],
    ["a bounty", (hand) => hand.seats.some(({ bounty }) => bounty !== null)],
    ["a tournament by ticket", (hand) => hand.tournament?.buyIn.ticket === true],
    ["fast-fold", (hand) => hand.fastFold !== null],
    ["play money", (hand) => hand.currency === "play"],
    ["a hand shown unasked", (hand) => hand.shown.length === 1 && hand.board.length === 3],
  ])("%s", (_, what) => {
    expect(some(what)).toBeGreaterThan(0);
  });

  it.each(ALL_GAMES)("%s", (game) => {
    expect(some((hand) => hand.game === game && hand.shown.length > 1)).toBeGreaterThan(10);
  });
});

describe("every hand is legal", () => {
  it("nobody puts in more than he has, or acts when he cannot", () => {
    for (const hand of hands) {
      const left = new Map(hand.seats.map(({ player, stack }) => [player, stack]));
      const folded = new Set<string>();
      for (const { player, put, kind, allIn } of actionsOf(hand)) {
        expect(folded.has(player)).toBe(false);
        left.set(player, left.get(player)! - put);
        expect(left.get(player)).toBeGreaterThanOrEqual(0);
        if (allIn) expect(left.get(player)).toBe(0);
        else if (put > 0) expect(left.get(player)).toBeGreaterThan(0);
        if (kind === "fold") folded.add(player);
      }
      for (const { player } of hand.collected) expect(folded.has(player)).toBe(false);
    }
  });

  it("nobody pays rake for a bet that no one called", () => {
    for (const { rake, results } of hands) {
      const put = results.map((result) => result.put).toSorted((a, b) => b - a);
      const uncalled = put[0]! - (put[1] ?? 0);
      expect(rake).toBeLessThanOrEqual((put.reduce((sum, one) => sum + one, 0) - uncalled) * 0.07);
    }
  });

  it("a round ends when all who are left have paid the same, or have nothing left", () => {
    for (const { streets, seats, results } of hands) {
      const left = new Map(seats.map(({ player, stack }) => [player, stack]));
      const folded = new Set<string>();
      let onStreet = new Map<string, number>();
      for (const [at, { actions }] of streets.entries()) {
        if (at > 1) onStreet = new Map();
        for (const { player, put, kind } of actions) {
          left.set(player, left.get(player)! - put);
          if (kind !== "ante") onStreet.set(player, (onStreet.get(player) ?? 0) + put);
          if (kind === "fold") folded.add(player);
        }
        if (at === 0 || results.length - folded.size < 2) continue;
        const highest = Math.max(0, ...onStreet.values());
        for (const { player } of results) {
          if (folded.has(player) || left.get(player) === 0) continue;
          expect(onStreet.get(player) ?? 0).toBe(highest);
        }
      }
    }
  });

  it("a full raise is at least as large as the one before, and limit games have one size", () => {
    for (const { streets, limit, stakes, game } of hands) {
      if (limit === "fixed_limit") continue;
      expect(game).not.toBe("razz");
      for (const { actions, name } of streets.slice(1)) {
        let highest = name === "preflop" ? stakes.bigBlind : 0;
        let least = stakes.bigBlind;
        for (const { kind, put, to = put, allIn } of actions) {
          if (kind !== "bet" && kind !== "raise") continue;
          if (!allIn) expect(to - highest).toBeGreaterThanOrEqual(least);
          least = Math.max(least, to - highest);
          highest = to;
        }
      }
    }
  });

  it("no card is dealt twice at tables with a board", () => {
    for (const { board, shown, hero, heroCards } of hands.filter((hand) => hand.board.length > 0)) {
      const own = shown.some(({ player }) => player === hero) ? [] : heroCards;
      const seen = [...board, ...own, ...shown.flatMap(({ cards }) => cards)];
      expect(new Set(seen).size).toBe(seen.length);
    }
  });
});
