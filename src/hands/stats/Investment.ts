/**
 * Who put how much at stake. What a player put in beyond what anyone could match comes back, whether it is called a return or
 * lies in the pot that is collected: it was never at stake. It arises in the last round with money in it, for a bet that is
 * left uncalled ends the betting.
 */
import type { Hand, HandAction } from "../../../rpc/hand.ts";

export interface Investment {
  /** What each had at stake, by player, in the order of the hand's results. */
  readonly atStake: ReadonlyMap<string, number>;
  readonly won: ReadonlyMap<string, number>;
  /** The uncalled bet. */
  readonly returned: { readonly player: string; readonly amount: number } | undefined;
  /** Those who did not fold, in the order of the hand's results. */
  readonly live: ReadonlyArray<string>;
}

export const investmentOf = (hand: Hand): Investment => {
  const returned = uncalled(hand);
  const folded = new Set<string>();
  for (const { actions } of hand.streets)
    for (const { kind, player } of actions) if (kind === "fold") folded.add(player);
  const atStake = new Map<string, number>();
  const won = new Map<string, number>();
  const live: Array<string> = [];
  for (const one of hand.results) {
    const back = returned?.player === one.player ? returned.amount : 0;
    atStake.set(one.player, one.put - back);
    won.set(one.player, one.won);
    if (!folded.has(one.player)) live.push(one.player);
  }
  return { atStake, won, returned, live };
};

const uncalled = (hand: Hand): Investment["returned"] => {
  let first: string | undefined;
  let highest = 0;
  let second = 0;
  for (const [player, bet] of lastBets(hand)) {
    if (bet > highest) {
      second = highest;
      highest = bet;
      first = player;
    } else if (bet > second) second = bet;
  }
  return first === undefined || highest === second
    ? undefined
    : { player: first, amount: highest - second };
};

/** What each put in during the last round with money in it; blinds belong to the round after them, antes to none. */
const lastBets = ({ streets }: Hand): ReadonlyMap<string, number> => {
  let bets = new Map<string, number>();
  let areBlinds = false;
  for (const { actions, name } of streets) {
    if (!actions.some(isBet)) continue;
    if (!areBlinds) bets = new Map();
    for (const action of actions)
      if (isBet(action)) bets.set(action.player, (bets.get(action.player) ?? 0) + action.put);
    areBlinds = name === "blinds";
  }
  return bets;
};

const isBet = ({ kind, put }: HandAction): boolean => put > 0 && kind !== "ante";
