/** A lobby and a wallet as the wire has them: snake_case, ISO times, decimal odds. The one place that says so. */
import type {
  LobbyBody,
  LobbySettingsBody,
  ServerFrame,
  WalletBalances,
} from "../../rpc/frames.ts";
import type { WalletBody } from "../../rpc/http/wallet.ts";
import type { LobbySettings, LobbyView } from "../../rpc/lobby.ts";
import { CURRENCY } from "../../rpc/money.ts";
import type { Balance, Hold, Standing } from "../../rpc/wallet.ts";

export const isoTime = (epochMs: number): string => new Date(epochMs).toISOString();

const decimalOdds = (hundredths: number) => (hundredths / 100).toFixed(2);

export const lobbyBody = (view: LobbyView): LobbyBody => ({
  lobby_id: view.lobbyId,
  name: view.name,
  phase: view.phase,
  phase_ends_at: view.phaseEndsAt === null ? null : isoTime(view.phaseEndsAt),
  state_version: view.stateVersion,
  race_id: view.raceId,
  commitment: view.commitment,
  runners: view.runners,
  odds: Object.fromEntries(
    Object.entries(view.odds).map(([number, hundredths]) => [number, decimalOdds(hundredths)]),
  ),
  pools: view.pools,
  order: view.order,
  ...(view.settings === undefined ? {} : { settings: settingsBody(view.settings) }),
});

export const settingsBody = (settings: LobbySettings): LobbySettingsBody => ({
  betting_ms: settings.bettingMs,
  racing_ms: settings.racingMs,
  results_ms: settings.resultsMs,
  min_bet: settings.minBetMinor,
  max_bet: settings.maxBetMinor,
  takeout_per_mille: settings.takeoutPerMille,
  cancel_fee_per_mille: settings.cancelFeePerMille,
  max_power_spend: settings.maxPowerSpendMinor,
  sync_hz: settings.syncHz,
});

export const walletBalances = (balance: Balance): WalletBalances => ({
  balance_total: balance.totalMinor,
  balance_locked: balance.lockedMinor,
  balance_available: balance.availableMinor,
});

export const walletBody = (
  playerId: string,
  wallet: Standing & { readonly openHolds: ReadonlyArray<Hold> },
): WalletBody => ({
  player_id: playerId,
  currency: CURRENCY,
  ...walletBalances(wallet.balance),
  frozen: wallet.freeze !== undefined,
  open_holds: wallet.openHolds.map((hold) => ({
    hold_id: hold.holdId,
    amount: hold.amountMinor,
    purpose: hold.purpose,
    ref: hold.ref,
    since: isoTime(hold.since),
  })),
  version: wallet.balance.version,
});

export const walletFrame = (playerId: string, { balance, freeze }: Standing): ServerFrame => ({
  type: "WALLET_UPDATED",
  player_id: playerId,
  version: balance.version,
  ...walletBalances(balance),
  frozen: freeze !== undefined,
});
