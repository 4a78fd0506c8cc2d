import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluator } from "../../../src/compute/evaluator/Evaluator.ts";
import { evaluatorTables } from "../../../src/compute/evaluator/tables.ts";
import { CATEGORIES } from "../../../src/compute/evaluator/score.ts";
import { cardsOf } from "../cards/arbitraryCards.ts";
import { kernel } from "../kernel/testKernel.ts";
import { referenceBest } from "./reference.ts";

const KIB = 1024;
const MAX_TABLES_BYTES = 256 * KIB;

const { categoryTops, five, flush, seven } = evaluatorTables();

/** How many hands each category has, from how many each rank has. */
const byCategory = (ranks: ArrayLike<number>) => {
  const counts: Record<string, number> = {};
  let category = 0;
  for (let rank = 1; rank < ranks.length; rank++) {
    if (rank > categoryTops[category]!) category++;
    const name = CATEGORIES[category]!;
    counts[name] = (counts[name] ?? 0) + ranks[rank]!;
  }
  return counts;
};

describe("the evaluator", () => {
  it("ranks the 2,598,960 hands of five cards in 7,462 classes, each category as often as mathematics says", () => {
    const ranks = new Uint32Array(7463);
    const evaluate = evaluator();
    for (let a = 0; a < 52; a++)
      for (let b = 0; b < a; b++)
        for (let c = 0; c < b; c++)
          for (let d = 0; d < c; d++)
            for (let e = 0; e < d; e++) ranks[evaluate.rank5(a, b, c, d, e)]!++;
    expect(ranks[0]).toBe(0);
    expect(ranks.subarray(1).every((count) => count > 0)).toBe(true);
    expect(byCategory(ranks)).toEqual({
      straight_flush: 40,
      four_of_a_kind: 624,
      full_house: 3744,
      flush: 5108,
      straight: 10_200,
      three_of_a_kind: 54_912,
      two_pairs: 123_552,
      one_pair: 1_098_240,
      high_card: 1_302_540,
    });
  });

  it("ranks the 133,784,560 hands of seven cards as mathematics says, with 4,824 different ranks", () => {
    const ranks = kernel.countAllHands();
    expect(ranks.reduce((sum, count) => sum + count, 0)).toBe(133_784_560);
    expect(ranks.filter((count) => count > 0)).toHaveLength(4824);
    expect(byCategory(ranks)).toEqual({
      straight_flush: 41_584,
      four_of_a_kind: 224_848,
      full_house: 3_473_184,
      flush: 4_047_644,
      straight: 6_180_020,
      three_of_a_kind: 6_461_620,
      two_pairs: 31_433_400,
      one_pair: 58_627_800,
      high_card: 23_294_460,
    });
  });

  it.each([5, 6, 7])("orders hands of %i cards as the rules do", (size) => {
    fc.assert(
      fc.property(cardsOf(2 * size), (cards) => {
        const [one, other] = [cards.slice(0, size), cards.slice(size)];
        const difference = evaluator().rank(one) - evaluator().rank(other);
        expect(Math.sign(difference)).toBe(Math.sign(referenceBest(one) - referenceBest(other)));
      }),
      { numRuns: 300 },
    );
  });

  it("gives in JavaScript what it gives in WebAssembly", () => {
    fc.assert(
      fc.property(fc.array(cardsOf(7), { minLength: 1, maxLength: 300 }), (hands) => {
        const ranks = kernel.rankHands(Uint8Array.from(hands.flat()));
        expect([...ranks]).toEqual(hands.map((hand) => evaluator().rank(hand)));
      }),
    );
  });

  it("gives more hands than one batch of the kernel holds", () => {
    const HANDS = 20_000;
    const cards = Uint8Array.from(
      { length: 7 * HANDS },
      (_, i) => ((i % 7) * 7 + Math.floor(i / 7)) % 52,
    );
    const ranks = kernel.rankHands(cards);
    expect(ranks).toHaveLength(HANDS);
    for (const place of [0, 8191, 8192, HANDS - 1])
      expect(ranks[place]).toBe(evaluator().rank([...cards.subarray(7 * place, 7 * place + 7)]));
  });

  it("does not care for the order of the cards, nor for which suit is which", () => {
    const permutation = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(cardsOf(7), permutation, (cards, suits) => {
        const rank = evaluator().rank(cards);
        expect(evaluator().rank(cards.toReversed())).toBe(rank);
        expect(evaluator().rank(cards.map((card) => (card & ~3) | suits[card & 3]!))).toBe(rank);
      }),
    );
  });

  it("needs less than 256 KiB of tables, without a gap in those of ranks", () => {
    const tables = [seven.low, seven.high, seven.ranks, five.low, five.high, five.ranks, flush];
    const bytes = tables.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes).toBeLessThan(MAX_TABLES_BYTES);
    expect(seven.ranks).toHaveLength(49_205);
    expect(five.ranks).toHaveLength(6175);
    expect([...seven.ranks, ...five.ranks].every((rank) => rank >= 1 && rank <= 7462)).toBe(true);
  });

  it.each([4, 8])("does not take %i cards", (size) => {
    expect(() => evaluator().rank(Array.from({ length: size }, (_, card) => card))).toThrow(
      `${size} cards`,
    );
  });
});
