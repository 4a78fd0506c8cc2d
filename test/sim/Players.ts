/** Who plays where in a simulation, and the rules of its lobbies: races of seconds, so that a run sees several. */
import { LobbyId, PlayerId } from "../../rpc/id.ts";
import type { LobbySettings } from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";

export const PLAYERS = ["ann", "bob", "cleo", "dan"].map((name) => PlayerId.make(name));
export const LOBBIES = ["derby", "oaks"].map((name) => LobbyId.make(name));

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
