-- The export for analysts as Parquet files (src/jobs/AnalyticsExport.ts), in place of lines of JSON: what was exported as
-- those is exported again.
DROP TABLE export_file;
UPDATE race SET exported_in = NULL WHERE exported_in IS NOT NULL;

-- Which rows are in which files. A segment is rows of one day that are exported together; it has one file of each
-- dataset of its source, `<dataset>-<segment>.parquet`, whose content these columns decide.
CREATE TABLE export_segment (
  segment       text COLLATE "C" PRIMARY KEY,
  -- `hand` or `race`. The races of a segment name it (race.exported_in).
  source        text NOT NULL,
  day           date NOT NULL,
  -- Of hands: those of the day numbered above `after_seq`, up to `to_seq`; those above `new_after_seq` were in no file before.
  after_seq     bigint,
  to_seq        bigint,
  new_after_seq bigint,
  -- The segment whose rows it takes over; that one counts until this one is published.
  replaces      text COLLATE "C",
  term          bigint NOT NULL,
  holder        text NOT NULL,
  recorded_at   timestamptz NOT NULL DEFAULT now(),
  -- Rows by dataset; null until published.
  rows          jsonb,
  -- Small enough to be replaced by one that has more rows of its day.
  is_open       boolean NOT NULL DEFAULT false,
  published_at  timestamptz,
  CHECK ((rows IS NULL) = (published_at IS NULL))
);
CREATE INDEX export_segment_by_day ON export_segment (source, day);
CREATE INDEX export_segment_to ON export_segment (source, to_seq);
CREATE INDEX export_segment_replaces ON export_segment (replaces) WHERE replaces IS NOT NULL;

-- The hands of a day, in the order in which they came. A day is 86,400,000 ms.
CREATE INDEX hand_by_day ON hand ((played_at / 86400000), seq);
