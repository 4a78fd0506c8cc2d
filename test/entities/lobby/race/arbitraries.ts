/** What the property tests of races draw from: any field, any finish with dead heats, any bets. */
import * as fc from "fast-check";
import { MARKETS, SELECTION_COUNT } from "../../../../entities/lobby/race/market.ts";
import { POWER_IDS } from "../../../../entities/lobby/race/power.ts";
import type { PowerCast } from "../../../../entities/lobby/race/simulation.ts";

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8];

export const seed = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));

export const market = fc.constantFrom(...MARKETS);

/** Some of the eight scratched, the others in any order and any dead heats. */
export const result = fc
  .record({
    numbers: fc.shuffledSubarray(NUMBERS, { minLength: 8 }),
    scratchedCount: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.nat(7) },
    ),
    ties: fc.array(fc.oneof(fc.constant(false), fc.constant(false), fc.boolean()), {
      minLength: 8,
      maxLength: 8,
    }),
  })
  .map(({ numbers, scratchedCount, ties }) => {
    const order: number[][] = [];
    numbers.slice(scratchedCount).forEach((number, index) => {
      if (index > 0 && ties[index] === true) order.at(-1)!.push(number);
      else order.push([number]);
    });
    return {
      order: order.map((group) => group.toSorted((a, b) => a - b)),
      scratched: numbers.slice(0, scratchedCount),
    };
  });

/** Stakes from a cent to the limit of a bet, often so lopsided that pools turn minus. */
const stake = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 100, max: 50_000 }),
  fc.integer({ min: 1_000_000, max: 2_000_000 }),
);

export const betsOn = (on: (typeof MARKETS)[number]) =>
  fc
    .array(
      fc.record({
        selection: fc
          .shuffledSubarray(NUMBERS, { minLength: 8 })
          .map((numbers) => numbers.slice(0, SELECTION_COUNT[on])),
        stakeMinor: stake,
      }),
      { maxLength: 60 },
    )
    .map((bets) => bets.map((bet, index) => ({ betId: `bet-${index}`, ...bet })));

/** Casts in the order of their ticks, as a race in progress accepts them. */
export const casts = (maxTicks: number): fc.Arbitrary<PowerCast[]> =>
  fc
    .array(
      fc.record({
        tick: fc.nat(maxTicks),
        power: fc.constantFrom(...POWER_IDS),
        target: fc.constantFrom(...NUMBERS),
      }),
      { maxLength: 30 },
    )
    .map((drawn) => drawn.toSorted((a, b) => a.tick - b.tick));
