/**
 * Hands are numbered without a gap in the order of their commits, and never change. So what is exported is all up to a
 * number: a batch takes all above it, each of its days a segment, and all segments of the batch are recorded at once.
 */
import { DAY_MS } from "./Dataset.ts";
import { handActions, handPlayers, hands } from "./datasets/handDatasets.ts";
import type { Source } from "./Source.ts";

/** Of one act. A batch that has to be made again is some seconds of work. */
const MAX_HANDS_PER_BATCH = 100_000;

export const HAND = "hand";

export const handSource: Source = {
  name: HAND,
  datasets: [hands, handPlayers, handActions],
  nextBatch: async (read) => {
    const days = await read<{ day: string; after: string; to: string }>(NEXT, [
      MAX_HANDS_PER_BATCH,
    ]);
    const first = days[0];
    if (first === undefined) return undefined;
    return {
      days: days.map(({ day }) => day),
      record: (segments) => ({
        branches: RECORD,
        values: [segments, days.map(({ day }) => day), first.after, first.to],
      }),
    };
  },
};

const NEXT = `
WITH done AS (SELECT COALESCE(max(to_seq), 0) AS seq FROM export_segment WHERE source = '${HAND}'),
batch AS (
  SELECT h.seq, h.played_at / ${DAY_MS} AS day FROM hand h, done WHERE h.seq > done.seq ORDER BY h.seq LIMIT $1
)
SELECT to_char(to_timestamp(day * 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
  (SELECT seq FROM done) AS after, (SELECT max(seq) FROM batch) AS to
FROM batch GROUP BY day ORDER BY batch.day`;

const RECORD = `
segment AS (
  INSERT INTO export_segment (segment, source, day, after_seq, to_seq, new_after_seq, replaces, term, holder)
  SELECT n.segment, '${HAND}', n.day, COALESCE(open.after_seq, $5::bigint), $6::bigint, $5::bigint, open.segment, office.term, office.holder
  FROM office CROSS JOIN unnest($3::text[], $4::date[]) AS n(segment, day)
  LEFT JOIN export_segment open ON open.source = '${HAND}' AND open.day = n.day AND open.is_open
)`;
