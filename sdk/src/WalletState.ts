import type { ServerFrame, WalletBody } from "./wire.ts";

/** A player's money, its parts read together; amounts in minor units. */
export interface WalletState {
  readonly total: number;
  /** Held for bets and the like that are not settled. */
  readonly held: number;
  /** `total - held`. */
  readonly available: number;
  /** Whether the house lets nothing be spent or set aside for now. */
  readonly isFrozen: boolean;
  readonly version: number;
}

/** What `GET /wallet/me` and `WALLET_UPDATED` have in common. */
export type WalletReading =
  | Pick<
      WalletBody,
      "balance_total" | "balance_locked" | "balance_available" | "frozen" | "version"
    >
  | Extract<ServerFrame, { readonly type: "WALLET_UPDATED" }>;

export function walletState(reading: WalletReading): WalletState {
  return {
    total: reading.balance_total,
    held: reading.balance_locked,
    available: reading.balance_available,
    // An older gateway does not say.
    isFrozen: reading.frozen ?? false,
    version: reading.version,
  };
}
