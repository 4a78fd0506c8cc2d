/**
 * What was last known, for when nobody answers. A page reads it only after its question has failed, and shows it with
 * its age: it is never an answer. Money, tickets, lists and the raffle that was looked at last are kept, no tokens, and what is
 * one player's goes when the seat is given up.
 */
import { isRecord } from "../http/request.ts";

export interface Known<Body> {
  /** When the server said so, in epoch milliseconds by this device's clock. */
  readonly atMs: number;
  readonly body: Body;
}

const PREFIX = "croupier.known.";

/** Keeps `body` under a name; `playerId` marks it as one player's own. */
export function keepKnown(
  storage: Storage,
  name: string,
  body: unknown,
  { nowMs, playerId }: { readonly nowMs: number; readonly playerId?: string },
): void {
  try {
    storage.setItem(keyOf(name, playerId), JSON.stringify({ atMs: nowMs, body }));
  } catch {
    // A full or forbidden storage: then nothing will be known, which every reader is prepared for.
    storage.removeItem(keyOf(name, playerId));
  }
}

/** What was kept, if it still has the shape that `is` checks; null otherwise. */
export function lastKnown<Body>(
  storage: Storage,
  name: string,
  is: (body: unknown) => body is Body,
  playerId?: string,
): Known<Body> | null {
  const text = storage.getItem(keyOf(name, playerId));
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value["atMs"] !== "number" || !is(value["body"])) return null;
    return { atMs: value["atMs"], body: value["body"] };
  } catch {
    return null;
  }
}

/** Forgets what was any player's own. */
export function forgetKnown(storage: Storage): void {
  for (const key of Object.keys(storage)) {
    if (key.startsWith(`${PREFIX}of.`)) storage.removeItem(key);
  }
}

function keyOf(name: string, playerId: string | undefined): string {
  return playerId === undefined ? `${PREFIX}${name}` : `${PREFIX}of.${playerId}.${name}`;
}
