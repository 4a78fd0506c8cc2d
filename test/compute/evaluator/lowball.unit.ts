import { describe, expect, it } from "vitest";
import { strengthOfDeuceToSeven, strengthOfRazz } from "../../../src/compute/evaluator/lowball.ts";
import { cards } from "../cards/arbitraryCards.ts";

const five = (text: string) =>
  cards(text) as unknown as Parameters<typeof strengthOfDeuceToSeven>[0];

describe("razz", () => {
  it.each([
    ["Ah2h3h4h5h", "Ah2d3c4s6h"],
    ["Ah2d3c4s6h", "2d3c4s5h6h"],
    ["2d3c4s5h7h", "Ah2d3c6s7h"],
    ["9h8d7c6s5h", "Th2d3c4sAh"],
    ["KhQdJcTs9h", "AhAd2c3s4h"],
    ["AhAd2c3s4h", "AhAd2c3s5h"],
    ["AhAdKcQsJh", "2h2dAc3s4h"],
    ["KhKd2c3s4h", "AhAd2c2s3h"],
    ["QhQdKcKs3h", "AhAdAc2s3h"],
    ["AhAdAcKsQh", "AhAdAc2s2h"],
    ["KhKdKcQsQh", "AhAdAcAs2h"],
  ])("%s is better than %s", (better, worse) => {
    expect(strengthOfRazz(cards(better))).toBeGreaterThan(strengthOfRazz(cards(worse)));
  });

  it("takes the best five of seven", () => {
    expect(strengthOfRazz(cards("AhAd2c3s4h5dKs"))).toBe(strengthOfRazz(cards("As2h3d4c5s")));
    expect(strengthOfRazz(cards("AhAdAcAs2h2d2s"))).toBe(strengthOfRazz(cards("AhAd2h2dAc")));
  });
});

describe("deuce to seven", () => {
  it.each([
    ["7h5d4c3s2h", "7h6d4c3s2h"],
    ["Kh5d4c3s2h", "Ah5d4c3s2h"],
    ["AhKdQcJs9h", "2h2d3c4s5h"],
    ["Ah6d4c3s2h", "6h5d4c3s2h"],
    ["6h5d4c3s2h", "8h5h4h3h2h"],
    // With an ace it is no straight, but the best of the ace-high hands.
    ["Ah5d4c3s2h", "Ah6d4c3s2h"],
    ["Ah5d4c3s2h", "2h2d3c4s5h"],
    ["KhQdJc9s8h", "Ah5d4c3s2h"],
  ])("%s is better than %s", (better, worse) => {
    expect(strengthOfDeuceToSeven(five(better))).toBeGreaterThan(
      strengthOfDeuceToSeven(five(worse)),
    );
  });

  it("has the number one as its best", () => {
    const best = strengthOfDeuceToSeven(five("7h5d4c3s2h"));
    expect(strengthOfDeuceToSeven(five("Ah5d4c3s2h"))).toBeLessThan(best);
    expect(best).toBe(-1);
  });
});
