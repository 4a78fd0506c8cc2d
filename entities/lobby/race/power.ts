/**
 * Powers: what a player may do to a runner while it races.
 *
 * A cast is announced (telegraphed) first and acts later, so it changes only ticks that nobody has seen; frames already
 * shown stay true. Casting is no way to buy a race: the price rises by a quarter with every cast, and each further cast of
 * one power on one runner has half the effect of the one before (`simulation.ts`), so that any number of them together
 * weighs less than two.
 */
export const POWER_IDS = ["pwr_boost_01", "pwr_oil_01", "pwr_stero_turbo"] as const;

export type PowerId = (typeof POWER_IDS)[number];

export interface Power {
  readonly id: PowerId;
  readonly name: string;
  /** The name in the game that these powers come from. */
  readonly originalName: string;
  readonly kind: "buff" | "debuff";
  /** Price of a player's first cast in a race. */
  readonly baseCostMinor: number;
  /** How long it acts, in a race of `REFERENCE_RACE_MS` or longer; in a shorter race, the same share of the race. */
  readonly durationMs: number;
  /** Least time between two casts of this power by one player. */
  readonly cooldownMs: number;
  /** From the cast to the first effect. */
  readonly telegraphMs: number;
  /** Change of the target's speed while it acts, in thousandths; negative slows. */
  readonly speedPerMille: number;
}

/** Durations are stated for this race, the default one. */
export const REFERENCE_RACE_MS = 40_000;

export const POWERS: Readonly<Record<PowerId, Power>> = {
  pwr_boost_01: {
    id: "pwr_boost_01",
    name: "Adrenaline Injection",
    originalName: "Inyección Adrenalina",
    kind: "buff",
    baseCostMinor: 2_000,
    durationMs: 4_000,
    cooldownMs: 5_000,
    telegraphMs: 200,
    speedPerMille: 40,
  },
  pwr_oil_01: {
    id: "pwr_oil_01",
    name: "Oil Slick",
    originalName: "Mancha de Aceite",
    kind: "debuff",
    baseCostMinor: 3_000,
    durationMs: 3_000,
    cooldownMs: 8_000,
    telegraphMs: 500,
    speedPerMille: -60,
  },
  pwr_stero_turbo: {
    id: "pwr_stero_turbo",
    name: "Turbo Steroids",
    originalName: "Esteroides Turbo",
    kind: "buff",
    baseCostMinor: 18_000,
    durationMs: 5_000,
    cooldownMs: 20_000,
    telegraphMs: 800,
    speedPerMille: 65,
  },
};

export function isPowerId(text: string): text is PowerId {
  return (POWER_IDS as readonly string[]).includes(text);
}

/**
 * Price of the next cast in minor units: base × 1.25^n after n casts by the player in this race, computed exactly as
 * base × 5^n / 4^n and rounded up once, at the end. Where that leaves the range of money (n above 118) it is
 * `Number.MAX_SAFE_INTEGER`, which no cap allows. Throws a `RangeError` if n is not a natural number.
 */
export function powerCost(power: Power, castsSoFarInThisRace: number): number {
  const n = castsSoFarInThisRace;
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`${n} casts so far`);
  if (n >= CASTS_BEYOND_MONEY) return Number.MAX_SAFE_INTEGER;
  const numerator = BigInt(power.baseCostMinor) * 5n ** BigInt(n);
  const denominator = 4n ** BigInt(n);
  const cost = (numerator + denominator - 1n) / denominator;
  return cost > MAX_MONEY ? Number.MAX_SAFE_INTEGER : Number(cost);
}

const MAX_MONEY = BigInt(Number.MAX_SAFE_INTEGER);

/** 1.25^165 exceeds 2^53, so past it the price of anything is out of range, and the powers need not be computed. */
const CASTS_BEYOND_MONEY = 165;
