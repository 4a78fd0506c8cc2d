/** What a lobby runs by when its maker says nothing else: the process's settings, in the contract's units. */
import { Schema } from "effect";
import { LobbySettings } from "../../rpc/lobby.ts";
import type { GatewaySettings } from "./GatewaySettings.ts";

const decode = Schema.decodeSync(LobbySettings);

/** Dies on settings that no lobby may have. */
export const lobbyDefaults = (settings: GatewaySettings): LobbySettings =>
  decode({
    bettingMs: settings.bettingSeconds * 1000,
    racingMs: settings.racingSeconds * 1000,
    resultsMs: settings.resultsSeconds * 1000,
    minBetMinor: settings.minBet,
    maxBetMinor: settings.maxBet,
    takeoutPerMille: Math.round(settings.takeout * 1000),
    cancelFeePerMille: Math.round(settings.cancelFee * 1000),
    maxPowerSpendMinor: settings.maxPowerSpendPerRace,
    syncHz: settings.stateSyncHz,
  });
