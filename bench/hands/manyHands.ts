/**
 * Recorded hands by the million, made by SQL where they lie: a year of one player against others, of every kind of frequency.
 * Ada is in all of them, `Bob 0` to `Bob 999` each in a thousandth, and Cid in one of a hundred thousand.
 */
import type pg from "pg";
import { countColumns } from "../../src/hands/store/countColumns.ts";

const DAYS = 365;
export const FIRST_DAY_MS = Date.parse("2025-01-01T00:00:00Z");
const HANDS_PER_INSERT = 100_000;
const SITE = "winamax";

/** Mostly one stake; Omaha and razz now and then, and Omaha with five cards only long ago. */
const GAME = `CASE WHEN n < $3::bigint / 100 THEN 'omaha5' WHEN n % 1000 = 7 THEN 'razz' WHEN n % 100 = 3 THEN 'omaha' ELSE 'holdem' END`;
const FORMAT = `CASE n % 25 WHEN 1 THEN 'tournament' WHEN 2 THEN 'fast_fold' WHEN 4 THEN 'fast_fold' ELSE 'cash' END`;
const CURRENCY = `CASE n % 25 WHEN 1 THEN 'chips' WHEN 6 THEN 'play' ELSE 'EUR' END`;
const STAKES = `CASE n % 25 WHEN 1 THEN (n % 40 + 1) * 10 || '/' || (n % 40 + 1) * 20 WHEN 5 THEN '0.05/0.10' WHEN 8 THEN '0.10/0.25' ELSE '0.02/0.05' END`;
/** One pot in fifty thousand is large. */
const POT = "CASE WHEN n % 50000 = 9 THEN 100000 ELSE n * 7919 % 2000 END";
const NET = "n * 104729 % 2003 - 1100";
const POSITION = "(ARRAY['BTN', 'SB', 'BB', 'UTG', 'MP', 'CO'])[n % 6 + 1]";

const counts = countColumns
  .map(({ name, type }, n) => {
    if (name === "hands") return "1";
    if (name === "net") return `h.hero_net * CASE WHEN player = 'Ada' THEN 1 ELSE -1 END`;
    return type === "bigint" ? `seq * ${7919 + n} % 2003 - 1000` : `(seq % ${n + 2} = 0)::int`;
  })
  .join(", ");

const INSERT = `
WITH h AS (
  INSERT INTO hand
  SELECT n, '${SITE}:bench-' || n, ${FIRST_DAY_MS} + n * ${DAYS * 86_400}000 / $3, ${FORMAT}, ${GAME}, 'no_limit', ${CURRENCY}, ${STAKES},
    'Wichita', 6, ${POT}, 5, 'AhTd2c', 'Ada', 'KsKd', ${POSITION}, ${NET},
    '{"stakes":{"ante":0,"smallBlind":2,"bigBlind":5},"tournament":null,"streets":[]}'
  FROM generate_series($1::bigint, $2::bigint) AS n RETURNING *
)
INSERT INTO hand_player (seq, played_at, total_pot, site, player, at_showdown, currency, game, limit_kind, stakes, format, players, position,
  ${countColumns.map(({ name }) => name).join(", ")})
SELECT seq, played_at, total_pot, '${SITE}', player, seq % 4 = 0, currency, game, limit_kind, stakes, format, players, hero_position, ${counts}
FROM h, unnest(ARRAY['Ada', 'Bob ' || seq % 1000, CASE WHEN seq % 100000 = 11 THEN 'Cid' END]) AS player WHERE player IS NOT NULL`;

/** Fills the empty tables with hands numbered from 1. */
export const recordManyHands = async (
  pool: pg.Pool,
  hands: number,
  progress: (line: string) => void = () => undefined,
): Promise<void> => {
  for (let from = 1; from <= hands; from += HANDS_PER_INSERT) {
    progress(`recording hands ${from} and on`);
    await pool.query(INSERT, [from, Math.min(from + HANDS_PER_INSERT - 1, hands), hands]);
  }
  await pool.query("VACUUM ANALYZE hand, hand_player");
};
