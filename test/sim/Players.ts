/** Who plays where in a simulation, and by which rules: races and reservations of seconds, so that a run sees several. */
import { LobbyId, PlayerId, RaffleId } from "../../rpc/id.ts";
import type { LobbySettings } from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import type { RaffleRules, RaffleTerms } from "../../rpc/raffle.ts";

export const PLAYERS = ["ann", "bob", "cleo", "dan"].map((name) => PlayerId.make(name));
export const LOBBIES = ["derby", "oaks"].map((name) => LobbyId.make(name));

/** `spring` is drawn by the clock, in the storm or after it; what becomes of `autumn` is the house's affair. */
export const RAFFLES = ["spring", "autumn"].map((name) => RaffleId.make(name));

/** Soon spent, so that wallets run short now and then. */
export const GRANT = minor(60_000);

export const SETTINGS: LobbySettings = {
  bettingMs: 2500,
  racingMs: 3000,
  resultsMs: 600,
  minBetMinor: minor(100),
  maxBetMinor: minor(20_000),
  takeoutPerMille: 100,
  cancelFeePerMille: 50,
  maxPowerSpendMinor: minor(30_000),
  syncHz: 2,
};

/** So few that players want the same ones. */
export const RAFFLE_NUMBERS = 14;

export const RAFFLE_RULES: RaffleRules = {
  selectionMs: 2500,
  checkoutMs: 2000,
  feePerMille: 100,
  beacon: null,
};

export const raffleTerms = (
  organiserId: PlayerId | null,
  drawAt: number,
  minSoldPercent: number,
): RaffleTerms => ({
  title: "A raffle",
  description: "",
  ticketPriceMinor: minor(1500),
  totalNumbers: RAFFLE_NUMBERS,
  drawAt,
  prizes: [{ name: "A bicycle" }, { name: "A weekend" }],
  organiserId,
  minSoldPercent,
});
