/**
 * Which moment of the race to draw. Samples come twenty times a second and not evenly; a screen draws sixty times. So the
 * picture runs a little behind the server, by at least two samples, and is interpolated between the samples around its
 * moment. When they stop coming it runs on for a moment at the last speed and then stands still, rather than guess.
 */
import { MS_PER_TICK } from "./Run.ts";
import type { Sample } from "./Run.ts";

export interface Moment {
  readonly tick: number;
  /** Millimetres by lane; fractional. */
  readonly positions: readonly number[];
}

export interface Playout {
  readonly add: (sample: Sample, nowMs: number) => void;
  /** The moment to draw at `nowMs`, never earlier than the one drawn before; null before the first sample. */
  readonly at: (nowMs: number) => Moment | null;
  readonly reset: () => void;
}

/** Two ticks, 100 ms: a late sample is still early enough. */
const MIN_DELAY_TICKS = 2;
/** How far to run on when samples stop. */
const MAX_AHEAD_TICKS = 3;
/** A second of samples is more than is ever between the moment drawn and the last one. */
const MAX_SAMPLES = 24;
/** Share by which the clock follows a sample that came later than expected: little, for most are late by chance. */
const SLOWING = 0.05;
/** And one that came sooner: quickly, but without a jump. */
const HASTENING = 0.25;
/** A clock that is off by more is set at once; it is a race joined anew. */
const MAX_EASED_TICKS = 10;
/** Share by which a new distance between samples counts. */
const INTERVAL_SHARE = 0.1;

export function createPlayout(): Playout {
  let samples: readonly Sample[] = [];
  /** Ticks to add to the local clock, reckoned from the promptest samples. */
  let offsetTicks = -Infinity;
  let intervalTicks = 1;
  let shownTick = -Infinity;

  return {
    add: (sample, nowMs) => {
      const last = samples.at(-1);
      if (last !== undefined && sample.tick <= last.tick) return;
      if (last !== undefined) {
        const interval = Math.min(MAX_EASED_TICKS, sample.tick - last.tick);
        intervalTicks += (interval - intervalTicks) * (samples.length === 1 ? 1 : INTERVAL_SHARE);
      }
      const early = sample.tick - nowMs / MS_PER_TICK - offsetTicks;
      if (Math.abs(early) > MAX_EASED_TICKS) offsetTicks = sample.tick - nowMs / MS_PER_TICK;
      else offsetTicks += early * (early > 0 ? HASTENING : SLOWING);
      samples = [...samples.slice(1 - MAX_SAMPLES), sample];
    },
    at: (nowMs) => {
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined) return null;
      const delayTicks = Math.max(MIN_DELAY_TICKS, intervalTicks * 1.5);
      const wanted = nowMs / MS_PER_TICK + offsetTicks - delayTicks;
      const tick = Math.max(shownTick, Math.min(wanted, last.tick + MAX_AHEAD_TICKS), first.tick);
      shownTick = tick;
      return { tick, positions: positionsAt(samples, tick) };
    },
    reset: () => {
      samples = [];
      offsetTicks = -Infinity;
      intervalTicks = 1;
      shownTick = -Infinity;
    },
  };
}

/** Linear between the samples around the tick, and on from the last two after them. */
function positionsAt(samples: readonly Sample[], tick: number): readonly number[] {
  const found = samples.findIndex((sample) => sample.tick >= tick);
  const index = found === -1 ? samples.length - 1 : found;
  const after = samples[index];
  const before = samples[index - 1];
  if (after === undefined) return [];
  if (before === undefined) return after.positions;
  const share = (tick - before.tick) / (after.tick - before.tick);
  return after.positions.map((position, lane) => {
    const from = before.positions[lane] ?? position;
    return from + (position - from) * share;
  });
}
