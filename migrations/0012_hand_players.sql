-- Players of recorded hands with how many they have (projection of entities/handPlayer), those with the most first.
CREATE TABLE hand_player_total (
  site    text NOT NULL,
  player  text COLLATE "C" NOT NULL,
  hands   bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (site, player)
) WITH (fillfactor = 80);
CREATE INDEX hand_player_total_by_hands ON hand_player_total (hands DESC, player);

-- A player's hands in the order in which they were played: days and sessions.
CREATE INDEX hand_player_by_time ON hand_player (player, played_at);
