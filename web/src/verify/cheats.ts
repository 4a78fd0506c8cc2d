/** What a dishonest house might change. Each alters one value of an honest account, as little as it can. */
import type { Claim } from "./Claim.ts";

export const CHEATS = [
  "commitment",
  "server_seed",
  "stake",
  "selection",
  "drop",
  "order",
  "payout",
] as const;
export type Cheat = (typeof CHEATS)[number];

const RAISE_MINOR = 100;

/** The account with the value changed; null when it has no such value. */
export function cheat(claim: Claim, what: Cheat): Claim | null {
  const [bet, ...otherBets] = claim.bets;
  const [first, second, ...others] = claim.order;
  const [payout, ...otherPayouts] = claim.payouts;
  switch (what) {
    case "commitment":
      return { ...claim, commitment: otherDigit(claim.commitment) };
    case "server_seed":
      return { ...claim, server_seed: otherDigit(claim.server_seed) };
    case "stake":
      return bet === undefined
        ? null
        : { ...claim, bets: [{ ...bet, stake: bet.stake + RAISE_MINOR }, ...otherBets] };
    case "selection": {
      const [picked, ...rest] = bet?.selection ?? [];
      const other = claim.field.find(({ number }) => bet?.selection.includes(number) === false);
      return bet === undefined || picked === undefined || other === undefined
        ? null
        : { ...claim, bets: [{ ...bet, selection: [other.number, ...rest] }, ...otherBets] };
    }
    case "drop":
      return bet === undefined
        ? null
        : {
            ...claim,
            bets: otherBets,
            payouts: claim.payouts.filter(({ bet_id }) => bet_id !== bet.bet_id),
          };
    case "order":
      return first === undefined || second === undefined
        ? null
        : { ...claim, order: [second, first, ...others] };
    case "payout":
      return payout === undefined
        ? null
        : {
            ...claim,
            payouts: [{ ...payout, payout: payout.payout + RAISE_MINOR }, ...otherPayouts],
          };
  }
}

/** The text with its last digit turned into another hexadecimal one. */
const otherDigit = (hex: string): string => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
