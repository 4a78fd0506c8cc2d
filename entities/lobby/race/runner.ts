/**
 * The eight who race, and their form.
 *
 * Form is four integers, 0 … 1000, with 500 the ordinary: `speed` sets the cruising pace, `stamina` how little of it is
 * lost late, `start` how soon it is reached, `consistency` how seldom a section goes wrong (`pace.ts` gives the exact
 * effects). Form lives from race to race: it drifts at random, returns slowly towards the ordinary, and racing hard
 * tires. So a favourite does not stay one for ever, and yesterday's results tell something about today's, not all.
 */
import { drawIntegers } from "./random.ts";

export const RUNNER_COUNT = 8;
const FORM_MIN = 0;
const FORM_MAX = 1000;
const FORM_ORDINARY = 500;

export interface Form {
  readonly speed: number;
  readonly stamina: number;
  readonly start: number;
  readonly consistency: number;
}

export interface Runner {
  /** 1 … 8, the lane and the number to bet on. */
  readonly number: number;
  readonly name: string;
  readonly form: Form;
}

/** Stable: number n bears the n-th name in every lobby, so that statistics over races mean one runner. */
export const RUNNER_NAMES = [
  "Neon Comet",
  "Iron Mirage",
  "Quantum Lark",
  "Velvet Ion",
  "Solar Jackal",
  "Ghost Circuit",
  "Crimson Photon",
  "Midnight Tesla",
] as const;

/** Spread of a first form: three uniform draws of ±110 add up to a standard deviation of 110. */
const STARTING_SPREAD = 110;

/** Share of the distance to the ordinary that is made good a race: 1/16, so half of it within eleven races. */
const REVERSION_DIVISOR = 16;

/** Random change a race, uniform; against the reversion it keeps the field's standard deviation near 110. */
const DRIFT = 66;

/** What the first three give up by the effort, best place first. */
const TIREDNESS = [
  { speed: 12, stamina: 30 },
  { speed: 6, stamina: 15 },
  { speed: 3, stamina: 8 },
] as const;

/** Thousandths of a point of strength for a point of form: the shares of finishing time that each explained over 10,000 races. */
const STRENGTH_WEIGHTS = { speed: 465, stamina: 175, start: 170, consistency: 190 } as const;

/** Eight runners with forms drawn from the seed; the same seed gives the same field. */
export function startingField(seedHex: string): readonly Runner[] {
  const random = drawIntegers(seedHex, "starting-field");
  const attribute = () =>
    clamp(
      FORM_ORDINARY +
        random.within(STARTING_SPREAD) +
        random.within(STARTING_SPREAD) +
        random.within(STARTING_SPREAD),
    );
  return RUNNER_NAMES.map((name, index) => ({
    number: index + 1,
    name,
    form: {
      speed: attribute(),
      stamina: attribute(),
      start: attribute(),
      consistency: attribute(),
    },
  }));
}

/**
 * The field for the next race. `order` is the finishing order in groups (a dead heat is one group and tires alike); a
 * runner not in it has rested. Every value stays within 0 … 1000.
 */
export function evolveForm(
  runners: readonly Runner[],
  order: readonly (readonly number[])[],
  seedHex: string,
): readonly Runner[] {
  const random = drawIntegers(seedHex, "form");
  const placeOf = places(order);
  const next = (value: number, tiredness: number) =>
    clamp(
      value +
        Math.trunc((FORM_ORDINARY - value) / REVERSION_DIVISOR) +
        random.within(DRIFT) -
        tiredness,
    );
  return runners.map((runner) => {
    const tired = TIREDNESS[(placeOf.get(runner.number) ?? RUNNER_COUNT) - 1];
    const { speed, stamina, start, consistency } = runner.form;
    return {
      ...runner,
      form: {
        speed: next(speed, tired?.speed ?? 0),
        stamina: next(stamina, tired?.stamina ?? 0),
        start: next(start, 0),
        consistency: next(consistency, 0),
      },
    };
  });
}

/** One figure for a form, 0 … 1000: the weighted mean by which `odds.ts` judges chances. */
export function strength(form: Form): number {
  const weighted =
    form.speed * STRENGTH_WEIGHTS.speed +
    form.stamina * STRENGTH_WEIGHTS.stamina +
    form.start * STRENGTH_WEIGHTS.start +
    form.consistency * STRENGTH_WEIGHTS.consistency;
  return Math.floor(weighted / 1000);
}

/** Place of each finisher: one plus the number that finished before its group. */
function places(order: readonly (readonly number[])[]): Map<number, number> {
  const placeOf = new Map<number, number>();
  for (const group of order) {
    const place = placeOf.size + 1;
    for (const number of group) placeOf.set(number, place);
  }
  return placeOf;
}

function clamp(value: number): number {
  return Math.min(FORM_MAX, Math.max(FORM_MIN, value));
}
