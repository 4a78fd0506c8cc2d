/** Accounts as PostgreSQL keeps them: who may log in, and as what. */
import { Schema } from "effect";
import type { Pool } from "pg";
import type { AccountBody, PlayerRowBody } from "../../rpc/http/admin/players.ts";
import { PlayerId } from "../../rpc/id.ts";
import { Role } from "../../rpc/http/security.ts";

const Account = Schema.Struct({
  player_id: PlayerId,
  username: Schema.NullOr(Schema.String),
  password_hash: Schema.NullOr(Schema.String),
  display_name: Schema.String,
  roles: Schema.Array(Role),
});
export type Account = typeof Account.Type;
const decodeAccount = Schema.decodeUnknownSync(Account);

/** What others may know of an account: no hash. */
const Profile = Schema.Struct({
  player_id: Schema.String,
  username: Schema.NullOr(Schema.String),
  display_name: Schema.String,
  roles: Schema.Array(Role),
  created_at: Schema.ValidDateFromSelf,
});
const decodeProfile = Schema.decodeUnknownSync(Profile);
const PROFILE = "player_id, username, display_name, roles, created_at";

const profileBody = (row: unknown): PlayerRowBody => {
  const { created_at, ...profile } = decodeProfile(row);
  return { ...profile, created_at: created_at.toISOString() };
};

/**
 * Ids in the order of their bytes, whatever the database's collation. Each way to begin has its index; how many begin so
 * decides whether they are used or the ids are walked in order.
 */
export const SEARCH = `
SELECT ${PROFILE} FROM account
WHERE player_id ~>~ $2
  AND (player_id LIKE $1 OR lower(username) LIKE lower($1) OR lower(display_name) LIKE lower($1))
ORDER BY player_id USING ~<~ LIMIT $3`;

/** A pattern for whatever begins with `text`. */
export const beginsWith = (text: string): string => `${text.replace(/[\\%_]/g, "\\$&")}%`;

const COLUMNS = "player_id, username, password_hash, display_name, roles";

export class Accounts {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async byPlayer(playerId: string): Promise<Account | undefined> {
    const { rows } = await this.pool.query(`SELECT ${COLUMNS} FROM account WHERE player_id = $1`, [
      playerId,
    ]);
    return rows[0] === undefined ? undefined : decodeAccount(rows[0]);
  }

  async byUsername(username: string): Promise<Account | undefined> {
    const { rows } = await this.pool.query(
      `SELECT ${COLUMNS} FROM account WHERE lower(username) = lower($1)`,
      [username],
    );
    return rows[0] === undefined ? undefined : decodeAccount(rows[0]);
  }

  /** Without its password's hash. */
  async profile(playerId: string): Promise<AccountBody | undefined> {
    const { rows } = await this.pool.query(`SELECT ${PROFILE} FROM account WHERE player_id = $1`, [
      playerId,
    ]);
    if (rows[0] === undefined) return undefined;
    const { player_id: _, ...account } = profileBody(rows[0]);
    return account;
  }

  /** Those whose id, user name or display name begins with `query`, after the id `after`, in the order of their ids. */
  async search(page: {
    readonly query: string;
    readonly after: string;
    readonly limit: number;
  }): Promise<ReadonlyArray<PlayerRowBody>> {
    const { rows } = await this.pool.query(SEARCH, [
      beginsWith(page.query),
      page.after,
      page.limit,
    ]);
    return rows.map(profileBody);
  }

  /** False when the user name is taken, whatever its case. */
  async insert(account: Account): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO account (${COLUMNS}) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [
        account.player_id,
        account.username,
        account.password_hash,
        account.display_name,
        account.roles,
      ],
    );
    return rowCount === 1;
  }

  async setPasswordHash(playerId: string, passwordHash: string): Promise<void> {
    await this.pool.query("UPDATE account SET password_hash = $2 WHERE player_id = $1", [
      playerId,
      passwordHash,
    ]);
  }
}
