/** Who plays here: a token and what it stands for, kept by the browser until the player leaves. */
import { hasTexts, request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";

export interface Session {
  readonly token: string;
  readonly playerId: string;
  readonly lobbyId: string;
  readonly displayName: string;
  readonly expiresAt: string;
}

interface Joined {
  readonly token: string;
  readonly player_id: string;
  readonly lobby_id: string;
  readonly expires_at: string;
}

const STORAGE_KEY = "croupier.session";

/** As many as fit the header of a phone. */
export const MAX_NAME_LENGTH = 24;

export async function join(displayName: string): Promise<Answer<Session>> {
  const answer = await request("/auth/join", {
    method: "POST",
    body: { display_name: displayName },
    is: isJoined,
  });
  if (!answer.ok) return answer;
  const { token, player_id: playerId, lobby_id: lobbyId, expires_at: expiresAt } = answer.body;
  return { ok: true, body: { token, playerId, lobbyId, expiresAt, displayName } };
}

/** The kept session; null if there is none, it has expired by `nowMs`, or it cannot be read. */
export function keptSession(storage: Storage, nowMs: number): Session | null {
  const text = storage.getItem(STORAGE_KEY);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isSession(value) && Date.parse(value.expiresAt) > nowMs ? value : null;
  } catch {
    return null;
  }
}

export function keepSession(storage: Storage, session: Session): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(session));
}

export function forgetSession(storage: Storage): void {
  storage.removeItem(STORAGE_KEY);
}

function isJoined(value: unknown): value is Joined {
  return hasTexts(value, ["token", "player_id", "lobby_id", "expires_at"]);
}

function isSession(value: unknown): value is Session {
  return hasTexts(value, ["token", "playerId", "lobbyId", "displayName", "expiresAt"]);
}
