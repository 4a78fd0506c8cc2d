/**
 * A race may be settled earlier than another and committed later: no number says which are exported. Each race names its
 * segment instead.
 */
import { DAY_MS } from "./Dataset.ts";
import { bets, raceRunners, races } from "./datasets/raceDatasets.ts";
import type { Source } from "./Source.ts";

/** Named one by one in an act. */
const MAX_RACES_PER_BATCH = 1000;

const RACE = "race";

export const raceSource: Source = {
  name: RACE,
  datasets: [races, raceRunners, bets],
  nextBatch: async (read) => {
    const rows = await read<{ race_id: string; day: string }>(NEXT, [MAX_RACES_PER_BATCH]);
    const first = rows[0];
    if (first === undefined) return undefined;
    return {
      days: [first.day],
      record: ([segment]) => ({
        branches: RECORD,
        values: [segment, first.day, rows.map(({ race_id }) => race_id)],
      }),
    };
  },
};

/** Of the first day with races that are in no segment yet. */
const NEXT = `
WITH first AS MATERIALIZED (
  SELECT (settled_at / ${DAY_MS} + 1) * ${DAY_MS} AS next_day FROM race
  WHERE status = 'settled' AND exported_in IS NULL ORDER BY settled_at, race_id LIMIT 1
)
SELECT r.race_id, to_char(to_timestamp(r.settled_at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
FROM race r, first WHERE r.status = 'settled' AND r.exported_in IS NULL AND r.settled_at < first.next_day
ORDER BY r.settled_at, r.race_id LIMIT $1`;

const RECORD = `
open AS (
  SELECT e.segment FROM office, export_segment e WHERE e.source = '${RACE}' AND e.day = $4::date AND e.is_open
), segment AS (
  INSERT INTO export_segment (segment, source, day, replaces, term, holder)
  SELECT $3::text, '${RACE}', $4::date, (SELECT segment FROM open), term, holder FROM office
), races AS (
  UPDATE race SET exported_in = $3::text FROM office
  WHERE race_id = ANY($5::text[]) OR exported_in = (SELECT segment FROM open)
)`;
