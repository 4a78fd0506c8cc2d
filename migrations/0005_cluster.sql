-- The processes of the cluster, and where they can be reached. See src/cluster/Members.ts.
CREATE TABLE process (
  process_id uuid PRIMARY KEY,
  info       json NOT NULL,
  heard_at   timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

-- Kinds of entity that take no messages, by an administrator's order.
CREATE TABLE paused_kind (
  kind  text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);

-- The cluster library's tables, as it would make them: several processes that start together on an empty database would
-- get in each other's way.
CREATE TABLE cluster_runners (
  machine_id     SERIAL PRIMARY KEY,
  address        VARCHAR(255) NOT NULL,
  runner         TEXT NOT NULL,
  healthy        BOOLEAN NOT NULL DEFAULT TRUE,
  last_heartbeat TIMESTAMP NOT NULL DEFAULT NOW(),
  UNIQUE (address)
);
