/**
 * What a hand adds to the statistics of each player in it. What each count means stands in `docs/poker-statistics.md`; here it
 * is put together. Everything that is shown of a player is a sum of these.
 */
import type { Hand } from "../../../rpc/hand.ts";
import type { PlayerHand } from "../PlayerHand.ts";
import type { AllInEquity } from "./AllInEquity.ts";
import { allInNet } from "./allInNet.ts";
import { countBoard } from "./countBoard.ts";
import { countFirstRound } from "./countRound.ts";
import { type Investment, investmentOf } from "./Investment.ts";
import { positionsOf } from "./positions.ts";
import { roundedTo, sharesOf } from "./shares.ts";
import { AT, emptyTally, type Tallies, type Tally } from "./Tally.ts";

/**
 * One for each of the hand's results, in their order. The same hand gives the same counts, as long as `allInEquity` gives
 * the same shares.
 */
export const countHand = (hand: Hand, allInEquity: AllInEquity): ReadonlyArray<PlayerHand> => {
  const tallies = new Map<string, Tally>();
  for (const { player } of hand.results) tallies.set(player, emptyTally());
  const positions = positionsOf(hand);
  const investment = investmentOf(hand);
  const raiser = countFirstRound(hand.streets, tallies, positions);
  countBoard(hand, tallies, investment, raiser);
  countMoney(hand, tallies, investment, allInEquity);
  const players = tallies.size;
  return [...tallies].map(([player, counts]) => ({
    player,
    position: positions.get(player) ?? null,
    players,
    counts,
  }));
};

const countMoney = (
  hand: Hand,
  tallies: Tallies,
  investment: Investment,
  allInEquity: AllInEquity,
): void => {
  const { bigBlind } = hand.stakes;
  const rakes = sharesOf(hand.rake, [...investment.atStake.values()]);
  hand.results.forEach(({ net, player }, n) => {
    const tally = tallies.get(player)!;
    tally[AT.hands] = 1;
    tally[AT.net] = net;
    tally[AT.rake] = rakes[n]!;
    tally[AT.evNet] = net;
    const netMilliBb = milliBb(net, bigBlind);
    tally[AT.netMilliBb] = netMilliBb;
    tally[AT.evNetMilliBb] = netMilliBb;
  });
  const { live } = investment;
  const expected = allInNet(hand, investment, allInEquity);
  if (expected === undefined) return;
  const total = live.reduce((sum, player) => sum + tallies.get(player)![AT.net]!, 0);
  const rounded = roundedTo(total, expected);
  live.forEach((player, n) => {
    const tally = tallies.get(player)!;
    tally[AT.evNet] = rounded[n]!;
    tally[AT.evNetMilliBb] = milliBb(expected[n]!, bigBlind);
  });
};

/** A million big blinds: no game is that deep. A made-up hand must not outweigh all others, nor the integers of a sum. */
const MOST_MILLI_BB = 1_000_000_000;

/** Thousandths of a big blind; 0 where there is none. Adding 0 makes of -0 what JSON can say. */
const milliBb = (amount: number, bigBlind: number): number => {
  if (bigBlind === 0) return 0;
  const exact = Math.round((amount * 1000) / bigBlind);
  return Math.max(-MOST_MILLI_BB, Math.min(MOST_MILLI_BB, exact)) + 0;
};
