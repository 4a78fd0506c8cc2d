/**
 * A seat at a lobby, as the pages see it: the SDK's lobby, wallet and bets in one store, and the player's commands. What
 * the SDK leaves to its user stands here: which races' bets are shown, and what is asked about a race that was not
 * watched to its end.
 */
import type {
  Bet,
  ConnectionState,
  Croupier,
  LobbyState,
  Moment,
  Outcome,
  PlaceBetBody,
  Refusal,
  Result,
  WalletState,
} from "../../../sdk/src/index.ts";
import { readRace } from "../race/readRace.ts";
import type { SettledRace } from "../race/readRace.ts";
import type { Session } from "../session/Session.ts";
import { createStore } from "./Store.ts";
import type { Store } from "./Store.ts";

export type TableResult = Result & {
  /** By the server's rule; null until the race has been read. */
  readonly photoFinish: boolean | null;
};

export interface TableState {
  readonly connection: ConnectionState;
  readonly lobby: Omit<LobbyState, "result"> & { readonly result: TableResult | null };
  /** Null until it has been read. */
  readonly wallet: WalletState | null;
  /** Of the race in progress and the one before, newest first within each. */
  readonly bets: { readonly byRace: Readonly<Record<string, readonly Bet[]>> };
}

export interface BetRequest {
  readonly raceId: string;
  readonly market: PlaceBetBody["market"];
  readonly selection: readonly number[];
  readonly stakeMinor: number;
}

export interface Table {
  readonly session: Session;
  readonly croupier: Croupier;
  readonly store: Store<TableState>;
  /** The run of the race in progress, to be drawn. */
  readonly playout: { readonly at: (elapsedMs: number) => Moment | null };
  readonly serverNowMs: () => number;
  /** Each resolves with null when carried out, or with why not; never rejects, and waits out a lost connection. */
  readonly placeBet: (bet: BetRequest) => Promise<Refusal | null>;
  readonly cancelBet: (betId: string) => Promise<Refusal | null>;
  readonly castPower: (power: string, target: number) => Promise<Refusal | null>;
  /** Connects at once, or looks whether the connection still lives. */
  readonly wake: () => void;
  readonly close: () => void;
}

/** The client outlives the table: another lobby's table goes on with it. */
export function openTable(croupier: Croupier, session: Session): Table {
  const { lobbyId } = session;
  const lobby = croupier.lobby(lobbyId);
  const { connection, wallet } = croupier;
  const run = croupier.run(lobbyId);
  let official: (SettledRace & { readonly raceId: string }) | null = null;
  let asked: string | null = null;
  const store = createStore<TableState>({
    connection: connection.get(),
    lobby: { ...lobby.get(), result: null },
    wallet: wallet.get(),
    bets: { byRace: {} },
  });

  const withOfficial = (result: Result | null): TableResult | null => {
    if (result === null) return null;
    const { dividends, photoFinish = null } = official?.raceId === result.raceId ? official : {};
    return { ...result, dividends: dividends ?? result.dividends, photoFinish };
  };
  const showLobby = (): void => {
    const now = lobby.get();
    store.update((state) => ({ ...state, lobby: { ...now, result: withOfficial(now.result) } }));
  };
  const readOfficial = async (raceId: string): Promise<void> => {
    const race = await readRace(croupier, raceId);
    if (race === undefined) {
      asked = null;
      return;
    }
    official = { raceId, ...race };
    showLobby();
  };

  /** The bets that are followed, by race; what ends it. */
  const followed = new Map<string, () => void>();
  const followBets = (raceIds: readonly string[]): void => {
    for (const [raceId, end] of followed) {
      if (raceIds.includes(raceId)) continue;
      end();
      followed.delete(raceId);
    }
    for (const raceId of raceIds) {
      if (followed.has(raceId)) continue;
      const bets = croupier.bets(raceId);
      const show = (): void =>
        store.update((state) => {
          const known = Object.entries(state.bets.byRace).filter(([id]) => followed.has(id));
          const byRace = {
            ...Object.fromEntries(known),
            [raceId]: bets.get().bets,
          };
          return { ...state, bets: { byRace } };
        });
      followed.set(raceId, bets.subscribe(show));
      show();
    }
  };

  const follow = (): void => {
    showLobby();
    const { lobby: body, result } = lobby.get();
    if (body === null) return;
    followBets([...new Set([body.race_id, result?.raceId ?? body.race_id])]);
    if (result !== null && body.phase === "lobby" && asked !== result.raceId) {
      asked = result.raceId;
      void readOfficial(result.raceId);
    }
  };

  const ends = [
    lobby.subscribe(follow),
    wallet.subscribe(() => store.update((state) => ({ ...state, wallet: wallet.get() }))),
    connection.subscribe(() =>
      store.update((state) => ({ ...state, connection: connection.get() })),
    ),
  ];
  follow();

  return {
    session,
    croupier,
    store,
    playout: run,
    serverNowMs: croupier.serverNowMs,
    placeBet: async ({ stakeMinor, ...bet }) =>
      refusalOf(await croupier.placeBet({ lobbyId, ...bet, stake: stakeMinor })),
    cancelBet: async (betId) => refusalOf(await croupier.cancelBet(betId)),
    castPower: async (power, target) => {
      const raceId = lobby.get().lobby?.race_id ?? "";
      return refusalOf(await croupier.castPower({ lobbyId, raceId, power, target }));
    },
    wake: croupier.wake,
    close: () => {
      for (const end of [...ends, ...followed.values()]) end();
      run.close();
    },
  };
}

const refusalOf = (outcome: Outcome<unknown>): Refusal | null =>
  outcome.ok ? null : outcome.refusal;
