/** What bets cost and brought, in minor units. */
import type { Bet } from "../../../sdk/src/index.ts";

export interface Account {
  /** Stakes, those of cancelled bets too. */
  readonly stakedMinor: number;
  /** Payouts and refunds, what came back for cancelled bets too. */
  readonly returnedMinor: number;
  /** Stakes of bets that are not settled yet. */
  readonly openMinor: number;
  /** What the settled bets did to the balance: returned less their stakes. */
  readonly netMinor: number;
}

export function accountOf(rows: readonly Pick<Bet, "stake" | "status" | "payout">[]): Account {
  let [stakedMinor, returnedMinor, openMinor] = [0, 0, 0];
  for (const { stake, status, payout } of rows) {
    stakedMinor += stake;
    returnedMinor += payout ?? 0;
    if (status === "accepted") openMinor += stake;
  }
  const netMinor = returnedMinor - (stakedMinor - openMinor);
  return { stakedMinor, returnedMinor, openMinor, netMinor };
}
