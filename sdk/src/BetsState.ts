/**
 * The player's bets of one race. Rows come from `GET /bets`, which tells every outcome; between two readings the answers
 * to the player's own commands keep them current.
 */
import type { CommandAnswer } from "./Command.ts";
import type { BetBody } from "./wire.ts";

/** As `GET /bets` has it; amounts in minor units. `payout` is null until the bet is settled. */
export type Bet = Pick<
  BetBody,
  "bet_id" | "race_id" | "market" | "selection" | "stake" | "status" | "payout"
>;

export interface BetsState {
  /** Newest first. */
  readonly bets: readonly Bet[];
  /** Whether they have been read from the server; before, only this client's own answers are known. */
  readonly isRead: boolean;
}

export const NO_BETS: BetsState = { bets: [], isRead: false };

/** Whether there are bets whose outcome is not known yet. */
export function hasOpenBets({ bets }: BetsState): boolean {
  return bets.some((bet) => !isSettled(bet));
}

/** The race's bets after an answer to one of the player's commands. */
export function applyBetAnswer(state: BetsState, raceId: string, answer: CommandAnswer): BetsState {
  if (answer.type === "BET_PLACED") {
    // Repeated answers come after resends, and must not undo what is known since.
    const isKnown = state.bets.some(({ bet_id: betId }) => betId === answer.bet_id);
    if (answer.race_id !== raceId || isKnown) return state;
    const { bet_id, race_id, market, selection, stake } = answer;
    const bet: Bet = {
      bet_id,
      race_id,
      market,
      selection,
      stake,
      status: "accepted",
      payout: null,
    };
    return { ...state, bets: [bet, ...state.bets] };
  }
  if (answer.type !== "BET_CANCELLED") return state;
  if (!state.bets.some(({ bet_id: betId }) => betId === answer.bet_id)) return state;
  return {
    ...state,
    bets: state.bets.map((bet) =>
      bet.bet_id === answer.bet_id ? { ...bet, status: "cancelled", payout: answer.refund } : bet,
    ),
  };
}

/**
 * The bets after a reading. It may be older than an answer that overtook it, so what is known to be settled stays so, and
 * bets that it does not have yet are kept.
 */
export function applyBetsReading({ bets }: BetsState, reading: readonly Bet[]): BetsState {
  const known = new Map(bets.map((bet) => [bet.bet_id, bet]));
  const read = new Set(reading.map(({ bet_id: betId }) => betId));
  const merged = reading.map((bet) => {
    const before = known.get(bet.bet_id);
    return before !== undefined && isSettled(before) && !isSettled(bet) ? before : bet;
  });
  return {
    bets: [...bets.filter(({ bet_id: betId }) => !read.has(betId)), ...merged],
    isRead: true,
  };
}

const isSettled = ({ status }: Bet): boolean => status !== "accepted";
