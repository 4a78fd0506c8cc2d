-- Who may log in, and as what. A guest has no user name and no password: its token is all it has.
CREATE TABLE account (
  player_id     text PRIMARY KEY,
  username      text,
  -- argon2id in PHC format, with its own salt and cost.
  password_hash text,
  display_name  text NOT NULL,
  roles         text[] NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT account_login CHECK ((username IS NULL) = (password_hash IS NULL)),
  CONSTRAINT account_roles CHECK (roles <@ ARRAY['player', 'admin', 'service'] AND cardinality(roles) > 0)
);

-- User names differ in more than case.
CREATE UNIQUE INDEX account_username ON account (lower(username)) WHERE username IS NOT NULL;
