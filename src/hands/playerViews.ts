/** What is read of recorded players beside their statistics: the list, sessions, tournaments. */
import { Schema } from "effect";
import type pg from "pg";
import { HandCurrency } from "../../rpc/hand.ts";
import type { HandPlayersBody, SessionsBody, TournamentsBody } from "../../rpc/http/handStats.ts";
import type { MarkedPage } from "../gateway/PokerDesks.ts";
import type { SitePlayer } from "./store/SitePlayer.ts";
import { markIn, markText, SessionWalk } from "./stats/sessions.ts";

/** Case is folded by Unicode's rules, not by the database's locale. What is sought is text, not a pattern. */
const PLAYERS = `
SELECT site, player, hands, last_at FROM hand_player_total
WHERE ($1::text IS NULL OR strpos(lower(player COLLATE "und-x-icu"), lower($1 COLLATE "und-x-icu")) > 0)
  AND ($2::bigint IS NULL OR hands <= $2 AND (hands < $2 OR (player, site) > ($3, $4)))
ORDER BY hands DESC, player, site LIMIT $5`;

/** Where a page of players ended: hands, site, name. */
const PLAYER_MARK = /^(\d{1,15})\.([a-z0-9_]+)\.(.+)$/s;
const playerMarkIn = (before: string | undefined) => {
  const [, hands = null, site = null, player = null] = PLAYER_MARK.exec(before ?? "") ?? [];
  return [hands, player, site];
};

/** Both by their indexes, whatever the number of hands. */
const TIMES = `
SELECT (SELECT min(played_at) FROM hand_player WHERE site = $1 AND player = $2) AS first_at,
  (SELECT max(played_at) FROM hand_player WHERE site = $1 AND player = $2) AS last_at`;

/** Hands that are read at once while sessions are sought: one long evening at four tables. */
const HANDS_AT_ONCE = 2_000;

/** Going back in time from a hand; of one moment, the last in order of storing first. */
const HANDS = `
SELECT p.seq, p.played_at, p.currency, p.net, p.ev_net, p.rake, p.net_milli_bb, p.vpip, p.vpip_chances,
  p.pfr, p.pfr_chances, h.hand_id, h.table_name
FROM (
  SELECT * FROM hand_player WHERE site = $1 AND player = $2 AND (played_at, seq) < ($3, $4)
  ORDER BY played_at DESC, seq DESC LIMIT ${HANDS_AT_ONCE}
) p JOIN hand h USING (seq)
ORDER BY p.played_at DESC, p.seq DESC`;

const HandRow = Schema.Struct({
  seq: Schema.NumberFromString,
  played_at: Schema.NumberFromString,
  currency: HandCurrency,
  net: Schema.NumberFromString,
  ev_net: Schema.NumberFromString,
  rake: Schema.NumberFromString,
  net_milli_bb: Schema.NumberFromString,
  vpip: Schema.Int,
  vpip_chances: Schema.Int,
  pfr: Schema.Int,
  pfr_chances: Schema.Int,
  hand_id: Schema.String,
  table_name: Schema.String,
});
const decodeHands = Schema.decodeUnknownSync(Schema.Array(HandRow));

/** After every time and every number that there is. */
const END = Number.MAX_SAFE_INTEGER;

/** Before the first: what nobody knows the time of. */
const UNKNOWN = -1;

const TOURNAMENTS = `
SELECT tournament_id, name, player, started_at, buy_in, place, registered, won, multiplier
FROM tournament_result WHERE site = $1 AND player = $2
  AND ($3::bigint IS NULL OR (COALESCE(started_at, ${UNKNOWN}), tournament_id) < ($3, $4))
ORDER BY COALESCE(started_at, ${UNKNOWN}) DESC, tournament_id DESC LIMIT $5`;

/** Where a page of tournaments ended: one more than the time, so that the unknown one is a number too, and the id. */
const TOURNAMENT_MARK = /^(\d{1,15})\.(.+)$/s;
const tournamentMarkIn = (before: string | undefined) => {
  const [, at, id = null] = TOURNAMENT_MARK.exec(before ?? "") ?? [];
  return [at === undefined ? null : Number(at) + UNKNOWN, id];
};
const tournamentMark = ({ started_at, tournament_id }: TournamentRow): string =>
  `${Number(started_at ?? UNKNOWN) - UNKNOWN}.${tournament_id}`;

interface PlayerRow extends SitePlayer {
  readonly hands: string;
  readonly last_at: string;
}

interface TournamentRow {
  readonly tournament_id: string;
  readonly name: string;
  readonly player: string;
  readonly started_at: string | null;
  readonly buy_in: string;
  readonly place: number | null;
  readonly registered: number | null;
  readonly won: string;
  readonly multiplier: number | null;
}

const iso = (epochMs: string) => new Date(Number(epochMs)).toISOString();
const numberOrNull = (text: string | null | undefined) =>
  text === null || text === undefined ? null : Number(text);

export const make = (pool: pg.Pool) => ({
  /** Those with the most hands first. */
  players: async (
    search: string | undefined,
    { before, limit }: MarkedPage,
  ): Promise<HandPlayersBody> => {
    // One more tells whether there is another page.
    const { rows } = await pool.query<PlayerRow>(PLAYERS, [
      search ?? null,
      ...playerMarkIn(before),
      limit + 1,
    ]);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      players: page.map(({ hands, last_at, player, site }) => ({
        site,
        player,
        hands: Number(hands),
        last_at: iso(last_at),
      })),
      next_before: last === undefined ? null : `${last.hands}.${last.site}.${last.player}`,
    };
  },

  /** When the player's first and last hand were played, epoch milliseconds; nulls for one of whom there is none. */
  times: async ({ player, site }: SitePlayer) => {
    const { rows } = await pool.query<{ first_at: string | null; last_at: string | null }>(TIMES, [
      site,
      player,
    ]);
    return { firstAt: numberOrNull(rows[0]?.first_at), lastAt: numberOrNull(rows[0]?.last_at) };
  },

  /** The newest first. `before`: a page's `next_before`. */
  sessions: async (
    { player, site }: SitePlayer,
    { before, limit }: { readonly limit: number; readonly before?: number | undefined },
  ): Promise<SessionsBody> => {
    const mark = before === undefined ? undefined : markIn(String(before));
    const walk = new SessionWalk(limit, mark);
    let from = { at: mark === undefined ? END : SessionWalk.from(mark), seq: END };
    for (;;) {
      const { rows } = await pool.query({
        name: "session-hands",
        text: HANDS,
        values: [site, player, from.at, from.seq],
      });
      const hands = decodeHands(rows);
      for (const row of hands)
        walk.add({
          handId: row.hand_id,
          playedAt: row.played_at,
          currency: row.currency,
          table: row.table_name,
          net: row.net,
          evNet: row.ev_net,
          rake: row.rake,
          netMilliBb: row.net_milli_bb,
          vpip: row.vpip,
          vpipChances: row.vpip_chances,
          pfr: row.pfr,
          pfrChances: row.pfr_chances,
        });
      const last = hands.at(-1);
      if (last === undefined || hands.length < HANDS_AT_ONCE || walk.isComplete(last.played_at))
        break;
      from = { at: last.played_at, seq: last.seq };
    }
    const { next, sessions } = walk.page();
    return { sessions, next_before: next === null ? null : markText(next) };
  },

  /** The newest first; those of unknown date last. */
  tournaments: async (
    { player, site }: SitePlayer,
    { before, limit }: MarkedPage,
  ): Promise<TournamentsBody> => {
    const { rows } = await pool.query<TournamentRow>(TOURNAMENTS, [
      site,
      player,
      ...tournamentMarkIn(before),
      limit + 1,
    ]);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      tournaments: page.map(({ buy_in, started_at, won, ...row }) => ({
        ...row,
        started_at: started_at === null ? null : iso(started_at),
        buy_in: Number(buy_in),
        won: Number(won),
      })),
      next_before: last === undefined ? null : tournamentMark(last),
    };
  },
});
