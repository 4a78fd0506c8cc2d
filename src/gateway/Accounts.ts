/** Accounts as PostgreSQL keeps them: who may log in, and as what. */
import { Schema } from "effect";
import type { Pool } from "pg";
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
