/**
 * Divides a whole number of minor units by weights, so that the parts are whole and sum to it: each gets its share rounded
 * down, and the units left over go to the largest remainders, the earlier first.
 */
export const sharesOf = (amount: number, weights: ReadonlyArray<number>): Array<number> => {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (amount === 0 || sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (amount * weight) / sum);
  return roundedTo(amount, exact);
};

/** The same for parts that are known as fractions and sum to the amount, but for what floating point loses. */
export const roundedTo = (amount: number, parts: ReadonlyArray<number>): Array<number> => {
  const whole = parts.map(Math.floor);
  const left = amount - whole.reduce((total, part) => total + part, 0);
  const order = parts
    .map((part, at) => ({ at, remainder: part - whole[at]! }))
    .toSorted((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (let n = 0; n < left; n++) whole[order[n % order.length]!.at]!++;
  return whole;
};
