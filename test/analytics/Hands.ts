/** Recorded hands as rows, without anyone having played them: what the export reads, made by SQL. */
import type pg from "pg";
import { countColumns } from "../../src/hands/store/countColumns.ts";

const FIRST_DAY = "2025-03-01";
export const FIRST_DAY_MS = Date.parse(`${FIRST_DAY}T00:00:00Z`);
export const PLAYERS = ["Ada", "Kai  Greene", 'quo"te, comma', "naïve €"] as const;

export interface HandRows {
  /** How many, numbered on from those that are there. */
  readonly hands: number;
  /** After the first day. */
  readonly day: number;
  /** Hands are spread over so many days from `day` on. */
  readonly days?: number;
}

/** What is counted of a hand: any function of hand and player does, as long as both sides read the same. */
const counts = countColumns
  .map(({ name, type }, n) =>
    name === "hands"
      ? "1"
      : type === "bigint"
        ? `(h.seq * ${7919 * (n + 1)} + p.n * 104729) % 100003 - 50000`
        : `((h.seq + p.n * ${n + 2}) % ${n + 2} = 0)::int`,
  )
  .join(", ");

/** Adds hands with 2 to 4 players and some actions. */
export const addHands = async (
  pool: pg.Pool,
  { day, days = 1, hands }: HandRows,
): Promise<void> => {
  await pool.query(
    `WITH last AS (SELECT COALESCE(max(seq), 0) AS seq FROM hand), h AS (
       INSERT INTO hand
       SELECT last.seq + n, 'winamax:' || (last.seq + n) || '-1-2', $1::bigint + (n % $3) * 86400000 + (n * 7919) % 86400000,
         'cash', CASE n % 3 WHEN 0 THEN 'omaha' ELSE 'holdem' END, 'no_limit', CASE n % 5 WHEN 0 THEN 'play' ELSE 'EUR' END,
         CASE n % 2 WHEN 0 THEN '0.02/0.05' ELSE '0.05/0.10' END, 'Wichita "09", b', 2 + n % 3, n * 10, n % 7, CASE n % 4 WHEN 0 THEN '' ELSE 'AhTd2c' END,
         CASE n % 2 WHEN 0 THEN 'Ada' END, CASE n % 2 WHEN 0 THEN 'KsKd' ELSE '' END, CASE n % 2 WHEN 0 THEN 'BTN' END,
         CASE n % 2 WHEN 0 THEN n END,
         json_build_object('stakes', json_build_object('ante', 0, 'smallBlind', 2, 'bigBlind', 5),
           'tournament', CASE n % 9 WHEN 0 THEN json_build_object('id', '42', 'name', 'KING 5 - Stade "1A"') END,
           'streets', CASE n % 11 WHEN 0 THEN '[]'::json ELSE json_build_array(
             json_build_object('name', 'blinds', 'actions', json_build_array(
               json_build_object('player', 'Ada', 'kind', 'small_blind', 'put', 2),
               json_build_object('player', 'Kai  Greene', 'kind', 'big_blind', 'put', 5))),
             json_build_object('name', 'preflop', 'actions', json_build_array(
               json_build_object('player', 'Ada', 'kind', 'raise', 'put', 48, 'to', 50, 'allIn', true),
               json_build_object('player', 'Kai  Greene', 'kind', 'fold', 'put', 0)))) END)::text
       FROM last, generate_series(1, $2::int) AS n
       RETURNING *
     )
     INSERT INTO hand_player (seq, played_at, total_pot, site, at_showdown, format, player, currency, game, limit_kind, stakes, players, position, ${countColumns.map(({ name }) => name).join(", ")})
     SELECT h.seq, h.played_at, h.total_pot, 'winamax', h.seq % 3 = 0, h.format, p.player, h.currency, h.game, h.limit_kind, h.stakes, h.players,
       (ARRAY['BTN', 'SB', 'BB', NULL])[(h.seq + p.n) % 4 + 1], ${counts}
     FROM h, unnest($4::text[]) WITH ORDINALITY AS p(player, n) WHERE p.n <= h.players`,
    [FIRST_DAY_MS + day * 86_400_000, hands, days, PLAYERS],
  );
};
