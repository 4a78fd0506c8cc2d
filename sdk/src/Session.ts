/**
 * Who plays here: a token and what it stands for, kept in the storage until the player leaves. A token lives for a while;
 * when half of that is over it is exchanged for a new one, and the player never notices. Only the server says that a
 * token is no longer good: the local clock may be wrong.
 */
import { objectIn } from "./Keep.ts";
import type { Keep } from "./Keep.ts";
import { createListeners } from "./Listeners.ts";
import { createCell } from "./Readable.ts";
import type { Readable } from "./Readable.ts";
import type { Answer, Rest } from "./Rest.ts";
import { MAX_TIMER_MS } from "./Timers.ts";
import type { Timers } from "./Timers.ts";

export interface Session {
  readonly token: string;
  readonly playerId: string;
  readonly displayName: string;
  /** The lobby that was joined; null for an account with a password. */
  readonly lobbyId: string | null;
  /** Where the player's WebSocket is nearest to its wallet; null when the server has not said. */
  readonly wsUrl: string | null;
  /** ISO-8601, by the server's clock. */
  readonly expiresAt: string;
  /** ISO-8601, by the server's clock as far as it was known. */
  readonly obtainedAt: string;
}

/** Why there is no session any more: the player left, the server refused the token, or another tab or process left. */
export type SessionEnd = "left" | "refused" | "elsewhere";

export interface Sessions {
  readonly session: Readable<Session | null>;
  readonly onEnd: (listener: (why: SessionEnd) => void) => () => void;
  readonly join: (who: {
    readonly displayName: string;
    readonly lobbyId?: string;
  }) => Promise<Answer<Session>>;
  readonly register: (credentials: Credentials) => Promise<Answer<Session>>;
  readonly login: (credentials: Credentials) => Promise<Answer<Session>>;
  /** Exchanges the token now. `refused`: the server does not know it, and the session is over. */
  readonly refresh: () => Promise<"refreshed" | "refused" | "failed">;
  /** The same, and ends every other token of the account: whoever plays with one elsewhere is out within a second. */
  readonly refreshAlone: Sessions["refresh"];
  readonly end: (why: SessionEnd) => void;
  /** Looks whether a token is due to be exchanged; timers stand still while a computer sleeps. */
  readonly wake: () => void;
  /** The storage was changed by another tab or process. */
  readonly reread: () => void;
  readonly close: () => void;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface SessionOptions {
  readonly keep: Keep;
  readonly key: string;
  readonly rest: Rest;
  readonly timers: Timers;
  readonly serverNowMs: () => number;
  readonly onError: (error: unknown) => void;
}

interface Granted {
  readonly token: string;
  readonly player_id: string;
  readonly expires_at: string;
  readonly ws_url?: string;
  readonly lobby_id?: string;
}

/** Between two exchanges of a token at least, and between two attempts while the server cannot be asked. */
const REFRESH_AGAIN_MS = 30_000;
const UNAUTHORIZED = 401;
const REFRESH = "/auth/refresh";
type Exchange = typeof REFRESH | "/auth/logout_everywhere";

export function createSessions(options: SessionOptions): Sessions {
  const { keep, key, onError, rest, serverNowMs, timers } = options;
  const cell = createCell<Session | null>(readSession(keep.get(key)), { onError });
  const ends = createListeners<SessionEnd>(onError);
  let cancelTimer = (): void => undefined;
  let refreshing: ReturnType<Sessions["refresh"]> | null = null;

  const schedule = (minMs = 0): void => {
    cancelTimer();
    const session = cell.get();
    if (session === null) return;
    const waitMs = halfLifeMs(session) - serverNowMs();
    // A date that cannot be read is not waited for: the server's next refusal ends the session.
    if (!Number.isNaN(waitMs)) wait(Math.max(minMs, Math.min(waitMs, MAX_TIMER_MS)));
  };
  const wait = (ms: number): void => {
    cancelTimer();
    cancelTimer = timers.after(ms, wake);
  };
  const wake = (): void => {
    const session = cell.get();
    if (session === null) return;
    if (serverNowMs() < halfLifeMs(session)) return schedule();
    void refresh().then((result) => {
      if (result === "failed") wait(REFRESH_AGAIN_MS);
    });
  };

  const take = (session: Session): void => {
    keep.set(key, JSON.stringify(session));
    cell.set(session);
    // To a clock that is far ahead even a new token looks old.
    schedule(REFRESH_AGAIN_MS);
  };
  const end = (why: SessionEnd): void => {
    if (cell.get() === null) return;
    // In another tab someone may have come meanwhile.
    if (readSession(keep.get(key))?.token === cell.get()?.token) keep.remove(key);
    cell.set(null);
    cancelTimer();
    ends.tell(why);
  };

  const sessionOf = (granted: Granted, displayName: string): Session => ({
    token: granted.token,
    playerId: granted.player_id,
    displayName,
    lobbyId: granted.lobby_id ?? null,
    wsUrl: granted.ws_url ?? null,
    expiresAt: granted.expires_at,
    obtainedAt: new Date(serverNowMs()).toISOString(),
  });
  const begin = async (
    granted: Promise<Answer<Granted>>,
    displayName: string,
  ): Promise<Answer<Session>> => {
    const answer = await granted;
    if (!answer.ok) return answer;
    const session = sessionOf(answer.body, displayName);
    take(session);
    return { ...answer, body: session };
  };

  const exchange = async (path: Exchange): ReturnType<Sessions["refresh"]> => {
    const before = cell.get();
    if (before === null) return "refused";
    const answer = await rest.post(path);
    const now = cell.get();
    // Meanwhile the player left, or another tab was faster.
    if (now === null) return "refused";
    // After the other exchange only its own token is good.
    if (now.token !== before.token && !(answer.ok && path !== REFRESH)) return "refreshed";
    if (answer.ok) {
      const granted: Granted = answer.body;
      take({ ...sessionOf(granted, now.displayName), lobbyId: granted.lobby_id ?? now.lobbyId });
      return "refreshed";
    }
    if (answer.problem.status !== UNAUTHORIZED) return "failed";
    end("refused");
    return "refused";
  };
  const refresh = (path: Exchange = REFRESH): ReturnType<Sessions["refresh"]> => {
    refreshing ??= exchange(path).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  schedule();
  return {
    session: cell,
    onEnd: ends.add,
    join: ({ displayName, lobbyId }) => {
      const body = { display_name: displayName, lobby_id: lobbyId };
      return begin(rest.post("/auth/join", { body }), displayName);
    },
    register: (credentials) =>
      begin(rest.post("/auth/register", { body: credentials }), credentials.username),
    login: (credentials) =>
      begin(rest.post("/auth/login", { body: credentials }), credentials.username),
    refresh: () => refresh(),
    refreshAlone: async () => {
      await refreshing;
      // The server closes the connection meanwhile: who asks why waits for the new token.
      return refresh("/auth/logout_everywhere");
    },
    end,
    wake,
    reread: () => {
      const stored = readSession(keep.get(key));
      if (stored?.token === cell.get()?.token) return;
      if (stored === null) return end("elsewhere");
      cell.set(stored);
      schedule();
    },
    close: () => cancelTimer(),
  };
}

function halfLifeMs({ expiresAt, obtainedAt }: Session): number {
  return (Date.parse(expiresAt) + Date.parse(obtainedAt)) / 2;
}

/** A kept session; null when there is none that can be read. */
function readSession(text: string | null): Session | null {
  const { token, playerId, displayName, lobbyId, wsUrl, expiresAt, obtainedAt } = objectIn(text);
  if (!isText(token) || !isText(playerId) || !isText(expiresAt)) return null;
  return {
    token,
    playerId,
    expiresAt,
    displayName: isText(displayName) ? displayName : "",
    lobbyId: isText(lobbyId) ? lobbyId : null,
    wsUrl: isText(wsUrl) ? wsUrl : null,
    obtainedAt: isText(obtainedAt) ? obtainedAt : new Date(0).toISOString(),
  };
}

const isText = (value: unknown): value is string => typeof value === "string";
