-- The journal: one row for each command that took effect or was refused for good. See src/actor/Journal.ts.
CREATE TABLE journal (
  kind        text COLLATE "C" NOT NULL,
  entity_id   text COLLATE "C" NOT NULL,
  version     bigint NOT NULL,
  command_id  text COLLATE "C" NOT NULL,
  command     text NOT NULL,
  fingerprint text,
  events      json NOT NULL,
  reply       json,
  at          bigint NOT NULL, -- epoch milliseconds
  by          text,
  request_id  text,
  CONSTRAINT journal_fence PRIMARY KEY (kind, entity_id, version),
  CONSTRAINT journal_command UNIQUE (kind, entity_id, command_id)
);

CREATE TABLE snapshot (
  kind      text COLLATE "C" NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  version   bigint NOT NULL,
  revision  integer NOT NULL,
  state     json NOT NULL,
  PRIMARY KEY (kind, entity_id)
);

-- One row an entity: when it wants to be woken, epoch milliseconds; null for never.
CREATE TABLE alarm (
  kind      text COLLATE "C" NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  due_at    bigint,
  PRIMARY KEY (kind, entity_id)
) WITH (fillfactor = 70);
CREATE INDEX alarm_due ON alarm (due_at) WHERE due_at IS NOT NULL;

-- One row a writing process: the number of its last batch, by which a lost connection's outcome is looked up, and an
-- epoch, by which a batch still under way on a lost connection is kept from being written. See src/actor/PgJournal.ts.
CREATE TABLE writer (
  writer_id  uuid PRIMARY KEY,
  epoch      integer NOT NULL,
  last_batch bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 10);

-- The cluster library's list of its own migrations. It makes it when it finds none, which the database's log calls an error.
CREATE TABLE cluster_migrations (
  migration_id integer PRIMARY KEY,
  created_at   timestamptz NOT NULL DEFAULT now(),
  name         text NOT NULL
);
