/** A hand in a list: made of the hand when it is stored, and of its row when it is read. */
import { Schema } from "effect";
import { type Hand, HandSummary } from "../../../rpc/hand.ts";
import { formatStakes } from "../winamax/stakes.ts";
import type { ParsedHand } from "./ParsedHand.ts";

export const summaryOf = ({ hand, players }: ParsedHand, seq: number): HandSummary => ({
  seq,
  handId: hand.handId,
  playedAt: hand.playedAt,
  format: hand.format,
  game: hand.game,
  limit: hand.limit,
  currency: hand.currency,
  stakes: formatStakes(hand),
  table: hand.table.name,
  players: hand.results.length,
  totalPot: hand.totalPot,
  rake: hand.rake,
  board: hand.board,
  hero: heroOf(hand, players),
});

const heroOf = (
  { hero, heroCards, results }: Hand,
  players: ParsedHand["players"],
): HandSummary["hero"] => {
  const result = results.find(({ player }) => player === hero);
  if (hero === null || result === undefined) return null;
  const position = players.find(({ player }) => player === hero)?.position ?? null;
  return { player: hero, cards: heroCards, position, net: result.net };
};

const CARD = /../g;
const cardsOf = (text: string): ReadonlyArray<string> => text.match(CARD) ?? [];

/** What `summaryFrom` reads of `hand`, which has to be `h`. */
export const SUMMARY_COLUMNS = `h.seq, h.hand_id, h.played_at, h.format, h.game, h.limit_kind, h.currency, h.stakes,
  h.table_name, h.players, h.total_pot, h.rake, h.board, h.hero, h.hero_cards, h.hero_position, h.hero_net`;

/** bigint comes as text. */
export interface SummaryRow {
  readonly seq: string;
  readonly hand_id: string;
  readonly played_at: string;
  readonly format: string;
  readonly game: string;
  readonly limit_kind: string;
  readonly currency: string;
  readonly stakes: string;
  readonly table_name: string;
  readonly players: number;
  readonly total_pot: string;
  readonly rake: string;
  readonly board: string;
  readonly hero: string | null;
  readonly hero_cards: string;
  readonly hero_position: string | null;
  readonly hero_net: string | null;
}

const decode = Schema.decodeUnknownSync(HandSummary);

export const summaryFrom = (row: SummaryRow): HandSummary =>
  decode({
    seq: Number(row.seq),
    handId: row.hand_id,
    playedAt: Number(row.played_at),
    format: row.format,
    game: row.game,
    limit: row.limit_kind,
    currency: row.currency,
    stakes: row.stakes,
    table: row.table_name,
    players: row.players,
    totalPot: Number(row.total_pot),
    rake: Number(row.rake),
    board: cardsOf(row.board),
    hero:
      row.hero === null
        ? null
        : {
            player: row.hero,
            cards: cardsOf(row.hero_cards),
            position: row.hero_position,
            net: Number(row.hero_net),
          },
  });
