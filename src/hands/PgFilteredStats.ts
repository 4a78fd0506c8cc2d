/**
 * Filtered statistics from the table `hand_player`: what the copies for analysis are measured against, and what answers
 * where there are none. It reads every row that the filter leaves.
 */
import { Schema } from "effect";
import type pg from "pg";
import { HandCurrency, HandGame, HandLimit, Position } from "../../rpc/hand.ts";
import type { Cell, DayResult } from "../../rpc/handStats.ts";
import { type FilteredStats, type StatsSums, timesOf } from "./stats/FilteredStats.ts";
import { countColumns } from "./store/countColumns.ts";

/** Sums come as text: they are wider than what JavaScript reads a number from by itself. */
const sums = countColumns.map(({ name }) => `sum(${name})::bigint`).join(", ");

/** Cells and days of the same rows, read in one go, so that they agree. */
const SUMS = `
SELECT day, currency, game, limit_kind, stakes, players, position, ARRAY[${sums}]::text[] AS counts
FROM (
  SELECT *, to_char(to_timestamp(played_at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
  FROM hand_player
  WHERE site = $9 AND player = $1 AND played_at >= $2 AND played_at < $3
    AND ($4::text IS NULL OR currency = $4)
    AND ($5::text IS NULL OR game = $5)
    AND ($6::text IS NULL OR stakes = $6)
    AND ($7::smallint IS NULL OR players = $7)
    AND ($8::text IS NULL OR position = $8)
) h
GROUP BY GROUPING SETS ((currency, game, limit_kind, stakes, players, position), (day, currency))
ORDER BY day, currency`;

const CellRow = Schema.Struct({
  day: Schema.Null,
  currency: HandCurrency,
  game: HandGame,
  limit_kind: HandLimit,
  stakes: Schema.String,
  players: Schema.Int,
  position: Schema.NullOr(Position),
  counts: Schema.Array(Schema.NumberFromString),
});
const DayRow = Schema.Struct({
  day: Schema.String,
  currency: HandCurrency,
  counts: Schema.Array(Schema.NumberFromString),
});
const decodeRow = Schema.decodeUnknownSync(Schema.Union(CellRow, DayRow));

const at = (name: string) => countColumns.findIndex((column) => column.name === name);
const [HANDS, NET, EV_NET] = [at("hands"), at("net"), at("ev_net")];

export const pgFilteredStats = (pool: pg.Pool): FilteredStats => ({
  ask: async ({ filter, from, player, site, to }): Promise<StatsSums> => {
    const { currency, game, players, position, stakes } = filter;
    const { beforeMs, fromMs } = timesOf({ from, to });
    const { rows } = await pool.query({
      name: "filtered-stats",
      text: SUMS,
      values: [player, fromMs, beforeMs, currency, game, stakes, players, position, site],
    });
    const cells: Array<Cell> = [];
    const days: Array<DayResult> = [];
    for (const row of rows.map((one) => decodeRow(one))) {
      const { counts } = row;
      if (row.day === null) {
        const { day: _, limit_kind: limit, ...key } = row;
        cells.push({ ...key, limit, counts });
      } else
        days.push({
          day: row.day,
          currency: row.currency,
          hands: counts[HANDS]!,
          net: counts[NET]!,
          evNet: counts[EV_NET]!,
        });
    }
    return { cells, days };
  },
});
