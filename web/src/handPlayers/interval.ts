/**
 * How sure a rate is: between which shares the true one lies, with 95 % confidence, when so many of so many were made.
 * Wilson's interval, which stays within 0 and 1 and does not collapse where all or none were made. Pure.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, for 95 %. */
const Z = 1.959_964;

/** Without a single opportunity anything is possible. */
export function wilson(made: number, opportunities: number): Interval {
  if (opportunities <= 0) return { low: 0, high: 1 };
  const share = made / opportunities;
  const z2 = (Z * Z) / opportunities;
  const middle = (share + z2 / 2) / (1 + z2);
  const half =
    (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / opportunities + z2 / (4 * opportunities));
  return {
    low: made <= 0 ? 0 : Math.max(0, middle - half),
    high: made >= opportunities ? 1 : Math.min(1, middle + half),
  };
}
