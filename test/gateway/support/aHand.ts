/** A hand in a list, as the store gives it. */
import type { HandSummary } from "../../../rpc/hand.ts";

export const aHand = (seq: number, over: Partial<HandSummary> = {}): HandSummary => ({
  seq,
  handId: `winamax:${seq}-1-1`,
  playedAt: 1_700_000_000_000 + seq,
  format: "cash",
  game: "holdem",
  limit: "no_limit",
  currency: "EUR",
  stakes: "0.02/0.05",
  table: "Nice 03",
  players: 6,
  totalPot: 120,
  rake: 6,
  board: ["As", "Kd", "7c"],
  hero: { player: "Kai  Greene", cards: ["Ah", "Ad"], position: "BTN", net: 57 },
  ...over,
});
