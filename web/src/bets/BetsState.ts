/** The player's bets as `GET /bets` has them; amounts in minor units. */
import type { Bet, PlaceBetBody } from "../../../sdk/src/index.ts";

export type Market = PlaceBetBody["market"];

/** A bet on a race; `payout` is what was paid for it, refunds included, and null until it is settled. */
export type BetRow = Omit<Bet, "market"> & { readonly market: Market };

export type BetStatus = Bet["status"];

const STATUSES: readonly BetStatus[] = ["accepted", "cancelled", "won", "lost", "refunded"];

export function isBetStatus(value: unknown): value is BetStatus {
  return typeof value === "string" && (STATUSES as readonly string[]).includes(value);
}
