-- Projections of wallets and lobbies, written in the journal's transactions. See entities/*/projection.ts.

-- Every movement of money, from one account to another: it sums to zero by construction.
CREATE TABLE ledger (
  kind           text COLLATE "C" NOT NULL,
  entity_id      text COLLATE "C" NOT NULL,
  version        bigint NOT NULL,
  line           integer NOT NULL,
  debit          text NOT NULL,
  credit         text NOT NULL,
  amount         bigint NOT NULL CHECK (amount > 0),
  purpose        text NOT NULL,
  ref            text NOT NULL,
  at             bigint NOT NULL, -- epoch milliseconds
  balance_total  bigint,
  balance_locked bigint,
  PRIMARY KEY (kind, entity_id, version, line),
  CHECK (debit <> credit)
);

CREATE TABLE lobby (
  lobby_id   text PRIMARY KEY,
  name       text NOT NULL,
  running    boolean NOT NULL,
  created_at bigint NOT NULL
);

CREATE TABLE bet (
  bet_id     text COLLATE "C" PRIMARY KEY,
  player_id  text COLLATE "C" NOT NULL,
  lobby_id   text NOT NULL,
  race_id    text COLLATE "C" NOT NULL,
  market     text NOT NULL,
  selection  json NOT NULL,
  stake      bigint NOT NULL CHECK (stake > 0),
  status     text NOT NULL CHECK (status IN ('accepted', 'cancelled', 'won', 'lost', 'refunded')),
  payout     bigint,
  placed_at  bigint NOT NULL,
  settled_at bigint
) WITH (fillfactor = 80);
CREATE INDEX bet_by_player ON bet (player_id, placed_at);
CREATE INDEX bet_by_race ON bet (race_id);

CREATE TABLE race (
  race_id    text COLLATE "C" PRIMARY KEY,
  lobby_id   text NOT NULL,
  status     text NOT NULL CHECK (status IN ('betting', 'racing', 'settling', 'settled')),
  opened_at  bigint NOT NULL,
  settled_at bigint,
  data       json NOT NULL
);
CREATE INDEX race_by_time ON race (opened_at);

CREATE TABLE race_runner (
  race_id text COLLATE "C" NOT NULL,
  number  integer NOT NULL,
  name    text NOT NULL,
  place   integer NOT NULL,
  odds    integer,
  won     boolean NOT NULL,
  at      bigint NOT NULL,
  PRIMARY KEY (race_id, number)
);
CREATE INDEX race_runner_by_name ON race_runner (name);
