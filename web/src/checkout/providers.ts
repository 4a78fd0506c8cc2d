/** Which providers can take a payment now. Pure. */
import type { ProviderBody, WalletState } from "../../../sdk/src/index.ts";
import type { ProviderName } from "./attempt.ts";

/** Why a provider cannot take the payment. */
export type Obstacle = "disabled" | "unconfigured" | "failing" | "poor" | "frozen";

export function obstacleOf(
  { available, configured, enabled, name }: ProviderBody,
  wallet: WalletState | null,
  amountMinor: number,
): Obstacle | null {
  if (!configured) return "unconfigured";
  if (!enabled) return "disabled";
  if (!available) return "failing";
  if (name !== "wallet" || wallet === null) return null;
  if (wallet.isFrozen) return "frozen";
  return wallet.available < amountMinor ? "poor" : null;
}

/** Those to be shown: what is not set up is no way to pay, and nobody has to read of it. The wallet comes first. */
export function offered(providers: readonly ProviderBody[]): readonly ProviderBody[] {
  return providers.filter(({ configured, name }) => configured || name === "wallet");
}

/** What the player chose if it can be had, else the first that can. */
export function choiceOf(
  providers: readonly ProviderBody[],
  wanted: ProviderName | null,
  wallet: WalletState | null,
  amountMinor: number,
): ProviderName | null {
  const able = providers.filter((provider) => obstacleOf(provider, wallet, amountMinor) === null);
  return able.find(({ name }) => name === wanted)?.name ?? able[0]?.name ?? null;
}
