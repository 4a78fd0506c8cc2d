/** What is true of the counts of any hand, for the hands that the generator writes: every game, every trap of the format. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Hand } from "../../../rpc/hand.ts";
import { countHand } from "../../../src/hands/stats/countHand.ts";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { brokenIn } from "./brokenIn.ts";

const HANDS_A_RUN = 50;

const handsOf = (seed: number, count: number): ReadonlyArray<Hand> =>
  Array.from(generateHands(seed, count), ({ hand }) => hand);

describe("the counts of a hand", () => {
  it("are sound, whatever was played", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const hand of handsOf(seed, HANDS_A_RUN)) expect(brokenIn(hand)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("know a player by the name alone: no name is mistaken for another", () => {
    const renamed = (hand: Hand): Hand => {
      const names = new Map(hand.seats.map(({ player }, n) => [player, `p${n}`]));
      return JSON.parse(JSON.stringify(hand), (key, value: unknown) =>
        key === "player" || key === "hero" ? (names.get(value as string) ?? value) : value,
      ) as Hand;
    };
    const counts = (hand: Hand) => countHand(hand, () => undefined).map((row) => row.counts);
    for (const hand of handsOf(7, 300)) expect(counts(renamed(hand))).toEqual(counts(hand));
  });
});

/** So that counting never holds up an import: ten times what is to be stored in a second. */
const LEAST_HANDS_PER_SECOND = 50_000;
/** Whatever else the machine does: the best of so many. */
const ROUNDS = 15;

describe("counting", () => {
  it(`takes less than a ${LEAST_HANDS_PER_SECOND}th of a second`, () => {
    const hands = handsOf(1, 1_000);
    const rates = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      for (const hand of hands) countHand(hand, () => undefined);
      return (hands.length * 1_000) / (performance.now() - start);
    });
    const best = Math.round(Math.max(...rates));
    console.log(`counted ${best.toLocaleString("en")} hands/s`);
    expect(best).toBeGreaterThan(LEAST_HANDS_PER_SECOND);
  });
});
