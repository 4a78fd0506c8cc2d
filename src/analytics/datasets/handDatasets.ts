/** Recorded hands as tables: one row a hand, one a player of a hand, one an action. `seq` joins them. */
import { countColumns } from "../../hands/store/countColumns.ts";
import { DAY_MS, type Dataset, type Segment } from "../Dataset.ts";

const within = ({ afterSeq, day, toSeq }: Segment): string =>
  `h.played_at / ${DAY_MS} = ${Date.parse(day) / DAY_MS} AND h.seq > ${Number(afterSeq)} AND h.seq <= ${Number(toSeq)}`;

const HAND = {
  seq: "BIGINT",
  hand_id: "VARCHAR",
  played_at: "BIGINT",
  format: "VARCHAR",
  game: "VARCHAR",
  limit_kind: "VARCHAR",
  currency: "VARCHAR",
  stakes: "VARCHAR",
  table_name: "VARCHAR",
  players: "SMALLINT",
  total_pot: "BIGINT",
  rake: "BIGINT",
  board: "VARCHAR",
  hero: "VARCHAR",
  hero_cards: "VARCHAR",
  hero_position: "VARCHAR",
  hero_net: "BIGINT",
  detail: "VARCHAR",
} as const;

const selectHands = (columns: Readonly<Record<string, string>>) => (segment: Segment) =>
  `SELECT ${Object.keys(columns)
    .map((name) => `h.${name}`)
    .join(", ")} FROM hand h WHERE ${within(segment)} ORDER BY h.seq`;

const { detail: _, ...HAND_SHOWN } = HAND;

export const hands: Dataset = {
  name: "hands",
  about: "Recorded hands of poker, one row each.",
  columns: {
    ...HAND_SHOWN,
    played_at: "TIMESTAMP",
    ante: "BIGINT",
    small_blind: "BIGINT",
    big_blind: "BIGINT",
    tournament_id: "VARCHAR",
    tournament: "VARCHAR",
  },
  read: HAND,
  select: selectHands(HAND),
  shape: `
SELECT * REPLACE (epoch_ms(played_at) AS played_at),
  json_extract_string(detail, '$.stakes.ante') AS ante,
  json_extract_string(detail, '$.stakes.smallBlind') AS small_blind,
  json_extract_string(detail, '$.stakes.bigBlind') AS big_blind,
  json_extract_string(detail, '$.tournament.id') AS tournament_id,
  json_extract_string(detail, '$.tournament.name') AS tournament
FROM source`,
};

const COUNT_COLUMNS = Object.fromEntries(
  countColumns.map(({ name, type }) => [name, type === "bigint" ? "BIGINT" : "SMALLINT"]),
);

const HAND_PLAYER = {
  seq: "BIGINT",
  played_at: "BIGINT",
  site: "VARCHAR",
  player: "VARCHAR",
  currency: "VARCHAR",
  game: "VARCHAR",
  limit_kind: "VARCHAR",
  stakes: "VARCHAR",
  players: "SMALLINT",
  position: "VARCHAR",
  ...COUNT_COLUMNS,
};

export const handPlayers: Dataset = {
  name: "hand_players",
  about: "What each hand adds to each player's statistics, one row a player of a hand.",
  columns: { ...HAND_PLAYER, played_at: "TIMESTAMP" },
  read: HAND_PLAYER,
  select: (segment) =>
    `SELECT ${Object.keys(HAND_PLAYER)
      .map((name) => `p.${name}`)
      .join(", ")} FROM hand h JOIN hand_player p USING (seq) WHERE ${within(segment)}`,
  // A player's rows side by side: who asks for one of them reads a part of the file.
  shape: `
SELECT * REPLACE (epoch_ms(played_at) AS played_at) FROM source ORDER BY site, player, seq`,
  // Many columns of small numbers, in a file for each day: a dictionary for each takes a third of the time to read them,
  // and as much room as it saves. Measured on a year of a million hands.
  encoding: "DICTIONARY_SIZE_LIMIT 0",
};

const ACTION_SOURCE = { seq: "BIGINT", played_at: "BIGINT", detail: "VARCHAR" };

const STREETS = `'[{"name":"VARCHAR","actions":[{"player":"VARCHAR","kind":"VARCHAR","put":"BIGINT","to":"BIGINT","allIn":"BOOLEAN","discarded":"INTEGER"}]}]'`;

export const handActions: Dataset = {
  name: "hand_actions",
  about: "What was done in each hand, one row an action.",
  columns: {
    seq: "BIGINT",
    played_at: "TIMESTAMP",
    number: "INTEGER",
    street: "VARCHAR",
    player: "VARCHAR",
    kind: "VARCHAR",
    put: "BIGINT",
    raised_to: "BIGINT",
    all_in: "BOOLEAN",
    discarded: "INTEGER",
  },
  read: ACTION_SOURCE,
  select: selectHands(ACTION_SOURCE),
  shape: `
SELECT seq, epoch_ms(played_at) AS played_at, number, action.street, action.did.player, action.did.kind, action.did.put,
  action.did."to" AS raised_to, COALESCE(action.did.allIn, false) AS all_in, action.did.discarded
FROM (
  SELECT seq, played_at, unnest(actions) AS action, generate_subscripts(actions, 1) AS number
  FROM (
    SELECT seq, played_at, flatten(list_transform(
      from_json(json_extract(detail, '$.streets'), ${STREETS}),
      lambda s: list_transform(s.actions, lambda a: {'street': s.name, 'did': a}))) AS actions
    FROM source))`,
};
