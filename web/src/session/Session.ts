/**
 * Who sits where. The client (`sdk/`) knows the player and keeps the token; the console keeps beside it, in an entry of
 * its own, at which lobby the seat is and whether one can sign in again.
 */
import { hasTexts, isRecord } from "../http/request.ts";

export interface Session {
  readonly playerId: string;
  readonly displayName: string;
  readonly lobbyId: string;
  /** Of who can sign in again; a guest has none. */
  readonly username?: string;
}

/** What the console remembers of a player's seat. */
export type KeptSeat = Pick<Session, "playerId" | "lobbyId" | "username">;

const SEAT_KEY = "croupier.seat";

/** As many as fit the header of a phone. */
export const MAX_NAME_LENGTH = 24;

export const isGuest = (session: Session): boolean => session.username === undefined;

/** Where the player sat last in this browser; null when that is not known. */
export function keptSeat(storage: Storage, playerId: string): KeptSeat | null {
  const seat = read(storage);
  return isSeat(seat) && seat.playerId === playerId ? seat : null;
}

export function keepSeat(storage: Storage, { playerId, lobbyId, username }: KeptSeat): void {
  storage.setItem(SEAT_KEY, JSON.stringify({ playerId, lobbyId, username }));
}

export function forgetSeat(storage: Storage): void {
  storage.removeItem(SEAT_KEY);
}

function read(storage: Storage): unknown {
  try {
    return JSON.parse(storage.getItem(SEAT_KEY) ?? "null");
  } catch {
    return null;
  }
}

function isSeat(value: unknown): value is KeptSeat {
  return (
    hasTexts(value, ["playerId", "lobbyId"]) &&
    isRecord(value) &&
    (value["username"] === undefined || typeof value["username"] === "string")
  );
}
