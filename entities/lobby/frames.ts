/** What a lobby shows to those who watch it: a frame for each change, and samples of the present between them. */
import type { ServerFrame } from "../../rpc/frames.ts";
import type { Meta } from "../../src/actor/Decider.ts";
import type { Topic } from "../../src/actor/DurableActor.ts";
import type { LobbyEvent } from "./events.ts";
import { formatOdds } from "./race/odds.ts";
import { POWERS } from "./race/power.ts";
import { activeTicks, frameAt, MS_PER_TICK, telegraphTicks } from "./race/simulation.ts";
import type { LobbyState, Race } from "./state.ts";
import { oddsOf, runOf, viewOf } from "./view.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;
type Versioned = { readonly version: number; readonly frame: ServerFrame };

/** Odds and pools move with every bet; this often is often enough for the eye. */
const BETTING_SAMPLE_MS = 250;
/**
 * While nobody bets they stay as they are, and are told this seldom: clients take two seconds of silence for a fault, and
 * a look may come one sample and a timer's lateness after its time.
 */
const BETTING_UNCHANGED_MS = 1_500;
/** Frames remembered for those who resume: several races' worth. */
const HISTORY = 256;

export const iso = (millis: number): string => new Date(millis).toISOString();

const decimal = (odds: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(odds).map(([number, hundredths]) => [number, formatOdds(hundredths)]),
  );

const stateChanged = (
  state: LobbyState,
  race: Race,
  lobbyId: string,
  version: number,
  extra: Partial<Frame<"RACE_STATE_CHANGED">> = {},
): Versioned => ({
  version,
  frame: {
    type: "RACE_STATE_CHANGED",
    lobby_id: lobbyId,
    state_version: version,
    phase: state.phase,
    race_id: race.raceId,
    phase_ends_at: state.phaseEndsAt === null ? null : iso(state.phaseEndsAt),
    ...extra,
  },
});

const frames = (
  event: LobbyEvent,
  after: LobbyState,
  { entityId }: Meta,
): ReadonlyArray<Versioned> => {
  const { race, stateVersion: version } = after;
  if (race === null) return [];
  const ofLobby = { lobby_id: entityId, state_version: version, race_id: race.raceId };
  switch (event._tag) {
    case "RaceOpened": {
      const { runners } = viewOf(after, entityId);
      return [
        stateChanged(after, race, entityId, version, { commitment: race.commitment, runners }),
      ];
    }
    case "RaceStarted":
    case "RaceFinished":
      return [stateChanged(after, race, entityId, version)];
    case "LobbyStopped":
      return after.phase === "lobby" ? [stateChanged(after, race, entityId, version)] : [];
    case "RunnerScratched":
      return [{ version, frame: { type: "RUNNER_SCRATCHED", ...ofLobby, runner: event.runner } }];
    case "PowerCast": {
      const { castId, costMinor, playerId, power, target, tick } = event;
      const frame: Frame<"POWER_CAST"> = {
        type: "POWER_CAST",
        ...ofLobby,
        player_id: playerId,
        cast_id: castId,
        power,
        target,
        cost: costMinor,
        tick: tick + telegraphTicks(POWERS[power]),
        duration_ticks: activeTicks(POWERS[power], race.started?.maxTicks ?? 0),
      };
      return [{ version, frame }];
    }
    case "RacePaid": {
      const settled: Frame<"RACE_SETTLED"> = {
        type: "RACE_SETTLED",
        ...ofLobby,
        state_version: version - 1,
        order: race.finished?.order ?? [],
        dividends: dividendsOf(race),
        server_seed: race.serverSeed,
      };
      return [
        { version: version - 1, frame: settled },
        stateChanged(after, race, entityId, version),
      ];
    }
    case "LobbyCreated":
    case "BetAccepted":
    case "BetCancelled":
    case "HoldVoided":
    case "DebtsPaid":
      return [];
  }
};

const dividendsOf = (race: Race): Record<string, Record<string, number>> =>
  Object.fromEntries(
    (race.finished?.pools ?? []).map(({ dividends, market }) => [
      market,
      Object.fromEntries(dividends.map(({ per100Minor, selection }) => [selection, per100Minor])),
    ]),
  );

const sample: Topic<LobbyState, LobbyEvent>["sample"] = (state, now) => {
  const { created, phase, race, stateVersion } = state;
  if (created === null || race === null) return undefined;
  const present = {
    type: "STATE_SYNC",
    lobby_id: lobbyOf(race),
    state_version: stateVersion,
    phase,
    race_id: race.raceId,
    server_time: iso(now),
  } as const;
  if (phase === "betting") {
    const { takeoutPerMille } = created.settings;
    const frame = (): Frame<"STATE_SYNC"> => ({
      ...present,
      odds: decimal(oddsOf(race, takeoutPerMille)),
      pools: race.pools,
    });
    return {
      everyMs: BETTING_SAMPLE_MS,
      frame,
      of: race,
      unchangedForMs: BETTING_UNCHANGED_MS,
    };
  }
  if (phase === "racing" && race.started !== null) {
    const tick = Math.max(0, Math.floor((now - race.started.at) / MS_PER_TICK));
    const frame = (): Frame<"STATE_SYNC"> => {
      const run = runOf(race);
      return { ...present, tick, positions: frameAt(run, tick), track_mm: run.trackLengthMm };
    };
    return { everyMs: 1000 / created.settings.syncHz, frame };
  }
  return undefined;
};

/** A race's id is its lobby's and a number. */
const lobbyOf = (race: Race): string => race.raceId.slice(0, race.raceId.lastIndexOf("-"));

export const topic: Topic<LobbyState, LobbyEvent> = {
  version: (state) => state.stateVersion,
  frames,
  history: HISTORY,
  sample,
};
