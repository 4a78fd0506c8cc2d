/** Table `export_segment`: which rows are in which files. */
import { Schema } from "effect";
import type { Segment } from "./Dataset.ts";
import type { Read } from "./Source.ts";

const Row = Schema.Struct({
  segment: Schema.String,
  source: Schema.String,
  day: Schema.String,
  after_seq: Schema.NullOr(Schema.Int),
  to_seq: Schema.NullOr(Schema.Int),
  new_after_seq: Schema.NullOr(Schema.Int),
  replaced: Schema.Boolean,
  rows: Schema.NullOr(Schema.Record({ key: Schema.String, value: Schema.Int })),
  published_at: Schema.NullOr(Schema.Int),
});
const decodeRows = Schema.decodeUnknownSync(Schema.Array(Row));

export interface RecordedSegment extends Segment {
  /** Of hands: those up to this were in files before, of other segments. */
  readonly newAfterSeq: number | null;
  /** Rows by dataset; null until it is published. */
  readonly rows: Readonly<Record<string, number>> | null;
  /** Epoch milliseconds. */
  readonly publishedAt: number | null;
  /** Another has taken its rows over and is not published yet. */
  readonly isReplaced: boolean;
}

const BIGINT_AS_NUMBER = "float8"; // numbers of hands and epoch milliseconds stay below 2^53

const ALL = `
SELECT s.segment, s.source, to_char(s.day, 'YYYY-MM-DD') AS day, s.after_seq::${BIGINT_AS_NUMBER}, s.to_seq::${BIGINT_AS_NUMBER},
  s.new_after_seq::${BIGINT_AS_NUMBER}, s.rows, floor(extract(epoch FROM s.published_at) * 1000)::${BIGINT_AS_NUMBER} AS published_at,
  EXISTS (SELECT FROM export_segment n WHERE n.replaces = s.segment) AS replaced
FROM export_segment s
WHERE $1::text IS NULL OR s.source = $1
ORDER BY s.recorded_at, s.segment`;

/** All segments, or those of one source; those that were recorded first before the others. */
export const readSegments = async (
  read: Read,
  source?: string,
): Promise<ReadonlyArray<RecordedSegment>> =>
  decodeRows(await read(ALL, [source ?? null])).map((row) => ({
    segment: row.segment,
    source: row.source,
    day: row.day,
    afterSeq: row.after_seq,
    toSeq: row.to_seq,
    newAfterSeq: row.new_after_seq,
    rows: row.rows,
    publishedAt: row.published_at,
    isReplaced: row.replaced,
  }));
