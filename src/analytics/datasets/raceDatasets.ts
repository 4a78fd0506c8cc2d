/** Settled races as tables: one row a race, one a runner of a race, one a bet. `race_id` joins them. */
import { type Dataset, quotedSegment } from "../Dataset.ts";

const RACE = {
  race_id: "VARCHAR",
  lobby_id: "VARCHAR",
  opened_at: "BIGINT",
  started_at: "BIGINT",
  settled_at: "BIGINT",
  takeout_per_mille: "INTEGER",
  scratched: "VARCHAR",
  finish_order: "VARCHAR",
  photo_finish: "BOOLEAN",
  powers: "INTEGER",
  takeout: "BIGINT",
  breakage: "BIGINT",
};

export const races: Dataset = {
  name: "races",
  about: "Settled races, one row each.",
  columns: {
    ...RACE,
    opened_at: "TIMESTAMP",
    started_at: "TIMESTAMP",
    settled_at: "TIMESTAMP",
    scratched: "INTEGER[]",
    // Groups of numbers, since dead heats share a place.
    finish_order: "INTEGER[][]",
  },
  read: RACE,
  select: (segment) => `
SELECT race_id, lobby_id, opened_at, data ->> 'started_at', settled_at, data ->> 'takeout_per_mille', data ->> 'scratched',
  data ->> 'order', data ->> 'photo_finish', json_array_length(data -> 'powers'),
  (SELECT sum((p ->> 'takeoutMinor')::bigint)::bigint FROM json_array_elements(data -> 'pools') AS p),
  (SELECT sum((p ->> 'breakageMinor')::bigint)::bigint FROM json_array_elements(data -> 'pools') AS p)
FROM race WHERE exported_in = ${quotedSegment(segment)} ORDER BY settled_at, race_id`,
  shape: `
SELECT * REPLACE (
  epoch_ms(opened_at) AS opened_at, epoch_ms(started_at) AS started_at, epoch_ms(settled_at) AS settled_at,
  from_json(scratched, '["INTEGER"]') AS scratched, from_json(finish_order, '[["INTEGER"]]') AS finish_order)
FROM source`,
};

const RUNNER = {
  race_id: "VARCHAR",
  lobby_id: "VARCHAR",
  settled_at: "BIGINT",
  number: "INTEGER",
  name: "VARCHAR",
  place: "INTEGER",
  odds_per_100: "INTEGER",
  won: "BOOLEAN",
  finish_ms: "INTEGER",
};

export const raceRunners: Dataset = {
  name: "race_runners",
  about: "The runners of settled races, one row a runner of a race. Odds are decimal, times 100.",
  columns: { ...RUNNER, settled_at: "TIMESTAMP" },
  read: RUNNER,
  select: (segment) => `
SELECT r.race_id, r.lobby_id, r.settled_at, n.number, n.name, n.place, n.odds, n.won, n.finish_ms
FROM race r JOIN race_runner n USING (race_id) WHERE r.exported_in = ${quotedSegment(segment)}
ORDER BY r.settled_at, r.race_id, n.number`,
  shape: "SELECT * REPLACE (epoch_ms(settled_at) AS settled_at) FROM source",
};

const BET = {
  bet_id: "VARCHAR",
  player_id: "VARCHAR",
  lobby_id: "VARCHAR",
  race_id: "VARCHAR",
  market: "VARCHAR",
  selection: "VARCHAR",
  stake: "BIGINT",
  status: "VARCHAR",
  payout: "BIGINT",
  placed_at: "BIGINT",
  settled_at: "BIGINT",
};

export const bets: Dataset = {
  name: "bets",
  about: "Bets on settled races, cancelled ones too, one row each.",
  columns: {
    ...BET,
    selection: "INTEGER[]",
    placed_at: "TIMESTAMP",
    settled_at: "TIMESTAMP",
  },
  read: BET,
  select: (segment) => `
SELECT ${Object.keys(BET)
    .map((name) => `b.${name}`)
    .join(", ")}
FROM race r JOIN bet b USING (race_id) WHERE r.exported_in = ${quotedSegment(segment)}
ORDER BY b.placed_at, b.bet_id`,
  shape: `
SELECT * REPLACE (
  epoch_ms(placed_at) AS placed_at, epoch_ms(settled_at) AS settled_at, from_json(selection, '["INTEGER"]') AS selection)
FROM source`,
};
