import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluator } from "../../../src/compute/evaluator/Evaluator.ts";
import { lowOf, NO_LOW } from "../../../src/compute/evaluator/low.ts";
import { OmahaBoard, OmahaHole } from "../../../src/compute/evaluator/Omaha.ts";
import { cards, cardsOf } from "../cards/arbitraryCards.ts";
import { choices } from "./reference.ts";

/** All that two of these and three of those can be. */
const played = (hole: ReadonlyArray<number>, board: ReadonlyArray<number>) =>
  choices(hole, 2).flatMap((two) => choices(board, 3).map((three) => [...two, ...three]));

describe.each([4, 5])("Omaha with %i cards", (holeCards) => {
  const deal = fc
    .integer({ min: 3, max: 5 })
    .chain((boardCards) => cardsOf(holeCards + boardCards))
    .map((all) => ({ hole: all.slice(0, holeCards), board: all.slice(holeCards) }));

  it("is the best of two hole cards with three of the board", () => {
    fc.assert(
      fc.property(deal, ({ hole, board }) => {
        const best = Math.max(...played(hole, board).map((five) => evaluator().rank(five)));
        expect(new OmahaHole(hole).rank(new OmahaBoard(board))).toBe(best);
      }),
      { numRuns: 1000 },
    );
  });

  it("has a low of two hole cards with three of the board", () => {
    fc.assert(
      fc.property(deal, ({ hole, board }) => {
        const best = Math.min(...played(hole, board).map(lowOf));
        expect(new OmahaHole(hole).low(new OmahaBoard(board).lows())).toBe(best);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a low", () => {
  it.each([
    ["Ah2d3c4s5h", "Ah2d3c4s6h"],
    ["Ah2d3c4s6h", "2d3c4s5h6h"],
    ["2d3c4s5h7h", "Ah2h3h6h7h"],
    ["Ah2d3c4s8h", "2d3c4s7d8h"],
    ["4h5d6c7s8h", "AhKd2c3s9h"],
  ])("of %s is better than one of %s", (better, worse) => {
    expect(lowOf(cards(better))).toBeLessThan(lowOf(cards(worse)));
  });

  it("is of five different ranks up to the eight", () => {
    for (const text of ["AhAd2c3s4h", "Ah2d3c4s9h", "Ah2d3c4s", "KhQdJcTs9h8h7d"])
      expect(lowOf(cards(text))).toBe(NO_LOW);
    expect(lowOf(cards("AhAd2c3s4h8dKs"))).toBe(lowOf(cards("As2h3d4c8s")));
  });
});
