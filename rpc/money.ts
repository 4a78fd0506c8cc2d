/**
 * Money is an integer count of minor units (cents), never a float, and never large enough to lose a unit: every
 * amount and every sum of amounts stays below 2^53.
 */
import { Schema } from "effect";

/** An amount of money in minor units, 0 or more. */
export const Minor = Schema.Int.pipe(
  Schema.between(0, Number.MAX_SAFE_INTEGER),
  Schema.brand("Minor"),
  Schema.annotations({ identifier: "Minor", description: "Money in minor units: 250 is 2.50" }),
);
export type Minor = typeof Minor.Type;

/** An amount that must not be zero: a stake, a deposit, a price. */
export const PositiveMinor = Minor.pipe(
  Schema.greaterThan(0),
  Schema.annotations({
    identifier: "PositiveMinor",
    description: "Money in minor units, at least 1",
  }),
);

/** Brands a number that the caller has computed from branded amounts. Dies on what no sum of money can be. */
export const minor = (amount: number): Minor => {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`not an amount of minor units: ${amount}`);
  return amount as Minor;
};

/** The only currency there is; balances and ledger are kept in it. */
export const CURRENCY = "CRD";

const MINOR_PER_MAJOR = 100;

/** An amount as people read it: 250 is "2.50". */
export const decimal = (amountMinor: number): string => {
  const cents = String(amountMinor % MINOR_PER_MAJOR).padStart(2, "0");
  return `${Math.trunc(amountMinor / MINOR_PER_MAJOR)}.${cents}`;
};
