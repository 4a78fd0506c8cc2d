-- Recorded hands (src/hands), what they count for each player, and how far their files have been read.
-- All times are epoch milliseconds; amounts in the minor unit of the hand's currency.

-- `seq` counts the hands without a gap in the order in which their transactions committed: who has read up to one has
-- missed none before it.
CREATE TABLE hand (
  seq           bigint PRIMARY KEY,
  hand_id       text COLLATE "C" NOT NULL UNIQUE,
  played_at     bigint NOT NULL,
  format        text NOT NULL,
  game          text NOT NULL,
  limit_kind    text NOT NULL,
  currency      text NOT NULL,
  stakes        text NOT NULL,
  table_name    text NOT NULL,
  players       smallint NOT NULL,
  total_pot     bigint NOT NULL,
  rake          bigint NOT NULL,
  -- Cards one after another: `AhTd2c`.
  board         text NOT NULL,
  -- Null, with the two below it, in an observer's hand.
  hero          text,
  hero_cards    text NOT NULL,
  hero_position text,
  hero_net      bigint,
  -- The hand as JSON, in the form of rpc/hand.ts.
  detail        text NOT NULL
);

-- What a hand adds to the statistics of each player in it (rpc/handStats.ts): the counts are mostly 0 and 1. The columns
-- up to `position` are those of the hand, copied, since everything is grouped by them.
CREATE TABLE hand_player (
  seq                        bigint NOT NULL,
  played_at                  bigint NOT NULL,
  net                        bigint NOT NULL,
  rake                       bigint NOT NULL,
  ev_net                     bigint NOT NULL,
  net_milli_bb               bigint NOT NULL,
  ev_net_milli_bb            bigint NOT NULL,
  players                    smallint NOT NULL,
  hands                      smallint NOT NULL,
  vpip                       smallint NOT NULL,
  vpip_chances               smallint NOT NULL,
  pfr                        smallint NOT NULL,
  pfr_chances                smallint NOT NULL,
  three_bet                  smallint NOT NULL,
  three_bet_chances          smallint NOT NULL,
  four_bet                   smallint NOT NULL,
  four_bet_chances           smallint NOT NULL,
  fold_to_three_bet          smallint NOT NULL,
  fold_to_three_bet_chances  smallint NOT NULL,
  c_bet                      smallint NOT NULL,
  c_bet_chances              smallint NOT NULL,
  fold_to_c_bet              smallint NOT NULL,
  fold_to_c_bet_chances      smallint NOT NULL,
  steal                      smallint NOT NULL,
  steal_chances              smallint NOT NULL,
  fold_to_steal              smallint NOT NULL,
  fold_to_steal_chances      smallint NOT NULL,
  aggressive                 smallint NOT NULL,
  passive                    smallint NOT NULL,
  flops_seen                 smallint NOT NULL,
  showdowns                  smallint NOT NULL,
  showdowns_won              smallint NOT NULL,
  player                     text COLLATE "C" NOT NULL,
  currency                   text NOT NULL,
  game                       text NOT NULL,
  limit_kind                 text NOT NULL,
  stakes                     text NOT NULL,
  -- Null in games without a button, and where the file does not tell.
  position                   text,
  PRIMARY KEY (player, seq)
);
CREATE INDEX hand_player_by_seq ON hand_player (seq);

-- Hands that were stored together. Numbered without a gap, as hands are; announced to the feed one by one.
CREATE TABLE hand_batch (
  batch_id  bigint PRIMARY KEY,
  -- The file, or who sent it.
  source    text NOT NULL,
  first_seq bigint NOT NULL,
  last_seq  bigint NOT NULL,
  stored_at bigint NOT NULL,
  announced boolean NOT NULL DEFAULT false
);
CREATE INDEX hand_batch_unannounced ON hand_batch (batch_id) WHERE NOT announced;

-- How far the entities of the players have been told of their hands: of all up to `counted_to`, and those up to
-- `planned_to` are being told. The plan is written before the first is told, so that whoever goes on with it tells the same.
CREATE TABLE hand_counting (
  only_one   boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  counted_to bigint NOT NULL,
  planned_to bigint NOT NULL CHECK (planned_to >= counted_to)
);
INSERT INTO hand_counting (counted_to, planned_to) VALUES (0, 0);

-- How far a watched file has been read: moved in the transaction that stores the hands before it.
CREATE TABLE hand_file (
  path        text COLLATE "C" PRIMARY KEY,
  -- After the last hand that was whole: bytes, and lines.
  read_to     bigint NOT NULL,
  line        bigint NOT NULL,
  -- Of what has been read (src/hands/watch/fingerprint.ts): by it another file of the same name is known.
  fingerprint text NOT NULL,
  updated_at  bigint NOT NULL
);

-- Tournament summaries. Amounts in cents.
CREATE TABLE tournament_result (
  tournament_id text COLLATE "C" NOT NULL,
  player        text COLLATE "C" NOT NULL,
  name          text NOT NULL,
  started_at    bigint,
  buy_in        bigint NOT NULL,
  place         integer,
  registered    integer,
  won           bigint NOT NULL,
  -- Of an Expresso: prize pool by three buy-ins.
  multiplier    double precision,
  PRIMARY KEY (tournament_id, player)
);
CREATE INDEX tournament_result_by_player ON tournament_result (player, started_at);
