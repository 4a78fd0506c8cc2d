import type { WalletBalances } from "../../rpc/frames.ts";
import type { Balance } from "../../rpc/wallet.ts";

/** A balance as the wire has it. */
export const balances = ({ availableMinor, lockedMinor, totalMinor }: Balance): WalletBalances => ({
  balance_total: totalMinor,
  balance_locked: lockedMinor,
  balance_available: availableMinor,
});
