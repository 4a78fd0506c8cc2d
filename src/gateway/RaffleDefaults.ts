/** How the house runs a raffle that is made here: the process's settings, in the contract's units. */
import { Schema } from "effect";
import { type BeaconChain, RaffleRules } from "../../rpc/raffle.ts";
import type { GatewaySettings } from "./GatewaySettings.ts";

const decode = Schema.decodeSync(RaffleRules);

/** Dies on settings that no raffle may have. */
export const raffleRules = (
  settings: Pick<GatewaySettings, "selectionSeconds" | "checkoutSeconds" | "platformFee">,
  beacon: BeaconChain | undefined,
): RaffleRules =>
  decode({
    selectionMs: settings.selectionSeconds * 1000,
    checkoutMs: settings.checkoutSeconds * 1000,
    feePerMille: Math.round(settings.platformFee * 1000),
    beacon: beacon ?? null,
  });
