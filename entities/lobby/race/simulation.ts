/**
 * A race as a function: final seed, field and recorded powers in, every frame and the finishing order out.
 *
 * Time runs in ticks of 1/20 s. In each tick a runner moves by its pace (`pace.ts`), raised over the start, lowered as it
 * tires, and changed by the powers that act on it. There is no state but position, no draw during the race, and nothing
 * but integers; so the same input gives the same frames, bit for bit, in Node and in every browser, and a race can be
 * recomputed whole at each cast (well under a millisecond) instead of being kept running somewhere.
 *
 * Frames that were shown stay true: a cast at tick c acts from tick c + telegraph on, and a later cast never touches an
 * earlier frame.
 */
import { drawPace, PAR_PACE_UM, SECTIONS } from "./pace.ts";
import type { Pace } from "./pace.ts";
import { cameraLine, finishingOrder, isPhotoFinish } from "./photo-finish.ts";
import type { Finish } from "./photo-finish.ts";
import { POWERS, REFERENCE_RACE_MS } from "./power.ts";
import type { Power, PowerId } from "./power.ts";
import { noiseIntegers } from "./random.ts";
import type { Runner } from "./runner.ts";

export const TICKS_PER_SECOND = 20;
export const MS_PER_TICK = 1000 / TICKS_PER_SECOND;

/** Two seconds: below it a frame is a large part of a section. */
export const MIN_RACE_TICKS = 40;

/** A minute: bounds memory (a frame is 32 bytes) and every product of the tick loop. */
export const MAX_RACE_TICKS = 1_200;

/** Track per tick of `maxTicks`, chosen so that the ordinary winner needs about 80 % of the ticks. */
const TRACK_MM_PER_TICK = Math.floor((PAR_PACE_UM * 760) / 1_000_000);

/** Tiring begins after two fifths of the track. */
const FADE_FROM_PER_MILLE = 400;

/** Powers together change a runner's speed by at most this, however many players cast at once. */
const POWER_LIMIT_PER_MILLE = 120;

/** A cast as it was accepted: at which tick, which power, on which runner's number. */
export interface PowerCast {
  readonly tick: number;
  readonly power: PowerId;
  readonly target: number;
}

export interface RaceInput {
  /** The final seed, hex text. */
  readonly seed: string;
  readonly field: readonly Runner[];
  /** Numbers that do not start. */
  readonly scratched?: readonly number[];
  /** Length of the race in ticks; who has not finished by then is ranked by distance. */
  readonly maxTicks: number;
  /** In the order in which they were accepted. */
  readonly powers: readonly PowerCast[];
}

export interface RaceRun {
  readonly trackLengthMm: number;
  /** Runners in a frame; equals `field.length`. */
  readonly lanes: number;
  /** Millimetres from the start, frame after frame, lane after lane; frame 0 is the start, the last is `finishTick`. */
  readonly positions: Int32Array;
  /** By lane: the first frame in which the runner is at the line; null if scratched or not home by `maxTicks`. */
  readonly finishTicks: readonly (number | null)[];
  /** Numbers of all starters, best first; a dead heat is one group. */
  readonly order: readonly (readonly number[])[];
  /** The tick at which the race is over: the last starter is home, or `maxTicks`. */
  readonly finishTick: number;
  readonly photoFinish: boolean;
}

/**
 * Runs a race. Throws a `RangeError` if `maxTicks` is not an integer in 40 … 1200, or a cast names no runner of the field
 * or a tick that is not a natural number; a cast on a scratched runner, or too late to act, changes nothing.
 */
export function simulate(input: RaceInput): RaceRun {
  const { field, maxTicks } = input;
  if (!Number.isInteger(maxTicks) || maxTicks < MIN_RACE_TICKS || maxTicks > MAX_RACE_TICKS) {
    throw new RangeError(`a race of ${maxTicks} ticks`);
  }
  const lanes = field.length;
  const trackLengthMm = maxTicks * TRACK_MM_PER_TICK;
  const lengthUm = trackLengthMm * 1000;
  const random = noiseIntegers(input.seed, "race");
  const paces = field.map((runner) => drawPace(runner.form, maxTicks, random));
  const powerPerMille = powerEffects(input, lanes);
  const scratched = new Set(input.scratched);
  const isStarter = field.map((runner) => !scratched.has(runner.number));

  const travelledUm = field.map(() => 0);
  const finishTicks: (number | null)[] = field.map(() => null);
  const lines: (number | null)[] = field.map(() => null);
  const positions = new Int32Array((maxTicks + 1) * lanes);
  let running = isStarter.filter(Boolean).length;
  let tick = 0;
  while (running > 0 && tick < maxTicks) {
    const frame = (tick + 1) * lanes;
    for (let lane = 0; lane < lanes; lane++) {
      if (finishTicks[lane] !== null) {
        positions[frame + lane] = trackLengthMm;
        continue;
      }
      if (!isStarter[lane]) continue;
      const beforeUm = travelledUm[lane]!;
      const effect = powerPerMille[tick * lanes + lane]!;
      const movedUm = step(paces[lane]!, { tick, maxTicks, beforeUm, lengthUm, effect });
      if (beforeUm + movedUm >= lengthUm) {
        finishTicks[lane] = tick + 1;
        lines[lane] = cameraLine({ tick, remainingUm: lengthUm - beforeUm, movedUm }, maxTicks);
        positions[frame + lane] = trackLengthMm;
        running -= 1;
      } else {
        travelledUm[lane] = beforeUm + movedUm;
        positions[frame + lane] = Math.floor((beforeUm + movedUm) / 1000);
      }
    }
    tick += 1;
  }

  const finishes: Finish[] = field.flatMap(({ number }, lane) =>
    isStarter[lane]
      ? [{ number, line: lines[lane]!, distanceMm: positions[tick * lanes + lane]! }]
      : [],
  );
  return {
    trackLengthMm,
    lanes,
    positions: positions.slice(0, (tick + 1) * lanes),
    finishTicks,
    order: finishingOrder(finishes),
    finishTick: tick,
    photoFinish: isPhotoFinish(finishes),
  };
}

/** The positions by lane at a tick, in millimetres; before the start the first frame, after the end the last. */
export function frameAt(run: RaceRun, tick: number): readonly number[] {
  const at = Math.min(run.finishTick, Math.max(0, Math.floor(tick))) * run.lanes;
  return Array.from(run.positions.subarray(at, at + run.lanes));
}

/** Ticks from a cast to its first effect, at least one. */
export function telegraphTicks(power: Power): number {
  return Math.max(1, Math.ceil(power.telegraphMs / MS_PER_TICK));
}

/** Ticks for which a power acts in a race of `maxTicks`; in one shorter than the reference, the same share of the race. */
export function activeTicks(power: Power, maxTicks: number): number {
  const referenceMs = Math.max(REFERENCE_RACE_MS, maxTicks * MS_PER_TICK);
  return Math.max(1, Math.floor((power.durationMs * maxTicks) / referenceMs));
}

interface Moment {
  readonly tick: number;
  readonly maxTicks: number;
  readonly beforeUm: number;
  readonly lengthUm: number;
  readonly effect: number;
}

/** Distance moved in one tick. Largest product: fade 120,000 × track 2 × 10^9 µm, below 2^48. */
function step(pace: Pace, { tick, maxTicks, beforeUm, lengthUm, effect }: Moment): number {
  const sinceStart = (tick + 1) * 1000 - pace.reactionMilliTicks;
  if (sinceStart <= 0) return 0;
  const section = Math.floor((tick * SECTIONS) / maxTicks);
  const along = (tick * SECTIONS) % maxTicks;
  const fromUm = pace.luckUm[section]!;
  const towardsUm = pace.luckUm[section + 1]!;
  let paceUm = pace.cruiseUm + fromUm + Math.trunc(((towardsUm - fromUm) * along) / maxTicks);
  const fadeFromUm = Math.floor((lengthUm * FADE_FROM_PER_MILLE) / 1000);
  if (beforeUm > fadeFromUm) {
    paceUm -= Math.floor((pace.fadeUm * (beforeUm - fadeFromUm)) / (lengthUm - fadeFromUm));
  }
  if (sinceStart < pace.rampMilliTicks) {
    paceUm = Math.floor((paceUm * sinceStart) / pace.rampMilliTicks);
  }
  return Math.floor((paceUm * (1000 + effect)) / 1000);
}

/**
 * Change of speed by tick and lane. The k-th cast of one power on one runner has 1/2^(k−1) of its effect, so all casts of
 * it together stay below twice the first; what acts at the same time adds up, within the limit.
 */
function powerEffects({ field, maxTicks, powers }: RaceInput, lanes: number): Int32Array {
  const sums = new Int32Array(maxTicks * lanes);
  const castsBefore = new Map<string, number>();
  for (const cast of powers) {
    const lane = field.findIndex((runner) => runner.number === cast.target);
    if (lane < 0 || !Number.isSafeInteger(cast.tick) || cast.tick < 0) {
      throw new RangeError(`a cast on runner ${cast.target} at tick ${cast.tick}`);
    }
    const power = POWERS[cast.power];
    const repeated = castsBefore.get(`${cast.power}:${lane}`) ?? 0;
    castsBefore.set(`${cast.power}:${lane}`, repeated + 1);
    const effect = Math.trunc(power.speedPerMille / 2 ** Math.min(repeated, 30));
    const from = cast.tick + telegraphTicks(power);
    const until = Math.min(maxTicks, from + activeTicks(power, maxTicks));
    for (let tick = from; tick < until; tick++) sums[tick * lanes + lane]! += effect;
  }
  return powers.length === 0
    ? sums
    : sums.map((sum) => Math.max(-POWER_LIMIT_PER_MILLE, Math.min(POWER_LIMIT_PER_MILLE, sum)));
}
