/**
 * A lobby as its frames tell it.
 *
 * The server counts a lobby's changes: a frame that reports one bears a `state_version` one higher than the last. So a
 * client can tell what it has seen (a repeat), what came early (kept until its turn) and what it has missed (a gap, to
 * be repaired by `RESUME` or a snapshot), and every client that has seen the same changes, in whatever order they
 * arrived, shows the same lobby. Everything here is pure; `Table.ts` feeds it.
 */
import type { LobbyBody, ServerFrame } from "../../../rpc/frames.ts";
import { addSample, NO_RUN } from "../race/Run.ts";
import type { Run } from "../race/Run.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;
type Change =
  | Frame<"RACE_STATE_CHANGED">
  | Frame<"RUNNER_SCRATCHED">
  | Frame<"RACE_SETTLED">
  | (Frame<"POWER_CAST"> & { readonly state_version: number });

export type Runner = LobbyBody["runners"][number];
export type Order = readonly (readonly number[])[];
export type Dividends = Frame<"RACE_SETTLED">["dividends"];

export interface Cast {
  readonly castId: string;
  /** Null where only the caster's own answer has been seen, which does not repeat who asked. */
  readonly playerId: string | null;
  readonly power: string;
  readonly target: number;
  readonly costMinor: number;
  /** From this tick of the race on, for so many ticks. */
  readonly tick: number;
  readonly durationTicks: number;
}

export interface Result {
  readonly raceId: string;
  readonly order: Order;
  /** Null when the console came after the settlement and knows the order alone. */
  readonly dividends: Dividends | null;
  /** By the server's rule; null until the race has been read. */
  readonly photoFinish: boolean | null;
  readonly runners: readonly Runner[];
  readonly run: Run;
}

export type OddsMove = "shortened" | "drifted";

export interface LobbyState {
  /** Null until the first snapshot. */
  readonly lobby: LobbyBody | null;
  /** The highest version that the server has spoken of. */
  readonly latestVersion: number;
  /** Changes that came before their turn, ascending by version. */
  readonly early: readonly Change[];
  /** After a reconnect the next snapshot counts whatever its version, for the server may have been restored. */
  readonly rebase: boolean;
  /** The last movement of each runner's win odds in this race. */
  readonly oddsMoves: Readonly<Record<string, OddsMove>>;
  readonly casts: readonly Cast[];
  readonly run: Run;
  /** Of the last race that ended. */
  readonly result: Result | null;
}

/** A gap wider than this is cheaper to repair by a snapshot than to keep the frames behind it. */
const MAX_EARLY_CHANGES = 256;

export const NO_LOBBY: LobbyState = {
  lobby: null,
  latestVersion: -1,
  early: [],
  rebase: true,
  oddsMoves: {},
  casts: [],
  run: NO_RUN,
  result: null,
};

/** The last version before a gap, to be named in `RESUME`; null when nothing is missing or there is no lobby yet. */
export function missingAfter(state: LobbyState): number | null {
  if (state.lobby === null || state.latestVersion <= state.lobby.state_version) return null;
  return state.lobby.state_version;
}

/** To be called when a connection was made anew. What came early on the old one will be sent again. */
export function reconnected(state: LobbyState): LobbyState {
  return {
    ...state,
    rebase: true,
    early: [],
    latestVersion: state.lobby?.state_version ?? -1,
  };
}

/** The lobby after a frame; frames that are no news, or not about a lobby, give the same object back. */
export function applyFrame(state: LobbyState, frame: ServerFrame): LobbyState {
  switch (frame.type) {
    case "STATE_SNAPSHOT":
      return applySnapshot(state, frame);
    case "STATE_SYNC":
      return applySync(state, frame);
    case "RACE_STATE_CHANGED":
    case "RUNNER_SCRATCHED":
    case "RACE_SETTLED":
      return applyChange(state, frame);
    case "POWER_CAST":
      return frame.state_version === undefined
        ? withCast(state, frame)
        : applyChange(state, { ...frame, state_version: frame.state_version });
    default:
      return state;
  }
}

/** With what `GET /races/{id}` tells of a result; the lobby may have gone on to another meanwhile. */
export function withOfficialResult(
  state: LobbyState,
  raceId: string,
  official: Pick<Result, "dividends" | "photoFinish">,
): LobbyState {
  return state.result?.raceId === raceId
    ? { ...state, result: { ...state.result, ...official } }
    : state;
}

function applySnapshot(state: LobbyState, frame: Frame<"STATE_SNAPSHOT">): LobbyState {
  const { lobby } = state;
  const sameLobby = lobby !== null && lobby.lobby_id === frame.lobby_id;
  if (sameLobby && !state.rebase && frame.state_version < lobby.state_version) return state;
  const { type: _type, id: _id, server_time: _serverTime, ...body } = frame;
  const sameRace = sameLobby && lobby.race_id === body.race_id;
  const known = sameRace ? state : NO_LOBBY;
  const result: Result | null =
    body.order === null || (sameLobby && state.result?.raceId === body.race_id)
      ? state.result
      : {
          raceId: body.race_id,
          order: body.order,
          dividends: null,
          photoFinish: null,
          runners: body.runners,
          run: known.run,
        };
  const early = sameLobby || lobby === null ? state.early : [];
  // What an earlier connection spoke of does not count on a new one; what came early on this one does.
  const spokenOf =
    sameLobby && !state.rebase ? state.latestVersion : (early.at(-1)?.state_version ?? -1);
  return releaseEarly({
    lobby: body,
    latestVersion: Math.max(body.state_version, spokenOf),
    early,
    rebase: false,
    oddsMoves: sameRace ? movesBetween(lobby.odds, body.odds, state.oddsMoves) : {},
    casts: known.casts,
    run: known.run,
    result,
  });
}

function applySync(state: LobbyState, frame: Frame<"STATE_SYNC">): LobbyState {
  const { lobby } = state;
  if (lobby === null || frame.lobby_id !== lobby.lobby_id) return state;
  if (frame.state_version > lobby.state_version) {
    return frame.state_version > state.latestVersion
      ? { ...state, latestVersion: frame.state_version }
      : state;
  }
  if (frame.state_version < lobby.state_version || frame.race_id !== lobby.race_id) return state;
  const { odds, pools, tick, positions, track_mm: trackMm } = frame;
  let next = state;
  if (odds !== undefined || pools !== undefined) {
    next = {
      ...next,
      lobby: { ...lobby, odds: odds ?? lobby.odds, pools: pools ?? lobby.pools },
      oddsMoves: movesBetween(lobby.odds, odds ?? lobby.odds, state.oddsMoves),
    };
  }
  if (tick !== undefined && positions !== undefined && trackMm !== undefined) {
    next = { ...next, run: addSample(state.run, { tick, positions }, trackMm) };
  }
  return next;
}

function applyChange(state: LobbyState, change: Change): LobbyState {
  const { lobby } = state;
  if (lobby === null) return keepEarly(state, change);
  if (change.lobby_id !== lobby.lobby_id || change.state_version <= lobby.state_version) {
    return state;
  }
  if (change.state_version > lobby.state_version + 1) return keepEarly(state, change);
  return releaseEarly(evolve(state, lobby, change));
}

function keepEarly(state: LobbyState, change: Change): LobbyState {
  if (state.early.some((kept) => kept.state_version === change.state_version)) return state;
  const early = [...state.early, change].toSorted((a, b) => a.state_version - b.state_version);
  return {
    ...state,
    early: early.slice(0, MAX_EARLY_CHANGES),
    latestVersion: Math.max(state.latestVersion, change.state_version),
  };
}

function releaseEarly(state: LobbyState): LobbyState {
  let next = state;
  let change = next.early[0];
  while (change !== undefined && next.lobby !== null) {
    if (change.state_version > next.lobby.state_version + 1) break;
    const released: LobbyState = { ...next, early: next.early.slice(1) };
    next =
      change.state_version <= next.lobby.state_version || change.lobby_id !== next.lobby.lobby_id
        ? released
        : evolve(released, next.lobby, change);
    change = next.early[0];
  }
  return next;
}

/** The state after the change that comes next. */
function evolve(state: LobbyState, lobby: LobbyBody, change: Change): LobbyState {
  const counted: LobbyState = {
    ...state,
    lobby: { ...lobby, state_version: change.state_version },
    latestVersion: Math.max(state.latestVersion, change.state_version),
  };
  switch (change.type) {
    case "RACE_STATE_CHANGED":
      return changePhase(counted, lobby, change);
    case "RUNNER_SCRATCHED":
      return {
        ...counted,
        lobby: {
          ...lobby,
          state_version: change.state_version,
          runners: lobby.runners.map((runner) =>
            runner.number === change.runner ? { ...runner, scratched: true } : runner,
          ),
        },
      };
    case "POWER_CAST":
      return withCast(counted, change);
    case "RACE_SETTLED":
      return {
        ...counted,
        lobby: { ...lobby, state_version: change.state_version, order: change.order },
        result: {
          raceId: change.race_id,
          order: change.order,
          dividends: change.dividends,
          photoFinish: null,
          runners: lobby.runners,
          run: state.run,
        },
      };
  }
}

function changePhase(
  state: LobbyState,
  lobby: LobbyBody,
  change: Frame<"RACE_STATE_CHANGED">,
): LobbyState {
  const isNewRace = change.race_id !== lobby.race_id;
  const next: LobbyBody = {
    ...lobby,
    state_version: change.state_version,
    phase: change.phase,
    phase_ends_at: change.phase_ends_at,
    race_id: change.race_id,
    commitment: change.commitment ?? (isNewRace ? "" : lobby.commitment),
    runners: change.runners ?? (isNewRace ? unscratched(lobby.runners) : lobby.runners),
    odds: isNewRace ? {} : lobby.odds,
    pools: isNewRace ? {} : lobby.pools,
    order: isNewRace ? null : lobby.order,
  };
  return isNewRace
    ? { ...state, lobby: next, oddsMoves: {}, casts: [], run: NO_RUN }
    : { ...state, lobby: next };
}

function withCast(state: LobbyState, frame: Frame<"POWER_CAST">): LobbyState {
  if (state.lobby?.race_id !== frame.race_id) return state;
  const cast: Cast = {
    castId: frame.cast_id,
    playerId: frame.player_id ?? null,
    power: frame.power,
    target: frame.target,
    costMinor: frame.cost,
    tick: frame.tick,
    durationTicks: frame.duration_ticks,
  };
  const known = state.casts.find(({ castId }) => castId === cast.castId);
  if (known === undefined) return { ...state, casts: [...state.casts, cast] };
  if (known.playerId !== null || cast.playerId === null) return state;
  return { ...state, casts: state.casts.map((other) => (other === known ? cast : other)) };
}

function unscratched(runners: readonly Runner[]): readonly Runner[] {
  return runners.map((runner) => (runner.scratched ? { ...runner, scratched: false } : runner));
}

function movesBetween(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  moves: Readonly<Record<string, OddsMove>>,
): Readonly<Record<string, OddsMove>> {
  const changed = Object.entries(after).flatMap(([number, odds]): [string, OddsMove][] => {
    const was = before[number];
    if (was === undefined || Number(was) === Number(odds)) return [];
    return [[number, Number(odds) < Number(was) ? "shortened" : "drifted"]];
  });
  return changed.length === 0 ? moves : { ...moves, ...Object.fromEntries(changed) };
}
