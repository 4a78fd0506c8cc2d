import * as fc from "fast-check";
import { expect, test } from "vitest";
import { chooseBet, choosePower, pauseMs, TEMPERAMENTS } from "../../../bench/bots/Temperament.ts";
import { validateSelection } from "../../../entities/lobby/race/market.ts";
import { POWERS } from "../../../entities/lobby/race/power.ts";

const temperament = fc.constantFrom(...TEMPERAMENTS);
/** Chance as a list of throws, repeated. */
const random = fc
  .array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((throws) => {
    let next = 0;
    return () => throws[next++ % throws.length]!;
  });
const card = fc
  .uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 3, maxLength: 8 })
  .chain((numbers) =>
    fc.record({
      runners: fc.tuple(
        ...numbers.map((number) =>
          fc.record({
            number: fc.constant(number),
            odds: fc.oneof(fc.constant(0), fc.double({ min: 1.01, max: 500, noNaN: true })),
          }),
        ),
      ),
    }),
  );

test("every bet names starters, as many as its market asks for, for money that is there", () => {
  fc.assert(
    fc.property(
      temperament,
      card,
      fc.integer({ min: 100, max: 10 ** 9 }),
      random,
      (who, race, available, chance) => {
        const bet = chooseBet(who, race, available, chance);
        expect(bet).toBeDefined();
        expect(who.markets).toHaveProperty(bet!.market);
        expect(validateSelection(bet!.market, bet!.selection, race.runners)).toBeNull();
        expect(bet!.stake % 100).toBe(0);
        expect(bet!.stake).toBeGreaterThan(0);
        expect(bet!.stake).toBeLessThanOrEqual(available);
      },
    ),
  );
});

test("who has less than the least stake does not bet", () => {
  fc.assert(
    fc.property(temperament, card, fc.nat(99), random, (who, race, available, chance) => {
      expect(chooseBet(who, race, available, chance)).toBeUndefined();
    }),
  );
});

test("a power helps a runner that was backed or harms another, and can be paid", () => {
  fc.assert(
    fc.property(
      temperament,
      card,
      fc.nat(50_000),
      fc.uniqueArray(fc.integer({ min: 1, max: 8 })),
      random,
      (who, race, availableMinor, numbers, chance) => {
        const backed = new Set(numbers);
        const cast = choosePower(who, race, { backed, availableMinor }, chance);
        if (cast === undefined) return;
        const power = POWERS[cast.power];
        expect(power.baseCostMinor).toBeLessThanOrEqual(availableMinor);
        expect(race.runners.map(({ number }) => number)).toContain(cast.target);
        expect(backed.has(cast.target)).toBe(power.kind === "buff");
      },
    ),
  );
});

test("favourites draw whoever likes them", () => {
  const race = {
    runners: [
      { number: 1, odds: 1.5 },
      { number: 2, odds: 50 },
      { number: 3, odds: 50 },
    ],
  };
  const careful = TEMPERAMENTS.find(({ name }) => name === "careful")!;
  // The middle of the wheel: by weights 1.5^-1.5 and 50^-1.5 the favourite has almost all of it.
  expect(chooseBet(careful, race, 10_000, () => 0.5)?.selection).toEqual([1]);
});

test("pauses are finite and never negative", () => {
  fc.assert(
    fc.property(temperament, random, (who, chance) => {
      expect(pauseMs(who, chance)).toBeGreaterThanOrEqual(0);
      expect(pauseMs(who, chance)).toBeLessThan(Number.POSITIVE_INFINITY);
    }),
  );
});
