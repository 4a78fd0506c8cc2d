import { describe, expect, it } from "vitest";
import { rankOf } from "../../../src/compute/cards/Card.ts";
import { describe as describeHand } from "../../../src/compute/evaluator/describe.ts";
import { evaluateText } from "../../../src/compute/evaluator/evaluateText.ts";
import { cards } from "../cards/arbitraryCards.ts";

describe("a hand in words", () => {
  it.each([
    ["AhKdTs7c5h3d2s", "high_card", "AhKdTs7c5h", "High card : Ace"],
    ["4h4dTs7c9h3d2s", "one_pair", "4d4hTs9h7c", "One pair : 4"],
    ["ThTdAs7c9h3d2s", "one_pair", "TdThAs9h7c", "One pair : Tens"],
    ["AhAd7s7cKh3d2s", "two_pairs", "AdAh7c7sKh", "Two pairs : Aces and 7"],
    ["AhAdQsQc2h2dKs", "two_pairs", "AdAhQcQsKs", "Two pairs : Aces and Queens"],
    ["QhQdQs7c2h3dKs", "three_of_a_kind", "QdQhQsKs7c", "Trips of Queens"],
    ["Th9d8s7c6h2d2s", "straight", "Th9d8s7c6h", "Straight Ten high"],
    ["Ah2d3s4c5hKdKs", "straight", "5h4c3s2dAh", "Straight 5 high"],
    ["AhKh9h4h2h3s3d", "flush", "AhKh9h4h2h", "Flush Ace high"],
    ["9h8h6h4h2hAsAd", "flush", "9h8h6h4h2h", "Flush 9 high"],
    ["KhKdKs6c6h3d2s", "full_house", "KdKhKs6c6h", "Full of Kings and 6"],
    ["KhKdKs6c6h6d2s", "full_house", "KdKhKs6c6d", "Full of Kings and 6"],
    ["9h9d9s9cAh3d2s", "four_of_a_kind", "9c9d9h9sAh", "Quads of 9"],
    ["JhJdJsJcAh3d2s", "four_of_a_kind", "JcJdJhJsAh", "Quads of Jacks"],
    ["8h7h6h5h4hAsAd", "straight_flush", "8h7h6h5h4h", "Straight flush 8"],
    ["AhKhQhJhTh3d2s", "straight_flush", "AhKhQhJhTh", "Straight flush Ace"],
    ["Ah2h3h4h5h6d7s", "straight_flush", "5h4h3h2hAh", "Straight flush 5"],
  ])("%s", (text, category, best, words) => {
    const hand = describeHand(cards(text));
    expect(hand.category).toBe(category);
    expect(hand.words).toBe(words);
    // Which of the cards of one rank they are does not matter.
    expect(hand.best.map(rankOf)).toEqual(cards(best).map(rankOf));
    expect(hand.best.every((card) => cards(text).includes(card))).toBe(true);
  });

  it("has ranks from 1 to 7,462", () => {
    expect(describeHand(cards("7h5d4s3c2h")).rank).toBe(1);
    expect(describeHand(cards("AhKhQhJhTh")).rank).toBe(7462);
  });
});

describe("a hand asked about in text", () => {
  it("is hold'em's best five of hole cards and board", () => {
    expect(evaluateText({ game: "holdem", cards: "AhAd", board: "7s 7c 2h" })).toMatchObject({
      ok: true,
      value: { words: "Two pairs : Aces and 7", low: null },
    });
  });

  it("is two of Omaha's hole cards with three of the board", () => {
    const hand = { cards: "AhKhQhJh", board: "Th9h2c2d3s" };
    expect(evaluateText({ game: "omaha", ...hand })).toMatchObject({
      value: { category: "one_pair", words: "One pair : 2" },
    });
  });

  it("has a low in Omaha hi/lo where two and three cards make one", () => {
    const hand = { cards: "AsKd2c3d", board: "4h5h8cKsKh" };
    expect(evaluateText({ game: "omaha_hilo", ...hand })).toMatchObject({
      value: {
        words: "Trips of Kings",
        low: { best: ["8c", "5h", "4h", "2c", "As"], words: "High card : 8" },
      },
    });
    expect(evaluateText({ game: "omaha_hilo", ...hand, board: "4h9hTcKsKh" })).toMatchObject({
      value: { low: null },
    });
    expect(evaluateText({ game: "omaha", ...hand })).toMatchObject({ value: { low: null } });
  });

  it("takes five hole cards where the game has them", () => {
    const hand = { cards: "AsKd2c3d7s", board: "4h5h8cKsKh" };
    expect(evaluateText({ game: "omaha5_hilo", ...hand })).toMatchObject({ ok: true });
    expect(evaluateText({ game: "omaha5", ...hand })).toMatchObject({ ok: true });
  });

  it.each([
    ["holdem", "AhKx", "", "cards", '"Kx" is no card'],
    ["holdem", "AhAh", "", "cards", "Ah is there twice"],
    ["holdem", "AhKd", "2s3s", "cards", "4 cards in all; a hand is made of five, six or seven"],
    ["holdem", "AhKd", "Ah2s3s", "board", "Ah is there twice"],
    ["omaha", "AhKd2c", "4s5s6s", "cards", "AhKd2c: this game has 4 hole cards"],
    ["omaha5", "AhKd2c3c", "4s5s6s", "cards", "AhKd2c3c: this game has 5 hole cards"],
    [
      "omaha",
      "AhKd2c3c",
      "4s5s",
      "board",
      "it has 2 cards; a hand needs three, four or five of it",
    ],
  ] as const)("%s %s on %s is refused", (game, hole, board, where, reason) => {
    expect(evaluateText({ game, cards: hole, board })).toEqual({ ok: false, where, reason });
  });
});
