/**
 * What entering a tournament costs, in every shape the client has written it: `1.84€ + 0.16€`, `0,45€ + 0,45€ + 0,10€`
 * (prize, bounty, fee), `9 + 1`, `0.92-0.08`, `Free`, `Gratuit`, `Ticket only`, `Ticket`.
 */
import type { HandTournament } from "../../../rpc/hand.ts";
import { LineCursor, NONE } from "./LineCursor.ts";

export type BuyIn = (typeof HandTournament.Type)["buyIn"];

const FREE: ReadonlySet<string> = new Set([
  "Free",
  "Freeroll",
  "Gratuit",
  "Ticket",
  "Ticket only",
  "Ticket uniquement",
]);

/** `undefined` for a text that is none of the shapes. */
export function parseBuyIn(text: string): BuyIn | undefined {
  if (FREE.has(text)) return { prize: 0, bounty: 0, fee: 0, ticket: true };
  const cursor = new LineCursor();
  cursor.reset(text);
  const parts: Array<number> = [];
  do {
    const amount = cursor.amount();
    if (amount === NONE) return undefined;
    parts.push(amount);
  } while (cursor.take(" + ") || cursor.take(" - ") || cursor.take("-") || cursor.take("+"));
  if (!cursor.ended || parts.length > 3) return undefined;
  const prize = parts[0]!;
  const bounty = parts.length === 3 ? parts[1]! : 0;
  const fee = parts.length > 1 ? parts.at(-1)! : 0;
  return { prize, bounty, fee, ticket: prize + bounty + fee === 0 };
}
