import { decider, type LobbyInternal } from "../../../entities/lobby/decider.ts";
import { LobbyEvent } from "../../../entities/lobby/events.ts";
import { topic } from "../../../entities/lobby/frames.ts";
import { project } from "../../../entities/lobby/projection.ts";
import { LobbyState } from "../../../entities/lobby/state.ts";
import type { ServerFrame } from "../../../rpc/frames.ts";
import { Lobby, type LobbySettings } from "../../../rpc/lobby.ts";
import { minor } from "../../../rpc/money.ts";
import { desk, type Step } from "../../support/DeciderRun.ts";

export const lobbyDesk = desk(
  { contract: Lobby, decider, project },
  { event: LobbyEvent, state: LobbyState },
);

export type LobbyStep = Step<LobbyState, LobbyEvent>;

/** What those who watch see of a step. */
export const framesOf = ({ after, event, meta }: LobbyStep) =>
  topic.frames(event, after, meta) as ReadonlyArray<{
    readonly version: number;
    readonly frame: ServerFrame;
  }>;

/** Bets for 10 s, a race of 40 s as in production, results for 5 s; stakes 1.00 to 500.00. */
export const SETTINGS: LobbySettings = {
  bettingMs: 10_000,
  racingMs: 40_000,
  resultsMs: 5_000,
  minBetMinor: minor(100),
  maxBetMinor: minor(50_000),
  takeoutPerMille: 100,
  cancelFeePerMille: 50,
  maxPowerSpendMinor: minor(30_000),
  syncHz: 20,
};

export const seed = (n: number): string => n.toString(16).padStart(64, "0");
export const advance = (n = 1): LobbyInternal => ({
  _tag: "Advance",
  seed: seed(n),
  formSeed: seed(n + 1000),
});
