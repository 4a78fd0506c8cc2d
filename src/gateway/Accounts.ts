/** Accounts as PostgreSQL keeps them: who may log in, and as what. */
import { Schema } from "effect";
import type { Pool } from "pg";
import type { AccountBody, PlayerRowBody } from "../../rpc/http/admin/players.ts";
import { PlayerId } from "../../rpc/id.ts";
import { Role } from "../../rpc/http/security.ts";
import { revoking } from "./Revocations.ts";

const NewAccount = Schema.Struct({
  player_id: PlayerId,
  username: Schema.NullOr(Schema.String),
  password_hash: Schema.NullOr(Schema.String),
  display_name: Schema.String,
  roles: Schema.Array(Role),
});
export type NewAccount = typeof NewAccount.Type;

const Account = Schema.Struct({
  ...NewAccount.fields,
  /** Epoch milliseconds: its tokens from before are over; null when none is. */
  not_before: Schema.NullOr(Schema.Number),
});
export type Account = typeof Account.Type;
const decodeAccount = Schema.decodeUnknownSync(Account);

/** What is left of an account whose tokens have been revoked: its roles, and the moment from which tokens count. */
const Revoked = Schema.Struct({ roles: Schema.Array(Role), not_before: Schema.Number });
export type Revoked = typeof Revoked.Type;
const decodeRevoked = Schema.decodeUnknownSync(Revoked);

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
const ACCOUNT = `
SELECT ${COLUMNS}, not_before::float8 FROM account LEFT JOIN token_revocation USING (player_id)`;

export class Accounts {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async byPlayer(playerId: string): Promise<Account | undefined> {
    const { rows } = await this.pool.query(`${ACCOUNT} WHERE player_id = $1`, [playerId]);
    return rows[0] === undefined ? undefined : decodeAccount(rows[0]);
  }

  async byUsername(username: string): Promise<Account | undefined> {
    const { rows } = await this.pool.query(`${ACCOUNT} WHERE lower(username) = lower($1)`, [
      username,
    ]);
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
  async insert(account: NewAccount): Promise<boolean> {
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

  /** Ends the account's tokens and changes its password, in one. Undefined when there is no such account. */
  setPassword(
    playerId: string,
    notBefore: number,
    passwordHash: string,
  ): Promise<Revoked | undefined> {
    return this.revoked(
      `WITH revoked AS (${revoking("$1", "$2")})
      UPDATE account SET password_hash = $3 FROM revoked WHERE account.player_id = revoked.player_id
      RETURNING roles, not_before::float8`,
      [playerId, notBefore, passwordHash],
    );
  }

  /** Ends the account's tokens and gives it the role of an administrator, or takes it, in one. */
  setAdmin(playerId: string, notBefore: number, isAdmin: boolean): Promise<Revoked | undefined> {
    return this.revoked(
      `WITH revoked AS (${revoking("$1", "$2")})
      UPDATE account
      SET roles = array_remove(roles, 'admin') || CASE WHEN $3 THEN ARRAY['admin'] ELSE '{}' END
      FROM revoked WHERE account.player_id = revoked.player_id
      RETURNING roles, not_before::float8`,
      [playerId, notBefore, isAdmin],
    );
  }

  /** Ends the account's tokens. */
  revoke(playerId: string, notBefore: number): Promise<Revoked | undefined> {
    return this.revoked(
      `WITH revoked AS (${revoking("$1", "$2")})
      SELECT roles, not_before::float8 FROM revoked JOIN account USING (player_id)`,
      [playerId, notBefore],
    );
  }

  /** The same for the holder of a token that was issued then; undefined also when that is over already. */
  revokeAs(playerId: string, notBefore: number, issuedAt: number): Promise<Revoked | undefined> {
    return this.revoked(
      `WITH revoked AS (${revoking("$1", "$2", "$3")})
      SELECT roles, not_before::float8 FROM revoked JOIN account USING (player_id)`,
      [playerId, notBefore, issuedAt],
    );
  }

  private async revoked(sql: string, values: Array<unknown>): Promise<Revoked | undefined> {
    const { rows } = await this.pool.query(sql, values);
    return rows[0] === undefined ? undefined : decodeRevoked(rows[0]);
  }
}
