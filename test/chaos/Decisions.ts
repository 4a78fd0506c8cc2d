/**
 * What a player's hand means to do next: all of it follows from the seed. What comes of it depends on what there is to
 * cancel, to accept or to repay at that moment; a decision that fits nothing becomes a bet.
 */
import type { Request } from "./History.ts";
import type { Random } from "./Random.ts";

export interface Decision {
  readonly kind: Request["kind"];
  readonly stake: number;
  readonly market: "win" | "place" | "quinella";
  readonly selection: ReadonlyArray<number>;
  readonly power: "pwr_boost_01" | "pwr_oil_01";
  /** Of a raffle. */
  readonly numbers: ReadonlyArray<number>;
  /** Of what there is to choose from, by share. */
  readonly choice: number;
  readonly pauseMs: number;
  /** Asks again with the same key after it was answered. */
  readonly repeats: boolean;
}

/** Of each raffle: so few that players want the same ones. */
export const RAFFLE_NUMBERS = 40;

const WEIGHTS: ReadonlyArray<readonly [Request["kind"], number]> = [
  ["bet", 28],
  ["read", 10],
  ["cancel", 8],
  ["cast", 6],
  ["offer", 5],
  ["accept", 4],
  ["repay", 4],
  ["withdraw", 2],
  ["decline", 2],
  ["reserve", 12],
  ["pay", 9],
  ["check out", 9],
  ["add", 3],
  ["remove", 2],
  ["look", 4],
  ["give up", 1],
];
const TOTAL = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);

const kindOf = (random: Random): Request["kind"] => {
  let left = random.next() * TOTAL;
  for (const [kind, weight] of WEIGHTS) {
    left -= weight;
    if (left < 0) return kind;
  }
  return "read";
};

/** Most stakes are fair; some are below what a lobby takes, some above what it takes or a wallet has. */
const stakeOf = (random: Random): number => {
  const luck = random.next();
  if (luck < 0.05) return 50;
  if (luck < 0.09) return 120_000;
  return 100 * random.int(1, 30);
};

export const nextDecision = (random: Random): Decision => {
  const kind = kindOf(random);
  const first = random.int(1, 8);
  const market = random.pick(["win", "win", "place", "quinella"] as const);
  return {
    kind,
    stake: stakeOf(random),
    market,
    selection: market === "quinella" ? [first, (first % 8) + 1] : [first],
    power: random.pick(["pwr_boost_01", "pwr_oil_01"] as const),
    choice: random.next(),
    pauseMs: random.int(5, 90),
    repeats: random.next() < 0.08,
    numbers: Array.from({ length: random.int(1, 3) }, () => random.int(0, RAFFLE_NUMBERS - 1)),
  };
};
