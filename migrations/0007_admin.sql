-- What administrators change: an act is written before it is carried out, what came of it after. An act without an outcome
-- is unknown. See src/gateway/AdminActs.ts.
CREATE TABLE admin_act (
  act_id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT clock_timestamp(),
  by              text COLLATE "C" NOT NULL,
  act             text COLLATE "C" NOT NULL,
  target          json NOT NULL,
  details         json NOT NULL,
  reason          text,
  request_id      text NOT NULL,
  idempotency_key text
);
CREATE INDEX admin_act_by_whom ON admin_act (by, act_id);
CREATE INDEX admin_act_by_act ON admin_act (act, act_id);

CREATE TABLE admin_act_outcome (
  act_id      bigint PRIMARY KEY REFERENCES admin_act,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome     text NOT NULL CHECK (outcome IN ('done', 'refused')),
  code        text,
  replayed    boolean NOT NULL,
  CHECK ((outcome = 'refused') = (code IS NOT NULL))
);

-- What is written there stays as it is: to change it, someone would first have to take these triggers away.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: no % there', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_act
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_act_outcome
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Players are looked for by how their id, user name or display name begins, and listed by id.
CREATE INDEX account_by_id ON account (player_id text_pattern_ops);
CREATE INDEX account_by_username ON account (lower(username) text_pattern_ops) WHERE username IS NOT NULL;
CREATE INDEX account_by_display_name ON account (lower(display_name) text_pattern_ops);
