/**
 * A small world: one lobby with one race that is over and paid, players who bet on it, and one who only joined. The
 * product itself plays it, over its API, on a database of its own; its rows are the pattern from which a large database
 * is filled. So what is read and written there has the shape, the size and the sense of the real thing.
 */
import { joinMany, type Player } from "../support/Players.ts";
import type { Database } from "../support/Postgres.ts";
import { startServer } from "../support/Server.ts";
import { openShortLobby, type ShortLobby } from "../support/ShortLobby.ts";
import { SECRET } from "../support/Tokens.ts";

/** As many as a small lobby has. */
const WORLD_PLAYERS = 20;
/** A wallet then has 51 entries, since a race is paid in one, and no snapshot yet: recovery reads them all. */
const BETS_EACH = 49;

/** The tables that a wallet or a lobby writes. What processes write about themselves is not history. */
export const TABLES = [
  "journal",
  "snapshot",
  "alarm",
  "ledger",
  "lobby",
  "bet",
  "race",
  "race_runner",
  "account",
] as const;
export type Table = (typeof TABLES)[number];

/** A row as PostgreSQL writes its columns as text. */
export type PatternRow = ReadonlyArray<string | null>;

export interface World {
  /** By table: its columns with their types, and the rows in the order of writing. */
  readonly tables: Readonly<Record<Table, Pattern>>;
  readonly lobbyId: string;
  /** Those who bet, and the one who only joined. */
  readonly bettors: ReadonlyArray<string>;
  readonly visitor: string;
}

export interface Pattern {
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly rows: ReadonlyArray<PatternRow>;
}

/** Rows of one command lie together as they were written. */
const ORDER: Readonly<Partial<Record<Table, string>>> = { journal: "at, version", ledger: "at" };

const readPattern = async (database: Database, table: Table): Promise<Pattern> => {
  const columns = await database.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  const texts = columns.map(({ name }) => `${name}::text`).join(", ");
  const order = ORDER[table] === undefined ? "" : `ORDER BY ${ORDER[table]}`;
  const rows = await database.query<{ row: PatternRow }>(
    `SELECT ARRAY[${texts}] AS row FROM ${table} ${order}`,
  );
  return { columns, rows: rows.map(({ row }) => row) };
};

/** Plays a world on an empty database and reads it. */
export const playWorld = async (database: Database): Promise<World> => {
  const server = await startServer(database, { DEMO: "0", JWT_SECRET: SECRET });
  let lobby: ShortLobby;
  let players: ReadonlyArray<Player>;
  try {
    lobby = await openShortLobby(server);
    players = await joinMany(server.url, WORLD_PLAYERS + 1);
    for (let bet = 0; bet < BETS_EACH; bet += 1)
      await Promise.all(players.slice(1).map(({ token }, i) => lobby.bet(token, bet + i)));
    await lobby.untilPaid();
    // Without an alarm: thousands of its copies would all run races.
    await lobby.stop();
  } finally {
    await server.stop();
  }
  const patterns = await Promise.all(
    TABLES.map(async (table) => [table, await readPattern(database, table)] as const),
  );
  return {
    tables: Object.fromEntries(patterns) as Record<Table, Pattern>,
    lobbyId: lobby.lobbyId,
    bettors: players.slice(1).map(({ playerId }) => playerId),
    visitor: players[0]!.playerId,
  };
};
