/**
 * How a form, and luck, become a pace.
 *
 * Everything random about a race is drawn here, before the first tick and for every lane, scratched or not, in lane order.
 * The tick loop draws nothing; so a power cast or a scratch changes no other runner's luck.
 *
 * Luck has three parts: the form of the day (one draw for the whole race), a draw for each of `SECTIONS` sections of the
 * race's time, between which the pace moves in a straight line, and lapses, which strike a section the likelier the less
 * consistent the runner. Sections and start phase are shares of the race's length, not of seconds, so a race of two
 * seconds has the same statistics as one of forty.
 *
 * Units: pace in micrometres a tick (µm/tick), time in thousandths of a tick. All values are integers below 2^32.
 */
import type { Form } from "./runner.ts";
import type { RandomIntegers } from "./random.ts";

/** The ordinary cruising pace: 2 m a tick, 40 m/s at 20 ticks a second. */
export const PAR_PACE_UM = 2_000_000;

export const SECTIONS = 20;

/** 5 % of par between speed 0 and 1000. */
const SPEED_UM_PER_POINT = 100;

/** Stamina 0 has lost 6 % of par by the finish, 1000 nothing. */
const FADE_UM_PER_POINT = 120;

/** Reaction to the start: up to 6 ‰ of the race by form and up to 4 ‰ by luck. */
const REACTION_PPM_PER_POINT = 6;
const REACTION_LUCK_PPM = 4_000;

/** From standing to full pace: 40 ‰ of the race, and up to 16 ‰ more by form. */
const RAMP_PPM = 40_000;
const RAMP_PPM_PER_POINT = 16;

/** Form of the day: sum of three uniform draws, standard deviation 1 % of par. */
const DAY_LUCK_UM = 20_000;

/** A section: sum of two uniform draws, standard deviation 1.6 % of par; 0.4 % over a race. */
const SECTION_LUCK_UM = 40_000;

/** A lapse costs 4 % of par in its section; at consistency 0 every second section has one. */
const LAPSE_UM = 80_000;
const LAPSE_CHANCE_RANGE = 2_000;

export interface Pace {
  readonly cruiseUm: number;
  /** Loss of pace at the finish line; it grows from nothing, in proportion to the distance run since fading began. */
  readonly fadeUm: number;
  readonly reactionMilliTicks: number;
  readonly rampMilliTicks: number;
  /** Deviation from the cruising pace at each of the SECTIONS + 1 borders of sections. */
  readonly luckUm: readonly number[];
}

/** Draws one runner's pace; always takes the same number of draws, but for rejected words. */
export function drawPace(form: Form, maxTicks: number, random: RandomIntegers): Pace {
  const ticksFromPpm = (ppm: number) => Math.floor((ppm * maxTicks) / 1000);
  const reactionPpm =
    (1000 - form.start) * REACTION_PPM_PER_POINT + random.below(REACTION_LUCK_PPM + 1);
  const dayUm =
    random.within(DAY_LUCK_UM) + random.within(DAY_LUCK_UM) + random.within(DAY_LUCK_UM);
  const luckUm = Array.from({ length: SECTIONS + 1 }, () => {
    const sectionUm = random.within(SECTION_LUCK_UM) + random.within(SECTION_LUCK_UM);
    const lapseUm = random.below(LAPSE_CHANCE_RANGE) < 1000 - form.consistency ? LAPSE_UM : 0;
    return dayUm + sectionUm - lapseUm;
  });
  return {
    cruiseUm: PAR_PACE_UM + (form.speed - 500) * SPEED_UM_PER_POINT,
    fadeUm: (1000 - form.stamina) * FADE_UM_PER_POINT,
    reactionMilliTicks: ticksFromPpm(reactionPpm),
    rampMilliTicks: ticksFromPpm(RAMP_PPM + (1000 - form.start) * RAMP_PPM_PER_POINT),
    luckUm,
  };
}
