/**
 * Whether someone sits at a table here. The client says who plays; the seat adds at which lobby, and opens its table. Both
 * outlive a reload: the one in the client's storage, the other beside it.
 */
import type { Answer, Credentials, Croupier } from "../../../sdk/src/index.ts";
import type { Problem } from "../http/request.ts";
import { forgetSeat, keepSeat, keptSeat } from "../session/Session.ts";
import type { Session } from "../session/Session.ts";
import { createStore } from "./Store.ts";
import type { Store } from "./Store.ts";
import { openTable } from "./Table.ts";
import type { Table } from "./Table.ts";

export interface SeatState {
  /** Null at the door. */
  readonly table: Table | null;
  /** Why the player stands at the door again; null when there is nothing to say. */
  readonly notice: "expired" | null;
}

export type Entered =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly problem: Problem };

export interface Seat {
  readonly croupier: Croupier;
  readonly store: Store<SeatState>;
  /** As a guest, at the lobby asked for or else at the first. */
  readonly join: (displayName: string, lobbyId?: string) => Promise<Entered>;
  /** With an account, a new one or one that there is. */
  readonly enter: (
    way: "login" | "register",
    credentials: Credentials,
    lobbyId?: string,
  ) => Promise<Entered>;
  /** Moves to another lobby's table; nothing happens at the one that is open. */
  readonly sitAt: (lobbyId: string) => void;
  /** Gives up the seat, and what has had no answer. */
  readonly leave: () => void;
}

/** There is a server, but nothing to play at. */
const NO_LOBBY: Problem = { status: 404, code: "no_lobby", detail: "No table is open just now." };

/** Takes the seat that the browser remembers, if any. */
export function openSeat(croupier: Croupier, storage: Storage): Seat {
  const store = createStore<SeatState>({ table: null, notice: null });

  const sit = (session: Session): void => {
    keepSeat(storage, session);
    store.get().table?.close();
    const table = openTable(croupier, session);
    store.update(() => ({ table, notice: null }));
  };
  const firstLobby = async (): Promise<{ readonly lobbyId: string } | Problem> => {
    const answer = await croupier.get("/lobbies");
    if (!answer.ok) return answer.problem;
    const lobbyId = answer.body.lobbies[0]?.lobby_id;
    return lobbyId === undefined ? NO_LOBBY : { lobbyId };
  };

  /** A player whom the client knows, of an earlier life of the page or from another tab. */
  const seatKnown = (): void => {
    const who = croupier.session.get();
    if (who === null || store.get().table?.session.playerId === who.playerId) return;
    const { displayName, playerId } = who;
    const kept = keptSeat(storage, playerId);
    const lobbyId = kept?.lobbyId ?? who.lobbyId;
    if (lobbyId !== null) return sit({ ...kept, playerId, displayName, lobbyId });
    void firstLobby().then((found) => {
      const isStill = croupier.session.get()?.playerId === playerId && store.get().table === null;
      if (isStill && "lobbyId" in found) sit({ playerId, displayName, ...found });
    });
  };
  /** Whoever comes in by this door is seated by it. */
  let isEntering = false;
  const entered = async (
    coming: () => Promise<Answer<{ readonly playerId: string; readonly displayName: string }>>,
    seatOf: () => Omit<Session, "playerId" | "displayName">,
  ): Promise<Entered> => {
    isEntering = true;
    try {
      const answer = await coming();
      if (!answer.ok) return answer;
      const { playerId, displayName } = answer.body;
      const session = { playerId, displayName, ...seatOf() };
      sit(session);
      return { ok: true, session };
    } finally {
      isEntering = false;
    }
  };

  croupier.session.subscribe(() => {
    if (!isEntering) seatKnown();
  });
  croupier.onSessionEnd((why) => {
    store.get().table?.close();
    forgetSeat(storage);
    store.update(() => ({ table: null, notice: why === "refused" ? "expired" : null }));
  });
  seatKnown();

  return {
    croupier,
    store,
    join: (displayName, lobbyId) =>
      entered(
        () => croupier.join({ displayName, ...(lobbyId === undefined ? {} : { lobbyId }) }),
        () => ({ lobbyId: croupier.session.get()?.lobbyId ?? lobbyId ?? "" }),
      ),
    enter: async (way, credentials, asked) => {
      // First the lobby: were the account made and then no table found, the name would be taken for nothing.
      const found = asked === undefined ? await firstLobby() : { lobbyId: asked };
      if (!("lobbyId" in found)) return { ok: false, problem: found };
      const { username } = credentials;
      return entered(
        () => croupier[way](credentials),
        () => ({ ...found, username }),
      );
    },
    sitAt: (lobbyId) => {
      const { table } = store.get();
      if (table !== null && table.session.lobbyId !== lobbyId) sit({ ...table.session, lobbyId });
    },
    leave: () => void croupier.leave({ abandon: true }),
  };
}
