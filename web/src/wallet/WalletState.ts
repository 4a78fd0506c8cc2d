import type { ServerFrame } from "../../../rpc/frames.ts";

export interface WalletState {
  readonly total: number;
  readonly held: number;
  readonly available: number;
  readonly version: number;
}

/** What `GET /wallet/me` and `WALLET_UPDATED` have in common; amounts in minor units. */
export interface WalletReading {
  readonly balance_total: number;
  readonly balance_locked: number;
  readonly balance_available: number;
  readonly version: number;
}

/** The newer of the two by version, whatever the order in which the readings came. */
export function applyWalletReading(
  wallet: WalletState | null,
  reading: WalletReading,
): WalletState | null {
  if (wallet !== null && reading.version <= wallet.version) return wallet;
  return {
    total: reading.balance_total,
    held: reading.balance_locked,
    available: reading.balance_available,
    version: reading.version,
  };
}

/** The wallet after a frame; frames about anything else, or another player's wallet, leave it as it is. */
export function applyWalletFrame(
  wallet: WalletState | null,
  frame: ServerFrame,
  playerId: string,
): WalletState | null {
  return frame.type === "WALLET_UPDATED" && frame.player_id === playerId
    ? applyWalletReading(wallet, frame)
    : wallet;
}
