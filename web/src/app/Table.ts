/**
 * A seat at a lobby: the connection, the state that its frames fold into, and the player's commands. All the console's
 * coming and going passes here; components only show the state and call the commands.
 */
import type { Market } from "../../../rpc/lobby.ts";
import type { ServerFrame } from "../../../rpc/frames.ts";
import {
  NO_BETS,
  applyBetsFrame,
  applyBetsReading,
  hasOpenBets,
  keepRaces,
} from "../bets/BetsState.ts";
import type { BetsState } from "../bets/BetsState.ts";
import { readBets } from "../bets/readBets.ts";
import { openConnection } from "../connection/Connection.ts";
import type { Connection, ConnectionState } from "../connection/Connection.ts";
import { createOutbox } from "../connection/Outbox.ts";
import type { Refusal } from "../connection/Outbox.ts";
import type { Command } from "../connection/frame.ts";
import { openSocket } from "../connection/openSocket.ts";
import { UNSET_CLOCK, applyServerTime, serverNowMs } from "../connection/ServerClock.ts";
import type { ServerClock } from "../connection/ServerClock.ts";
import {
  NO_LOBBY,
  applyFrame,
  missingAfter,
  reconnected,
  withOfficialResult,
} from "../lobby/LobbyState.ts";
import type { LobbyState } from "../lobby/LobbyState.ts";
import { readRace } from "../race/readRace.ts";
import { createPlayout } from "../race/Playout.ts";
import type { Playout } from "../race/Playout.ts";
import type { Session } from "../session/Session.ts";
import { applyWalletFrame, applyWalletReading } from "../wallet/WalletState.ts";
import type { WalletState } from "../wallet/WalletState.ts";
import { readWallet } from "../wallet/readWallet.ts";
import { createStore } from "./Store.ts";
import type { Store } from "./Store.ts";

export interface TableState {
  readonly connection: ConnectionState;
  readonly clock: ServerClock;
  readonly lobby: LobbyState;
  /** Null until it has been read. */
  readonly wallet: WalletState | null;
  readonly bets: BetsState;
}

export interface BetRequest {
  readonly raceId: string;
  readonly market: Market;
  readonly selection: readonly number[];
  readonly stakeMinor: number;
}

export interface Table {
  readonly session: Session;
  readonly store: Store<TableState>;
  /** The run of the race in progress, to be drawn. */
  readonly playout: Playout;
  /** Each resolves with null when carried out, or with why not; never rejects, and waits out a lost connection. */
  readonly placeBet: (bet: BetRequest) => Promise<Refusal | null>;
  readonly cancelBet: (betId: string) => Promise<Refusal | null>;
  readonly castPower: (power: string, target: number) => Promise<Refusal | null>;
  /** Connects at once, or looks whether the connection still lives. */
  readonly wake: () => void;
  readonly close: () => void;
}

/** Missed changes that have not come by then are asked for as a snapshot. */
const RESUME_TIMEOUT_MS = 2_000;

const after = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** `onRefused` is called when the server does not know the token (any more). */
export function openTable(session: Session, onRefused: () => void): Table {
  const topic = `lobby:${session.lobbyId}`;
  const playout = createPlayout();
  const store = createStore<TableState>({
    connection: { kind: "connecting" },
    clock: UNSET_CLOCK,
    lobby: NO_LOBBY,
    wallet: null,
    bets: NO_BETS,
  });
  let cancelResume: (() => void) | null = null;

  const outbox = createOutbox({ makeKey, send: (frame) => connection.send(frame), after });

  const refreshWallet = async (): Promise<void> => {
    const answer = await readWallet(session.token);
    if (answer.ok) {
      store.update((state) => ({
        ...state,
        wallet: applyWalletReading(state.wallet, answer.body),
      }));
    } else if (answer.problem.status === 401) onRefused();
  };

  const refreshBets = async (raceId: string): Promise<void> => {
    const rows = await readBets(session.token, raceId);
    if (rows === undefined) return;
    store.update((state) => ({ ...state, bets: applyBetsReading(state.bets, raceId, rows) }));
  };

  const refreshResult = async (raceId: string): Promise<void> => {
    const official = await readRace(raceId);
    if (official === undefined) return;
    store.update((state) => ({
      ...state,
      lobby: withOfficialResult(state.lobby, raceId, official),
    }));
  };

  const resume = (afterVersion: number): void => {
    connection.send({ type: "RESUME", topic, after_version: afterVersion });
    cancelResume?.();
    cancelResume = after(RESUME_TIMEOUT_MS, () => {
      cancelResume = null;
      if (missingAfter(store.get().lobby) !== null) connection.send({ type: "GET_STATE_SNAPSHOT" });
    });
  };

  /** What a change of the lobby calls for, beside showing it. */
  const follow = (frame: ServerFrame, before: TableState, now: TableState): void => {
    const race = now.lobby.lobby?.race_id;
    if (race !== undefined && race !== before.lobby.lobby?.race_id) {
      playout.reset();
      // A cast does not name its race, so one that was never answered must not be asked for again in the next.
      outbox.abandon((command) => command.type === "CAST_POWER");
      const previous = now.lobby.result?.raceId;
      store.update((state) => ({
        ...state,
        bets: keepRaces(state.bets, previous === undefined ? [race] : [race, previous]),
      }));
      void refreshBets(race);
    }
    const sample = now.lobby.run.last;
    if (sample !== null && sample !== before.lobby.run.last) playout.add(sample, performance.now());
    const settled = now.lobby.result?.raceId;
    if (
      settled !== undefined &&
      now.lobby.lobby?.phase === "lobby" &&
      (before.lobby.lobby?.phase !== "lobby" || before.lobby.result?.raceId !== settled)
    ) {
      void refreshResult(settled);
    }
    const mayHaveBeenPaid =
      frame.type === "RACE_SETTLED" ||
      frame.type === "WALLET_UPDATED" ||
      frame.type === "RACE_STATE_CHANGED";
    if (mayHaveBeenPaid && settled !== undefined && hasOpenBets(now.bets, settled)) {
      void refreshBets(settled);
    }
    const missing = missingAfter(now.lobby);
    if (missing === null) {
      cancelResume?.();
      cancelResume = null;
    } else if (cancelResume === null) resume(missing);
  };

  const receive = (frame: ServerFrame): void => {
    const before = store.get();
    const nowMs = Date.now();
    store.update((state) => {
      const next: TableState = {
        connection: state.connection,
        clock:
          "server_time" in frame
            ? applyServerTime(state.clock, {
                serverTime: frame.server_time,
                nowMs,
                isFirst: frame.type === "CONNECTION_ACK",
              })
            : state.clock,
        lobby: applyFrame(state.lobby, frame),
        wallet: applyWalletFrame(state.wallet, frame, session.playerId),
        bets: applyBetsFrame(state.bets, frame),
      };
      return isUnchanged(state, next) ? state : next;
    });
    outbox.receive(frame);
    follow(frame, before, store.get());
  };

  const greet = (): void => {
    store.update((state) => ({ ...state, lobby: reconnected(state.lobby) }));
    const { lobby, clock } = store.get();
    if (lobby.lobby === null) connection.send({ type: "GET_STATE_SNAPSHOT" });
    else {
      connection.send({ type: "RESUME", topic, after_version: lobby.lobby.state_version });
      void refreshBets(lobby.lobby.race_id);
    }
    const endsAt = lobby.lobby?.phase_ends_at ?? null;
    const isRaceOver =
      lobby.lobby?.phase !== "racing" ||
      (endsAt !== null && serverNowMs(clock, Date.now()) >= Date.parse(endsAt));
    if (isRaceOver) outbox.abandon((command) => command.type === "CAST_POWER");
    outbox.sendAll();
    void refreshWallet();
  };

  const connection: Connection = openConnection({
    open: (events) => openSocket(session.token, events),
    after,
    random: Math.random,
    onFrame: receive,
    onState: (state) => {
      store.update((table) => ({ ...table, connection: state }));
      if (state.kind === "online") greet();
      if (state.kind === "refused") onRefused();
    },
  });

  const submit = async (command: Command): Promise<Refusal | null> => {
    const outcome = await outbox.submit(command);
    return outcome.ok ? null : outcome.refusal;
  };

  return {
    session,
    store,
    playout,
    placeBet: ({ raceId, market, selection, stakeMinor }) =>
      submit({
        type: "PLACE_BET",
        lobby_id: session.lobbyId,
        race_id: raceId,
        market,
        selection,
        stake: stakeMinor,
      }),
    cancelBet: (betId) => submit({ type: "CANCEL_BET", bet_id: betId }),
    castPower: (power, target) =>
      submit({ type: "CAST_POWER", lobby_id: session.lobbyId, power, target }),
    wake: () => connection.wake(),
    close: () => {
      cancelResume?.();
      outbox.close();
      connection.close();
    },
  };
}

function isUnchanged(before: TableState, after: TableState): boolean {
  return (
    before.clock === after.clock &&
    before.lobby === after.lobby &&
    before.wallet === after.wallet &&
    before.bets === after.bets
  );
}

/** A random UUID. Browsers keep `randomUUID` from pages that came over plain HTTP from another host. */
function makeKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
