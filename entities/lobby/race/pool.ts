/**
 * Parimutuel settlement: the losers pay the winners, the house takes its share first.
 *
 * All stakes on a market in one race are its pool. Bets on a scratched runner are refunded before anything else. From the
 * rest the takeout is deducted; what remains is the net pool. Deduct from it the stakes on the winning selections: that is the
 * profit. Each winning ticket gets its stake back and its part of the profit. This is the net-pool "profit split" of
 * the North American rules of racing (e.g. Arizona R19-2-523, Virginia 11VAC10-20-320, Wisconsin Game 9.04):
 *
 * - win: all profit to the winner. Place: half to each of the first two. Show: a third to each of the first three.
 *   Within a runner's part, by stake.
 * - Dead heat: the tied runners share equally the parts of the places that they fill: two tied for second share the
 *   second half of a place pool; two tied for first share all of a win pool.
 * - Exacta, quinella, trifecta: every combination that the order, with its dead heats, allows is a winner; the backed
 *   ones share the profit equally.
 * - A part that no ticket backs goes to the other backed winners, in proportion. No winning ticket at all: the whole pool
 *   is refunded, without takeout. Too few starters for the market: the same.
 * - Minus pool: if the winning stakes exceed the net pool, takeout is reduced until they are covered. So a winning ticket
 *   never pays less than its stake, and the house never adds money.
 * - Breakage: the dividend per 100 staked is rounded down to a multiple of 5, each payout to a whole minor unit. What
 *   rounding leaves is the house's.
 *
 * For every pool, in whole minor units and with no term negative:
 * stakes = payouts + refunds + takeout + breakage.
 */
import type { Market } from "../../../rpc/lobby.ts";
import { selectionKey } from "./market.ts";

/** Dividends are quoted per this stake. */
export const DIVIDEND_UNIT_MINOR = 100;

/** Dividends are multiples of this: the usual nickel breakage. */
export const BREAKAGE_STEP_MINOR = 5;

/** Largest pool: keeps stake × dividend and pool × 1000 below 2^53. */
export const MAX_POOL_MINOR = 9_000_000_000_000;

/** With fewer starters the market has no contest left and is refunded; place needs four and show five, as is usual. */
export const MIN_STARTERS: Readonly<Record<Market, number>> = {
  win: 2,
  place: 4,
  show: 5,
  exacta: 3,
  quinella: 3,
  trifecta: 4,
};

export interface PoolBet {
  readonly betId: string;
  readonly selection: readonly number[];
  readonly stakeMinor: number;
}

export interface PoolInput {
  readonly market: Market;
  readonly bets: readonly PoolBet[];
  /** All starters' numbers, best first; a dead heat is one group. */
  readonly order: readonly (readonly number[])[];
  readonly scratched: readonly number[];
  readonly takeoutPerMille: number;
}

export interface BetOutcome {
  readonly betId: string;
  readonly outcome: "won" | "lost" | "refunded";
  /** What the player gets, the stake included; 0 if lost. */
  readonly payoutMinor: number;
}

export interface Dividend {
  /** The winning selection as `selectionKey` writes it. */
  readonly selection: string;
  /** Return for `DIVIDEND_UNIT_MINOR` staked, the stake included. */
  readonly per100Minor: number;
}

export interface PoolSettlement {
  readonly market: Market;
  /** Why the whole pool, not just bets on scratched runners, was refunded. */
  readonly refundReason: "no_winning_ticket" | "too_few_starters" | null;
  /** Backed winners only. */
  readonly dividends: readonly Dividend[];
  /** One for each bet, in the order of the bets. */
  readonly outcomes: readonly BetOutcome[];
  readonly stakesMinor: number;
  readonly payoutsMinor: number;
  readonly refundsMinor: number;
  readonly takeoutMinor: number;
  readonly breakageMinor: number;
}

/**
 * Settles one pool. Outcomes depend on a bet's selection and stake and on the totals alone, never on the bets' order. Throws a
 * `RangeError` for a stake that is not a positive integer, a pool above `MAX_POOL_MINOR`, a takeout outside 0 … 1000.
 */
export function settlePool(input: PoolInput): PoolSettlement {
  const { market, bets, order, takeoutPerMille } = input;
  const scratched = new Set(input.scratched);
  const isScratched = (bet: PoolBet) => bet.selection.some((number) => scratched.has(number));
  const stakesMinor = checkedTotal(bets);
  if (!Number.isInteger(takeoutPerMille) || takeoutPerMille < 0 || takeoutPerMille > 1000) {
    throw new RangeError(`a takeout of ${takeoutPerMille} per mille`);
  }

  const winners = winningParts(market, order);
  const winningStakeMinor = new Map<string, number>();
  let liveMinor = 0;
  const keys = bets.map((bet) => {
    if (isScratched(bet)) return null;
    const key = selectionKey(market, bet.selection);
    liveMinor += bet.stakeMinor;
    if (winners.has(key)) {
      winningStakeMinor.set(key, (winningStakeMinor.get(key) ?? 0) + bet.stakeMinor);
    }
    return key;
  });
  const starters = order.reduce((count, group) => count + group.length, 0);
  const refundReason =
    liveMinor === 0
      ? null
      : starters < MIN_STARTERS[market]
        ? "too_few_starters"
        : winningStakeMinor.size === 0
          ? "no_winning_ticket"
          : null;
  if (refundReason !== null || liveMinor === 0) {
    return {
      market,
      refundReason,
      dividends: [],
      outcomes: bets.map(refund),
      stakesMinor,
      payoutsMinor: 0,
      refundsMinor: stakesMinor,
      takeoutMinor: 0,
      breakageMinor: 0,
    };
  }

  const winningMinor = sum(winningStakeMinor.values());
  const takeoutMinor = Math.min(
    Math.floor((liveMinor * takeoutPerMille) / 1000),
    liveMinor - winningMinor,
  );
  const per100 = splitProfit(winners, winningStakeMinor, liveMinor - takeoutMinor - winningMinor);
  const outcomes = bets.map((bet, index): BetOutcome => {
    const key = keys[index];
    if (key === null || key === undefined) return refund(bet);
    const dividend = per100.get(key);
    if (dividend === undefined) return { betId: bet.betId, outcome: "lost", payoutMinor: 0 };
    const payoutMinor = Math.floor((bet.stakeMinor * dividend) / DIVIDEND_UNIT_MINOR);
    return { betId: bet.betId, outcome: "won", payoutMinor };
  });
  const payoutsMinor = sum(
    outcomes.map((one) => (one.outcome === "won" ? one.payoutMinor : 0)).values(),
  );
  return {
    market,
    refundReason: null,
    dividends: [...per100].map(([selection, per100Minor]) => ({ selection, per100Minor })),
    outcomes,
    stakesMinor,
    payoutsMinor,
    refundsMinor: stakesMinor - liveMinor,
    takeoutMinor,
    breakageMinor: liveMinor - takeoutMinor - payoutsMinor,
  };
}

/** Least common multiple of 1 … 8: with parts of this size any dead heat of eight divides evenly. */
const PART = 840;

/** Winning selections and the size of their parts of the profit; only the proportion of the sizes matters. */
function winningParts(market: Market, order: PoolInput["order"]): Map<string, number> {
  switch (market) {
    case "win":
      return placedParts(order, 1);
    case "place":
      return placedParts(order, 2);
    case "show":
      return placedParts(order, 3);
    case "exacta":
    case "quinella":
    case "trifecta": {
      const finishers = firstFinishers(order, market === "trifecta" ? 3 : 2);
      return new Map(finishers.map((selection) => [selectionKey(market, selection), PART]));
    }
  }
}

/** Runners in the first `places` places; a group shares equally the parts of as many places as it fills. */
function placedParts(order: PoolInput["order"], places: number): Map<string, number> {
  const parts = new Map<string, number>();
  let filled = 0;
  for (const group of order) {
    const fills = Math.min(group.length, places - filled);
    if (fills <= 0) break;
    for (const number of group) parts.set(String(number), (PART * fills) / group.length);
    filled += fills;
  }
  return parts;
}

/** Every sequence of the first `count` finishers that the groups allow; none if there are fewer finishers. */
function firstFinishers(order: PoolInput["order"], count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  const [first, ...later] = order;
  if (first === undefined) return [];
  return first.flatMap((number) => {
    const others = first.filter((other) => other !== number);
    const rest = others.length === 0 ? later : [others, ...later];
    return firstFinishers(rest, count - 1).map((selection) => [number].concat(selection));
  });
}

/** Dividend per 100 of each backed winner. BigInt, as profit × part × 100 may exceed 2^53 in a large pool. */
function splitProfit(
  parts: ReadonlyMap<string, number>,
  stakes: ReadonlyMap<string, number>,
  profitMinor: number,
): Map<string, number> {
  const backed = [...parts].filter(([key]) => stakes.has(key));
  const allParts = BigInt(sum(backed.map(([, part]) => part).values()));
  const unit = BigInt(DIVIDEND_UNIT_MINOR);
  const step = BigInt(BREAKAGE_STEP_MINOR);
  return new Map(
    backed.map(([key, part]) => {
      const stake = BigInt(stakes.get(key)!);
      const returned = stake * allParts + BigInt(profitMinor) * BigInt(part);
      const dividend = (returned * unit) / (stake * allParts);
      return [key, Number((dividend / step) * step)];
    }),
  );
}

function refund(bet: PoolBet): BetOutcome {
  return { betId: bet.betId, outcome: "refunded", payoutMinor: bet.stakeMinor };
}

function checkedTotal(bets: readonly PoolBet[]): number {
  let total = 0;
  for (const { betId, stakeMinor } of bets) {
    if (!Number.isSafeInteger(stakeMinor) || stakeMinor <= 0) {
      throw new RangeError(`bet ${betId}: a stake of ${stakeMinor}`);
    }
    total += stakeMinor;
    if (total > MAX_POOL_MINOR) throw new RangeError(`a pool above ${MAX_POOL_MINOR}`);
  }
  return total;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
