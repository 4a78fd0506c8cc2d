/** Where an axis is labelled. */

/** Whole numbers from `min` to `max`, in steps of 1, 2, 5, 10, 20 … so that there are at most `most`, which is above 0. */
export function wholeTicks(min: number, max: number, most: number): readonly number[] {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return [];
  for (let power = 1; ; power *= 10) {
    for (const digit of [1, 2, 5]) {
      const step = digit * power;
      const first = Math.ceil(min / step);
      const count = Math.floor(max / step) - first + 1;
      if (count <= most)
        return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
    }
  }
}

/** Within a power of ten, evenly on a logarithmic axis. */
const DIGITS = [[1, 2, 5], [1, 3], [1]] as const;
/** For an axis that is too short for those. */
const ALL_DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const FEW = 3;

/**
 * Round values between the two, which are above 0, for a logarithmic axis with room for `most`: 1, 2 and 5 of each power
 * of ten, or finer or coarser as they fit.
 */
export function decadeTicks(min: number, max: number, most: number): readonly number[] {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min <= 0) return [];
  const powers: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power += 1) {
    powers.push(power);
  }
  // By decimal text, for 5 * 10 ** -2 is not 0.05.
  const ticksOf = (digits: readonly number[]) =>
    powers
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((tick) => tick >= min && tick <= max);
  for (const digits of DIGITS) {
    const ticks = ticksOf(digits);
    if (ticks.length > most) continue;
    const finer = ticksOf(ALL_DIGITS);
    return ticks.length < FEW && finer.length <= most ? finer : ticks;
  }
  const decades = ticksOf([1]);
  const every = Math.ceil(decades.length / most);
  return decades.filter((_, i) => i % every === 0);
}

const MOST_DECIMALS = 4;

/** How many decimals tell ticks apart that are `step` from each other. */
export function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < MOST_DECIMALS; decimals += 1) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return decimals;
  }
  return MOST_DECIMALS;
}
