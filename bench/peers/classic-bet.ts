/**
 * A bet the classic way, the way the peers do it: the wallet is a row, the row is locked, and the bet's idempotency key
 * is unique. It is generous to them: no ledger, no events, no lobby, no foreign keys.
 */
import type { Database } from "../support/Postgres.ts";

/** One wallet a player, and as many players as the load has sockets. */
export const PLAYERS = 100;
/** Never runs out, so no bet is refused. */
const GRANT_MINOR = 1_000_000_000_000;

export const playerName = (index: number) => `player-${index}`;

const SCHEMA = `
CREATE TABLE wallet (
  player_id text PRIMARY KEY,
  balance_total bigint NOT NULL,
  balance_locked bigint NOT NULL DEFAULT 0 CHECK (balance_locked BETWEEN 0 AND balance_total)
);
CREATE TABLE bet (
  bet_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  player_id text NOT NULL,
  idempotency_key text NOT NULL,
  race_id text NOT NULL,
  market text NOT NULL,
  selection int[] NOT NULL,
  stake bigint NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (player_id, idempotency_key)
);`;

export const createClassicTables = async (database: Database): Promise<void> => {
  await database.query(SCHEMA);
  await database.query(
    "INSERT INTO wallet (player_id, balance_total) SELECT 'player-' || n, $1 FROM generate_series(0, $2 - 1) AS n",
    [GRANT_MINOR, PLAYERS],
  );
  await database.query("ANALYZE");
};

/** The statements of one bet between `BEGIN` and `COMMIT`. */
export const LOCK_WALLET =
  "SELECT balance_total, balance_locked FROM wallet WHERE player_id = $1 FOR UPDATE";
export const LOCK_STAKE =
  "UPDATE wallet SET balance_locked = balance_locked + $2 WHERE player_id = $1";
export const INSERT_BET = `INSERT INTO bet (player_id, idempotency_key, race_id, market, selection, stake)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING bet_id`;
