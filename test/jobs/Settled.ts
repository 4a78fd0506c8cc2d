/** Settled races as rows, without anyone having played them. */
import type pg from "pg";

export const DAY_MS = 86_400_000;
export const FIRST_DAY = "2025-03-01";
const FIRST_DAY_MS = Date.parse(`${FIRST_DAY}T00:00:00Z`);

/** When a race was settled: the day, and how long after midnight. */
export const momentOf = (day: number, ms: number) => FIRST_DAY_MS + day * DAY_MS + ms;

/** Writes a settled race of two runners and a bet on the winner. */
export const settle = async (pool: pg.Pool, raceId: string, at: number): Promise<void> => {
  const data = {
    started_at: at - 2000,
    takeout_per_mille: 100,
    scratched: [],
    order: [[2], [1]],
    photo_finish: false,
    powers: [],
    pools: [{ market: "win", takeoutMinor: 50, breakageMinor: 3 }],
  };
  await pool.query(
    `WITH race AS (INSERT INTO race (race_id, lobby_id, status, opened_at, settled_at, data) VALUES ($1, 'derby', 'settled', $2::bigint - 9000, $2, $3)),
     runners AS (INSERT INTO race_runner VALUES ($1, 1, 'Comet', 2, 300, false, $2), ($1, 2, 'Breeze', 1, 250, true, $2))
     INSERT INTO bet VALUES ($1 || ':b', 'ada', 'derby', $1, 'win', '[2]', 500, 'won', 447, $2 - 5000, $2)`,
    [raceId, at, JSON.stringify(data)],
  );
};
