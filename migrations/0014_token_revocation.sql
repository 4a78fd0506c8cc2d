-- Tokens that are over before their time, one row for each account whose tokens are. See src/gateway/Revocations.ts.
CREATE TABLE token_revocation (
  player_id  text COLLATE "C" PRIMARY KEY,
  -- Epoch milliseconds: tokens issued before are refused. A week later they have expired by themselves, and the row goes.
  not_before bigint NOT NULL,
  -- Tells a process what is new since its last look, whatever the order of commits.
  written_in xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX token_revocation_new ON token_revocation (written_in);
CREATE INDEX token_revocation_over ON token_revocation (not_before);
