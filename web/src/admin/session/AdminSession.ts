/** The administrator's token, kept by the browser until it expires or the administrator signs out. */
import type { MeBody, TokenBody } from "../../../../rpc/http/auth.ts";
import { hasTexts, isRecord, request } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";

export interface AdminSession {
  readonly token: string;
  readonly name: string;
  readonly expiresAt: string;
}

const STORAGE_KEY = "croupier.admin";

/** Signs in with a password; who is no administrator is turned away here, before any page opens. */
export async function signIn(
  username: string,
  password: string,
): Promise<Answer<AdminSession | "notAdmin">> {
  const given = await request("/auth/login", {
    method: "POST",
    body: { username, password },
    is: isTokenBody,
  });
  if (!given.ok) return given;
  const { token, expires_at: expiresAt } = given.body;
  const me = await request("/auth/me", { token, is: isMeBody });
  if (!me.ok) return me;
  if (!me.body.roles.includes("admin")) return { ok: true, body: "notAdmin" };
  return { ok: true, body: { token, name: me.body.display_name, expiresAt } };
}

/** The kept session; null if there is none, it has expired by `nowMs`, or it cannot be read. */
export function keptAdmin(storage: Storage, nowMs: number): AdminSession | null {
  const text = storage.getItem(STORAGE_KEY);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isAdminSession(value) && Date.parse(value.expiresAt) > nowMs ? value : null;
  } catch {
    return null;
  }
}

export function keepAdmin(storage: Storage, session: AdminSession): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(session));
}

export function forgetAdmin(storage: Storage): void {
  storage.removeItem(STORAGE_KEY);
}

function isTokenBody(value: unknown): value is TokenBody {
  return hasTexts(value, ["token", "expires_at"]);
}

function isMeBody(value: unknown): value is MeBody {
  return hasTexts(value, ["display_name"]) && isRecord(value) && Array.isArray(value["roles"]);
}

function isAdminSession(value: unknown): value is AdminSession {
  return hasTexts(value, ["token", "name", "expiresAt"]);
}
