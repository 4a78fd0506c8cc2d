/**
 * A lobby as its frames tell it: pure, and fed with the frames of its topic in order, each once (`Cursor.ts` sees to
 * that). So every client that has come to a version shows the same lobby, however it got there.
 */
import type { Refusal } from "../Command.ts";
import type { LobbyBody, ServerFrame } from "../wire.ts";
import { addSample, NO_RUN } from "./Run.ts";
import type { Run } from "./Run.ts";

type Frame<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;

export type Runner = LobbyBody["runners"][number];
/** Runner numbers from the first place on; a group of several is a dead heat. */
export type Order = readonly (readonly number[])[];
/** Hundredths of the stake by market and winning selection. */
export type Dividends = Frame<"RACE_SETTLED">["dividends"];

export interface Cast {
  readonly castId: string;
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
  /** Null for who came after the settlement; `GET /races/{race_id}` has them. */
  readonly dividends: Dividends | null;
  readonly runners: readonly Runner[];
  /** As far as it was watched. */
  readonly run: Run;
}

export type OddsMove = "shortened" | "drifted";

export interface LobbyState {
  /** Null until the first snapshot. */
  readonly lobby: LobbyBody | null;
  /** Why the server does not show this lobby; null when it does. */
  readonly refusal: Refusal | null;
  /** The last movement of each runner's win odds in this race. */
  readonly oddsMoves: Readonly<Record<string, OddsMove>>;
  readonly casts: readonly Cast[];
  readonly run: Run;
  /** Of the last race that ended. */
  readonly result: Result | null;
}

export const NO_LOBBY: LobbyState = {
  lobby: null,
  refusal: null,
  oddsMoves: {},
  casts: [],
  run: NO_RUN,
  result: null,
};

/** The lobby after the frame that comes next; frames that are no news give the same object back. */
export function applyLobbyFrame(state: LobbyState, frame: ServerFrame): LobbyState {
  if (frame.type === "STATE_SNAPSHOT") return applySnapshot(state, frame);
  const { lobby } = state;
  if (lobby === null) return state;
  switch (frame.type) {
    case "STATE_SYNC":
      return applySync(state, lobby, frame);
    case "RACE_STATE_CHANGED":
      return changePhase(state, lobby, frame);
    case "RUNNER_SCRATCHED":
      return {
        ...state,
        lobby: {
          ...lobby,
          state_version: frame.state_version,
          runners: lobby.runners.map((runner) =>
            runner.number === frame.runner ? { ...runner, scratched: true } : runner,
          ),
        },
      };
    case "POWER_CAST":
      return frame.state_version === undefined
        ? state
        : {
            ...state,
            lobby: { ...lobby, state_version: frame.state_version },
            casts: [...state.casts, castOf(frame)],
          };
    case "RACE_SETTLED":
      return {
        ...state,
        lobby: { ...lobby, state_version: frame.state_version, order: frame.order },
        result: {
          raceId: frame.race_id,
          order: frame.order,
          dividends: frame.dividends,
          runners: lobby.runners,
          run: state.run,
        },
      };
    default:
      return state;
  }
}

function applySnapshot(state: LobbyState, frame: Frame<"STATE_SNAPSHOT">): LobbyState {
  const { lobby } = state;
  const { type: _type, id: _id, server_time: _serverTime, ...body } = frame;
  const isSameRace = lobby !== null && lobby.race_id === body.race_id;
  const known = isSameRace ? state : NO_LOBBY;
  const isToldResult = body.order === null || state.result?.raceId === body.race_id;
  return {
    lobby: body,
    refusal: null,
    oddsMoves: isSameRace ? movesBetween(lobby.odds, body.odds, state.oddsMoves) : {},
    casts: known.casts,
    run: known.run,
    result:
      isToldResult || body.order === null
        ? state.result
        : {
            raceId: body.race_id,
            order: body.order,
            dividends: null,
            runners: body.runners,
            run: known.run,
          },
  };
}

function applySync(
  state: LobbyState,
  lobby: LobbyBody,
  { odds, pools, positions, race_id: raceId, tick, track_mm: trackMm }: Frame<"STATE_SYNC">,
): LobbyState {
  if (raceId !== lobby.race_id) return state;
  let next = state;
  if (odds !== undefined || pools !== undefined) {
    next = {
      ...next,
      lobby: { ...lobby, odds: odds ?? lobby.odds, pools: pools ?? lobby.pools },
      oddsMoves: movesBetween(lobby.odds, odds ?? lobby.odds, state.oddsMoves),
    };
  }
  if (tick !== undefined && positions !== undefined && trackMm !== undefined) {
    const run = addSample(state.run, { tick, positions }, trackMm);
    if (run !== state.run) next = { ...next, run };
  }
  return next;
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

function castOf(frame: Frame<"POWER_CAST">): Cast {
  return {
    castId: frame.cast_id,
    playerId: frame.player_id ?? null,
    power: frame.power,
    target: frame.target,
    costMinor: frame.cost,
    tick: frame.tick,
    durationTicks: frame.duration_ticks,
  };
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
