-- Jobs of which one runs in the cluster. See src/jobs/.

-- Who holds each of them. The term is the fence: it rises when another takes over, and what is written under an older one
-- is not written. See src/jobs/Term.ts.
CREATE TABLE singleton (
  name   text COLLATE "C" PRIMARY KEY,
  term   bigint NOT NULL,
  holder text NOT NULL,
  since  timestamptz NOT NULL DEFAULT now()
);

-- Each audit of the running system and what it came to.
CREATE TABLE audit_run (
  term        bigint NOT NULL,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT now(),
  entities    bigint NOT NULL,
  entries     bigint NOT NULL,
  found       integer NOT NULL,
  findings    json NOT NULL, -- the first of them
  PRIMARY KEY (term, started_at)
);
CREATE INDEX audit_run_by_time ON audit_run (finished_at);

-- Files of settled races for analysts. Each settled race names the file that its line is in; null: not exported yet.
CREATE TABLE export_file (
  name         text COLLATE "C" PRIMARY KEY,
  term         bigint NOT NULL,
  holder       text NOT NULL,
  races        integer NOT NULL,
  recorded_at  timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz -- null: recorded, and not known to be in its place
);
CREATE INDEX export_file_unpublished ON export_file (recorded_at) WHERE published_at IS NULL;
ALTER TABLE race ADD COLUMN exported_in text COLLATE "C";
CREATE INDEX race_to_export ON race (settled_at, race_id) WHERE status = 'settled' AND exported_in IS NULL;
CREATE INDEX race_by_export ON race (exported_in) WHERE exported_in IS NOT NULL;
