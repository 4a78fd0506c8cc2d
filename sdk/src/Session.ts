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
import type { TokenBody } from "./wire.ts";

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
  readonly refresh: () => Promise<Refreshed>;
  /** The same, and ends every other token of the account: whoever plays with one elsewhere is out within a second. */
  readonly refreshAlone: Sessions["refresh"];
  /** The same, and gives the account another password. Refused for what was given (`bad_credentials`, …), nothing ends. */
  readonly changePassword: (change: PasswordChange) => Promise<Answer<TokenBody>>;
  /** Whether it was this client that had the token ended, for another one of its own. */
  readonly hasEnded: (token: string | undefined) => boolean;
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

export interface PasswordChange {
  /** The one that is good now. */
  readonly password: string;
  /** 8 to 128 characters. */
  readonly newPassword: string;
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
/** Of a password, not of the token. */
const BAD_CREDENTIALS = "bad_credentials";
type Refreshed = "refreshed" | "refused" | "failed";

export function createSessions(options: SessionOptions): Sessions {
  const { keep, key, onError, rest, serverNowMs, timers } = options;
  const cell = createCell<Session | null>(readSession(keep.get(key)), { onError });
  const ends = createListeners<SessionEnd>(onError);
  let cancelTimer = (): void => undefined;
  let refreshing: Promise<Refreshed> | null = null;
  let endedToken: string | undefined;

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

  /** Puts the token that is asked for in the place of the one there is; `isOnly`: no other one is good then. */
  const exchange = async (
    ask: () => Promise<Answer<Granted>>,
    isOnly: boolean,
  ): Promise<Refreshed> => {
    const before = cell.get();
    if (before === null) return "refused";
    const answer = await ask();
    const now = cell.get();
    // Meanwhile the player left, or another tab was faster.
    if (now?.playerId !== before.playerId) return "refused";
    if (now.token !== before.token && !(answer.ok && isOnly)) return "refreshed";
    if (answer.ok) {
      const granted = answer.body;
      if (isOnly) endedToken = before.token;
      take({ ...sessionOf(granted, now.displayName), lobbyId: granted.lobby_id ?? now.lobbyId });
      return "refreshed";
    }
    const { code, status } = answer.problem;
    if (status !== UNAUTHORIZED || code === BAD_CREDENTIALS) return "failed";
    end("refused");
    return "refused";
  };
  const exchanging = (...how: Parameters<typeof exchange>): Promise<Refreshed> => {
    refreshing = exchange(...how).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  const refresh = (): Promise<Refreshed> =>
    refreshing ?? exchanging(() => rest.post("/auth/refresh"), false);
  /**
   * When no other exchange is going on. The server closes the connection meanwhile, and whoever asks why is given this
   * exchange to wait for.
   */
  const exchangeAlone = async (ask: () => Promise<Answer<Granted>>): Promise<Refreshed> => {
    while (refreshing !== null) await refreshing;
    return exchanging(ask, true);
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
    refresh,
    refreshAlone: () => exchangeAlone(() => rest.post("/auth/logout_everywhere")),
    changePassword: async ({ password, newPassword }) => {
      const body = { password, new_password: newPassword };
      let asked: Promise<Answer<TokenBody>> | undefined;
      const ask = () => (asked ??= rest.post("/auth/password", { body }));
      await exchangeAlone(ask);
      // Without a session nothing has been asked, and the server says so.
      return ask();
    },
    hasEnded: (token) => token !== undefined && token === endedToken,
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
