import type { ServerFrame, WalletBody } from "./wire.ts";

/** A player's money, its parts read together; amounts in minor units. */
export interface WalletState {
  readonly total: number;
  /** Held for bets and the like that are not settled. */
  readonly held: number;
  /** `total - held`. */
  readonly available: number;
  readonly version: number;
}

/** What `GET /wallet/me` and `WALLET_UPDATED` have in common. */
export type WalletReading =
  | Pick<WalletBody, "balance_total" | "balance_locked" | "balance_available" | "version">
  | Extract<ServerFrame, { readonly type: "WALLET_UPDATED" }>;

export function walletState(reading: WalletReading): WalletState {
  return {
    total: reading.balance_total,
    held: reading.balance_locked,
    available: reading.balance_available,
    version: reading.version,
  };
}
