/**
 * What a bet may pay, by the rules that the server settles by (`entities/lobby/race/pool.ts`). Only the market's pool and
 * the win odds are public while betting is open, so who else has staked on the same is known for `win` alone; for the
 * other markets it is reckoned as if the others' bets followed the win odds. The estimate is for the eye: what is paid
 * is decided when betting has closed.
 */
import { BREAKAGE_STEP_MINOR, DIVIDEND_UNIT_MINOR } from "../../../entities/lobby/race/pool.ts";
import type { Market } from "../../../rpc/lobby.ts";

/** Each runner's share of the win pool, by number; they add up to one. */
export type Shares = ReadonlyMap<number, number>;

export interface EstimateInput {
  readonly market: Market;
  readonly selection: readonly number[];
  readonly stakeMinor: number;
  /** The market's pool, with the stake in it if `isPlaced`. */
  readonly poolMinor: number;
  readonly isPlaced: boolean;
  readonly shares: Shares;
  /** The house's part in thousandths; 0 for an estimate before it. */
  readonly takeoutPerMille: number;
}

export interface Estimate {
  /** If betting closed now, and the others' bets follow the win odds. */
  readonly aboutMinor: number;
  /** If betting closed now, and nobody else holds a winning ticket. */
  readonly mostMinor: number;
  /** What a winning ticket never pays less than: its stake. */
  readonly leastMinor: number;
  /** This stake's part of all that is staked on the selection. */
  readonly share: number;
  /** Nobody else has money in the pool, so there is nothing to win yet. */
  readonly isAlone: boolean;
}

/** The share of the win pool that odds imply: in proportion to their inverse, as odds are what is left over the stake. */
export function impliedShares(odds: Readonly<Record<string, string>>): Shares {
  const inverse = Object.entries(odds).flatMap(([number, text]): [number, number][] => {
    const value = Number(text);
    return value > 0 ? [[Number(number), 1 / value]] : [];
  });
  const total = inverse.reduce((sum, [, one]) => sum + one, 0);
  return new Map(inverse.map(([number, one]) => [number, one / total]));
}

const sharesByOdds = new WeakMap<Readonly<Record<string, string>>, Shares>();

/** The shares that these odds imply, reckoned once for each board of odds. */
export function sharesOf(odds: Readonly<Record<string, string>>): Shares {
  const known = sharesByOdds.get(odds);
  if (known !== undefined) return known;
  const shares = impliedShares(odds);
  sharesByOdds.set(odds, shares);
  return shares;
}

export function estimatePayout(input: EstimateInput): Estimate {
  const { market, selection, stakeMinor, poolMinor, isPlaced, shares } = input;
  const othersMinor = Math.max(0, isPlaced ? poolMinor - stakeMinor : poolMinor);
  const pool = othersMinor + stakeMinor;
  const chance = expectedShare(market, selection, shares);
  const onItMinor =
    market === "win" && isPlaced
      ? Math.max(stakeMinor, Math.round(chance * poolMinor))
      : stakeMinor + Math.round(chance * othersMinor);
  const winners = WINNERS[market];
  const [first = 0] = selection;
  const restMinor =
    winners === 1
      ? 0
      : Math.round(
          ((1 - (shares.get(first) ?? 0)) / Math.max(1, shares.size - 1)) *
            (winners - 1) *
            othersMinor,
        );
  const paid = (stakedOnItMinor: number, otherWinnersMinor: number): number => {
    const winningMinor = stakedOnItMinor + otherWinnersMinor;
    const takeoutMinor = Math.min(
      Math.floor((pool * input.takeoutPerMille) / 1000),
      Math.max(0, pool - winningMinor),
    );
    const profitMinor = Math.max(0, pool - takeoutMinor - winningMinor);
    // A part that nobody has backed falls to those who are there.
    const parts = otherWinnersMinor === 0 ? 1 : winners;
    return payoutOf(stakeMinor, stakedOnItMinor, profitMinor / parts);
  };
  return {
    aboutMinor: paid(onItMinor, restMinor),
    mostMinor: paid(stakeMinor, 0),
    leastMinor: stakeMinor,
    share: onItMinor === 0 ? 0 : stakeMinor / onItMinor,
    isAlone: othersMinor === 0,
  };
}

/** How many selections of the market win in a race without dead heats. */
const WINNERS: Readonly<Record<Market, number>> = {
  win: 1,
  place: 2,
  show: 3,
  exacta: 1,
  quinella: 1,
  trifecta: 1,
};

/**
 * The share of a market's pool to expect on a selection. For orders it is Harville's: the chance of the first, times that of
 * the second among the rest, and so on.
 */
function expectedShare(market: Market, selection: readonly number[], shares: Shares): number {
  const inOrder = (numbers: readonly number[]): number => {
    let left = 1;
    let chance = 1;
    for (const number of numbers) {
      const share = shares.get(number) ?? 0;
      chance *= left <= 0 ? 0 : Math.min(1, share / left);
      left -= share;
    }
    return chance;
  };
  return market === "quinella"
    ? inOrder(selection) + inOrder(selection.toReversed())
    : inOrder(selection);
}

/** With the dividend rounded down as the server does. */
function payoutOf(stakeMinor: number, stakedOnItMinor: number, profitMinor: number): number {
  if (stakedOnItMinor <= 0) return 0;
  const exact = ((stakedOnItMinor + profitMinor) * DIVIDEND_UNIT_MINOR) / stakedOnItMinor;
  const dividend = Math.floor(exact / BREAKAGE_STEP_MINOR) * BREAKAGE_STEP_MINOR;
  return Math.floor((stakeMinor * dividend) / DIVIDEND_UNIT_MINOR);
}

/** In how many ways a market can be won by `starters` runners: what there is to choose from. */
export function combinations(market: Market, starters: number): number {
  switch (market) {
    case "win":
    case "place":
    case "show":
      return starters;
    case "exacta":
      return starters * (starters - 1);
    case "quinella":
      return (starters * (starters - 1)) / 2;
    case "trifecta":
      return starters * (starters - 1) * (starters - 2);
  }
}
