/**
 * A table for analysts, made of what PostgreSQL holds and kept in Parquet files. Its rows never change: only what is over
 * is exported. They come out of PostgreSQL as CSV and take their final form in DuckDB, in the process that makes the
 * files: there is no step of JavaScript for each row, and parsing JSON does not fall to the database's server.
 */

/** A type as DuckDB writes it. */
type DuckType = string;

export interface Dataset {
  readonly name: string;
  readonly about: string;
  /** What analysts see, in this order. Times are UTC, amounts integers in the minor unit of their currency. */
  readonly columns: Readonly<Record<string, DuckType>>;
  /** What PostgreSQL gives, in the order of `select`. */
  readonly read: Readonly<Record<string, DuckType>>;
  /** PostgreSQL's query for a segment's rows: a function of the segment, now and in a year. */
  readonly select: (segment: Segment) => string;
  /** DuckDB's query that makes `columns` of the rows in `read`, which are called `source`. */
  readonly shape: string;
  /** Of the files, beside their compression: options of DuckDB's `COPY … TO`. */
  readonly encoding?: string;
}

/** Rows of one day that are exported together: one file of each dataset of `source`. */
export interface Segment {
  /** `2025-03-01-7f3a09c2b1d4` */
  readonly segment: string;
  readonly source: string;
  /** `2025-03-01`, UTC */
  readonly day: string;
  /** Of hands: those numbered above the one, up to the other. */
  readonly afterSeq: number | null;
  readonly toSeq: number | null;
}

export const DAY_MS = 86_400_000;

/** Random hexadecimal digits of a segment's name: names of another database that used the same folder must differ. */
const TAG_DIGITS = 12;
const SEGMENT = `\\d{4}-\\d{2}-\\d{2}-[0-9a-f]{${TAG_DIGITS}}`;
const SEGMENT_NAME = new RegExp(`^${SEGMENT}$`);
const FILE_NAME = new RegExp(`^[a-z_]+-${SEGMENT}\\.parquet$`);

export const segmentName = (day: string, tag: string): string =>
  `${day}-${tag.slice(0, TAG_DIGITS)}`;

/** The name as it may stand in SQL. Throws if it is not one of ours. */
export const quotedSegment = ({ segment }: Segment): string => {
  if (!SEGMENT_NAME.test(segment)) throw new Error(`"${segment}" is no name of a segment`);
  return `'${segment}'`;
};

export const fileName = (dataset: string, segment: string): string =>
  `${dataset}-${segment}.parquet`;

/** Whether a file in the folder of exports is one of ours. */
export const isFileName = (name: string): boolean => FILE_NAME.test(name);
