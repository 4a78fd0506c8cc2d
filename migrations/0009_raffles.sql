-- Projections of raffles, their reservations and payments (entities/raffle, entities/reservation), and what the house
-- keeps beside them: which providers are on, and who wants notices.
-- All times are epoch milliseconds.
CREATE TABLE raffle (
  raffle_id    text COLLATE "C" PRIMARY KEY,
  status       text NOT NULL CHECK (status IN ('draft', 'active', 'suspended', 'closed', 'completed', 'cancelled')),
  title        text NOT NULL,
  organiser_id text COLLATE "C",
  draw_at      bigint NOT NULL,
  created_at   bigint NOT NULL,
  sold         integer NOT NULL,
  -- The raffle's view as of its last change other than a reservation.
  view         jsonb NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX raffle_by_age ON raffle (created_at, raffle_id);
CREATE INDEX raffle_by_organiser ON raffle (organiser_id, created_at) WHERE organiser_id IS NOT NULL;

-- What a reservation is, from its first number on; how it ended stands in reservation_end.
CREATE TABLE reservation_claim (
  reservation_id text COLLATE "C" PRIMARY KEY,
  raffle_id      text COLLATE "C" NOT NULL,
  player_id      text COLLATE "C" NOT NULL,
  numbers        jsonb NOT NULL,
  amount         bigint NOT NULL,
  phase          text NOT NULL CHECK (phase IN ('selection', 'checkout')),
  expires_at     bigint NOT NULL,
  created_at     bigint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX reservation_by_player ON reservation_claim (player_id, created_at);
CREATE INDEX reservation_by_deadline ON reservation_claim (expires_at);

-- `returned`: sold, and taken back because its raffle was cancelled.
CREATE TABLE reservation_end (
  reservation_id text COLLATE "C" PRIMARY KEY,
  raffle_id      text COLLATE "C" NOT NULL,
  outcome        text NOT NULL CHECK (outcome IN ('sold', 'cancelled', 'expired', 'returned')),
  -- How many numbers it had.
  numbers        integer NOT NULL,
  at             bigint NOT NULL
);
CREATE INDEX reservation_sold ON reservation_end (raffle_id, at) WHERE outcome = 'sold';

CREATE TABLE raffle_winner (
  raffle_id      text COLLATE "C" NOT NULL,
  -- From 0, as in the raffle's prizes.
  prize          integer NOT NULL,
  prize_name     text NOT NULL,
  number         integer NOT NULL,
  reservation_id text COLLATE "C" NOT NULL,
  player_id      text COLLATE "C" NOT NULL,
  at             bigint NOT NULL,
  PRIMARY KEY (raffle_id, prize)
);
CREATE INDEX raffle_winner_by_reservation ON raffle_winner (reservation_id);
CREATE INDEX raffle_winner_by_time ON raffle_winner (at);

CREATE TABLE payment (
  payment_id     text COLLATE "C" PRIMARY KEY,
  reservation_id text COLLATE "C" NOT NULL,
  raffle_id      text COLLATE "C" NOT NULL,
  player_id      text COLLATE "C" NOT NULL,
  provider       text NOT NULL,
  -- The provider's own name of it; null until it has one.
  ref            text,
  status         text NOT NULL CHECK (status IN ('creating', 'pending', 'authorized', 'succeeded', 'failed', 'cancelling',
    'cancelled', 'refunding', 'refunded')),
  amount         bigint NOT NULL CHECK (amount > 0),
  failure_code   text,
  started_at     bigint NOT NULL,
  updated_at     bigint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX payment_by_age ON payment (started_at, payment_id);
CREATE INDEX payment_by_player ON payment (player_id, started_at);
CREATE INDEX payment_by_reservation ON payment (reservation_id);

-- Written by the administrator; a provider without a row is on.
CREATE TABLE payment_provider (
  name    text PRIMARY KEY,
  enabled boolean NOT NULL
);

CREATE TABLE push_subscription (
  endpoint   text PRIMARY KEY,
  player_id  text COLLATE "C" NOT NULL,
  p256dh     text NOT NULL,
  auth       text NOT NULL,
  language   text NOT NULL,
  created_at bigint NOT NULL
);
CREATE INDEX push_subscription_by_player ON push_subscription (player_id);

-- Notices that were handed to the push services: each at most once a player.
CREATE TABLE push_notice (
  -- `running_out:<reservation id>:<deadline>`, `drawn:<raffle id>`.
  notice    text COLLATE "C" NOT NULL,
  player_id text COLLATE "C" NOT NULL,
  at        bigint NOT NULL,
  PRIMARY KEY (notice, player_id)
);

-- The server's key pair for web push (VAPID), made once for a database unless the settings bring one.
CREATE TABLE push_key (
  only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  public_key  text NOT NULL,
  private_key text NOT NULL
);
