import type { HandSummary } from "../../rpc/hand.ts";
import type { HandSummaryBody } from "../../rpc/handBody.ts";

/** A hand in a list as the wire has it. */
export const handSummaryBody = (summary: HandSummary): HandSummaryBody => ({
  hand_id: summary.handId,
  seq: summary.seq,
  timestamp: new Date(summary.playedAt).toISOString(),
  format: summary.format,
  game_type: summary.game,
  limit: summary.limit,
  currency: summary.currency,
  stakes: summary.stakes,
  table: summary.table,
  players: summary.players,
  total_pot: summary.totalPot,
  rake: summary.rake,
  board: summary.board,
  hero: summary.hero?.player ?? null,
  hero_cards: summary.hero?.cards ?? [],
  hero_position: summary.hero?.position ?? null,
  hero_result: summary.hero?.net ?? null,
});
