import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POWERS } from "../../../../entities/lobby/race/power.ts";
import { startingField } from "../../../../entities/lobby/race/runner.ts";
import { frameAt, simulate, telegraphTicks } from "../../../../entities/lobby/race/simulation.ts";
import { casts, result, seed } from "./arbitraries.ts";

const MAX_TICKS = 160;

/** Nobody is faster than this: twice the ordinary pace. */
const MAX_STEP_MM = 4_000;

const race = fc.record({
  seed,
  field: seed.map(startingField),
  scratched: result.map(({ scratched }) => scratched),
  maxTicks: fc.constant(MAX_TICKS),
  powers: casts(MAX_TICKS),
});

describe("any race with any powers", () => {
  it("is the same each time", () => {
    fc.assert(
      fc.property(race, (input) => {
        expect(simulate(input)).toEqual(simulate(structuredClone(input)));
      }),
    );
  });

  it("ranks every starter once; nobody runs backwards or past the line", () => {
    fc.assert(
      fc.property(race, (input) => {
        const run = simulate(input);
        const starters = input.field
          .map(({ number }) => number)
          .filter((number) => !input.scratched.includes(number));
        expect(run.order.flat().toSorted()).toEqual(starters);
        expect(run.positions.length).toBe((run.finishTick + 1) * run.lanes);
        expect(run.finishTick).toBeLessThanOrEqual(MAX_TICKS);
        const gains = Array.from(run.positions.subarray(run.lanes), (position, index) => {
          return position - run.positions[index]!;
        });
        expect(gains.every((gain) => gain >= 0 && gain <= MAX_STEP_MM)).toBe(true);
        expect(run.positions.every((position) => position <= run.trackLengthMm)).toBe(true);
        const ticks = run.order.flat().map((number) => run.finishTicks[number - 1] ?? Infinity);
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      }),
    );
  });

  it("keeps every frame up to a later cast's first effect, and all of the other runners", () => {
    fc.assert(
      fc.property(race, fc.constantFrom(...CASTS), fc.nat(MAX_TICKS), (input, late, tick) => {
        const earlier = input.powers.filter((cast) => cast.tick <= tick);
        const before = simulate({ ...input, powers: earlier });
        const after = simulate({ ...input, powers: [...earlier, { ...late, tick }] });
        const shownUntil = tick + telegraphTicks(POWERS[late.power]);
        for (let at = 0; at <= Math.min(shownUntil, before.finishTick); at++) {
          expect(frameAt(after, at)).toEqual(frameAt(before, at));
        }
        const others = (run: typeof before) =>
          run.finishTicks.filter((_, lane) => lane !== late.target - 1);
        expect(others(after)).toEqual(others(before));
      }),
    );
  });

  it("brings a boosted runner home no later, an oiled one no sooner", () => {
    fc.assert(
      fc.property(race, fc.constantFrom(...CASTS), fc.nat(MAX_TICKS), (input, cast, tick) => {
        fc.pre(!input.scratched.includes(cast.target));
        const homeAt = (powers: typeof input.powers) =>
          simulate({ ...input, powers }).finishTicks[cast.target - 1] ?? MAX_TICKS + 1;
        const change = homeAt([...input.powers, { ...cast, tick }]) - homeAt(input.powers);
        expect(POWERS[cast.power].kind === "buff" ? change <= 0 : change >= 0).toBe(true);
      }),
    );
  });

  it("leaves the race to the others when a runner is scratched", () => {
    fc.assert(
      fc.property(race, fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8), (input, number) => {
        const before = simulate(input);
        const after = simulate({ ...input, scratched: [...input.scratched, number] });
        const expected = before.order
          .map((group) => group.filter((other) => other !== number))
          .filter((group) => group.length > 0);
        expect(after.order).toEqual(expected);
      }),
    );
  });
});

const CASTS = Object.values(POWERS).flatMap(({ id }) =>
  [1, 4, 8].map((target) => ({ power: id, target })),
);
