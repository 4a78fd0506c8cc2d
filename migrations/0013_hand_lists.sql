-- Lists of hands by what was played, by whom and how it ended; and players by their site, for a name is one site's alone.
-- The table is written anew, in one pass: some seconds for each hundred thousand hands.

DROP INDEX hand_player_by_seq;
DROP INDEX hand_player_by_time;
ALTER TABLE hand_player RENAME TO hand_player_before;
ALTER INDEX hand_player_pkey RENAME TO hand_player_before_pkey;

-- What a hand adds to the statistics of each player in it (rpc/handStats.ts): the counts are mostly 0 and 1. What is the
-- hand's own (`played_at`, `total_pot`, `players`, `currency` to `format`) is copied, since everything is grouped and sought by it.
CREATE TABLE hand_player (
  seq                        bigint NOT NULL,
  played_at                  bigint NOT NULL,
  total_pot                  bigint NOT NULL,
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
  -- In at the end with another, in any game: `showdowns` counts those with a flop.
  at_showdown                boolean NOT NULL,
  site                       text COLLATE "C" NOT NULL,
  player                     text COLLATE "C" NOT NULL,
  currency                   text COLLATE "C" NOT NULL,
  game                       text COLLATE "C" NOT NULL,
  limit_kind                 text COLLATE "C" NOT NULL,
  stakes                     text COLLATE "C" NOT NULL,
  format                     text COLLATE "C" NOT NULL,
  -- Null in games without a button, and where the file does not tell.
  position                   text COLLATE "C"
);

-- Those who did not fold were there at the end. A hand whose JSON no jsonb can be tells what it counted.
INSERT INTO hand_player
SELECT p.seq, p.played_at, h.total_pot, p.net, p.rake, p.ev_net, p.net_milli_bb, p.ev_net_milli_bb, p.players, p.hands,
  p.vpip, p.vpip_chances, p.pfr, p.pfr_chances, p.three_bet, p.three_bet_chances, p.four_bet, p.four_bet_chances,
  p.fold_to_three_bet, p.fold_to_three_bet_chances, p.c_bet, p.c_bet_chances, p.fold_to_c_bet, p.fold_to_c_bet_chances,
  p.steal, p.steal_chances, p.fold_to_steal, p.fold_to_steal_chances, p.aggressive, p.passive, p.flops_seen, p.showdowns,
  p.showdowns_won, COALESCE(h.players - jsonb_array_length(h.folded) > 1 AND NOT h.folded ? p.player, p.showdowns > 0),
  'winamax', p.player, p.currency, p.game, p.limit_kind, p.stakes, h.format, p.position
FROM (
  SELECT seq, format, total_pot, players, CASE WHEN strpos(detail, '\u0000') = 0 THEN
    jsonb_path_query_array(detail::jsonb, '$.streets[*].actions[*] ? (@.kind == "fold").player') END AS folded
  FROM hand OFFSET 0
) h JOIN hand_player_before p USING (seq)
ORDER BY p.seq;
DROP TABLE hand_player_before;

ALTER TABLE hand_player ADD PRIMARY KEY (site, player, seq);
CREATE INDEX hand_player_by_seq ON hand_player (seq);
-- A player's hands in the order in which they were played: days and sessions.
CREATE INDEX hand_player_by_time ON hand_player (site, player, played_at);
-- A player's hands of a kind, in the order in which they came.
CREATE INDEX hand_player_by_kind ON hand_player (site, player, game, format, currency, stakes, seq);

-- The same of everyone's hands, with what a list of hands is sifted by beside: it is read from the index alone.
ALTER TABLE hand
  ALTER COLUMN game TYPE text COLLATE "C",
  ALTER COLUMN format TYPE text COLLATE "C",
  ALTER COLUMN currency TYPE text COLLATE "C",
  ALTER COLUMN stakes TYPE text COLLATE "C";
CREATE INDEX hand_by_kind ON hand (game, format, currency, stakes, seq)
  INCLUDE (played_at, total_pot, hero_net, hero_position, players);
ALTER TABLE hand DROP CONSTRAINT hand_pkey;
ALTER TABLE hand ADD PRIMARY KEY (seq) INCLUDE (played_at, total_pot, hero_net, hero_position, players);

-- An index alone answers for rows that a vacuum has seen. Lists begin at the newest, which by default wait for a fifth of the table.
ALTER TABLE hand SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
ALTER TABLE hand_player SET (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);

ALTER TABLE tournament_result ADD COLUMN site text COLLATE "C" NOT NULL DEFAULT 'winamax';
ALTER TABLE tournament_result ALTER COLUMN site DROP DEFAULT;
ALTER TABLE tournament_result DROP CONSTRAINT tournament_result_pkey;
ALTER TABLE tournament_result ADD PRIMARY KEY (site, tournament_id, player);
DROP INDEX tournament_result_by_player;
-- Those of unknown date are the oldest.
CREATE INDEX tournament_result_by_player ON tournament_result (site, player, (COALESCE(started_at, -1)), tournament_id);

-- Exported hands have the site of their players from now on: all are exported again.
DELETE FROM export_segment WHERE source = 'hand';
