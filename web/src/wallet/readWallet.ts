import { isRecord, request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";
import type { WalletReading } from "./WalletState.ts";

/** The player's own wallet, its parts read together. */
export function readWallet(token: string): Promise<Answer<WalletReading>> {
  return request("/wallet/me", { token, is: isWalletReading });
}

function isWalletReading(value: unknown): value is WalletReading {
  return (
    isRecord(value) &&
    ["balance_total", "balance_locked", "balance_available", "version"].every((name) =>
      Number.isSafeInteger(value[name]),
    )
  );
}
