/**
 * Tokens that are over before their time. A token names no row that could be deleted; instead an account whose tokens are to
 * end gets a moment, and a token of it that was issued before is none (`migrations/0014_token_revocation.sql`). All live
 * moments are in every process's memory, few enough and looked up by the account, so that a request costs a look into a map.
 *
 * Each process reads what is new twice a second. While the database is away it keeps what it knows: nothing can be revoked
 * then, and a process that alone has lost the database can commit nothing for whoever holds an old token.
 *
 * The moment lies a little after the revocation: clocks of processes differ, and a token that another one issues at this
 * instant rests on what it read before. Whoever signs in after that gets a token that counts as issued at the moment itself.
 */
import { Schema } from "effect";
import type { Clock } from "../actor/Clock.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import { TOKEN_LIFETIME_MS } from "./Tokens.ts";

/** With the time of a read, a revocation is known everywhere within a second. */
const READ_EVERY_MS = 500;

/** More than the clocks of servers with NTP differ, and than a sign-in takes from its read to its token. */
export const MAX_CLOCK_SKEW_MS = 10_000;

/** What is older has no live token before it. */
const KEPT_MS = TOKEN_LIFETIME_MS + MAX_CLOCK_SKEW_MS;
/** The table then has at most so much of what is over. */
const SWEEP_EVERY_MS = 3_600_000;

/** As much of a `pg.Pool` as is used. */
export interface RevocationPool {
  readonly query: (
    sql: string,
    values?: Array<unknown>,
  ) => Promise<{ readonly rows: ReadonlyArray<unknown> }>;
}

export interface RevocationOptions {
  readonly pool: RevocationPool;
  readonly clock: Pick<Clock, "now" | "after">;
  readonly log: GatewayLog;
}

/** Whose token, and when it was issued (epoch milliseconds). */
export interface Issued {
  readonly playerId: string;
  readonly issuedAt: number;
}

const Row = Schema.Struct({
  horizon: Schema.String,
  player_id: Schema.NullOr(Schema.String),
  not_before: Schema.NullOr(Schema.Number),
});
const decodeRows = Schema.decodeUnknownSync(Schema.Array(Row));

export class Revocations {
  readonly #options: RevocationOptions;
  /** In the order in which they were learned, which is about that of their moments. */
  readonly #notBefore = new Map<string, number>();
  /** Every transaction before it had ended at the last read, and what it wrote was seen. */
  #horizon = "0";
  #sweptAt = 0;
  #isAway = false;
  #hasNews = false;
  #onNews: () => void = () => undefined;
  #callOffRead: () => void = () => undefined;
  #isClosed = false;

  constructor(options: RevocationOptions) {
    this.#options = options;
  }

  /** Reads all that there are, and from then on what is new. Rejects when the database is away. */
  async start(): Promise<void> {
    await this.#read();
    this.#hasNews = false;
    this.#readLater();
  }

  /** Calls `told` after each read since which there is something new. */
  onNews(told: () => void): void {
    this.#onNews = told;
  }

  covers({ playerId, issuedAt }: Issued): boolean {
    const notBefore = this.#notBefore.get(playerId);
    return notBefore !== undefined && issuedAt < notBefore;
  }

  /** The least moment for a revocation of now. */
  next(): number {
    return this.#options.clock.now() + MAX_CLOCK_SKEW_MS;
  }

  /** What this process has written itself counts from now on. */
  learn(playerId: string, notBefore: number): void {
    const known = this.#notBefore.get(playerId);
    if (known !== undefined && known >= notBefore) return;
    this.#notBefore.delete(playerId);
    this.#notBefore.set(playerId, notBefore);
    this.#hasNews = true;
  }

  close(): void {
    this.#isClosed = true;
    this.#callOffRead();
  }

  async #read(): Promise<void> {
    const { rows } = await this.#options.pool.query(NEW, [this.#horizon]);
    for (const { horizon, not_before, player_id } of decodeRows(rows)) {
      this.#horizon = horizon;
      if (player_id !== null && not_before !== null) this.learn(player_id, not_before);
    }
    await this.#forget();
  }

  #readLater(): void {
    if (this.#isClosed) return;
    this.#callOffRead = this.#options.clock.after(READ_EVERY_MS, () => void this.#readAgain());
  }

  async #readAgain(): Promise<void> {
    const { log } = this.#options;
    try {
      await this.#read();
      if (this.#isAway) log.info("revoked tokens are read again");
      this.#isAway = false;
    } catch (cause) {
      if (!this.#isAway) log.warn("revoked tokens cannot be read; those known stay so", { cause });
      this.#isAway = true;
    }
    if (this.#hasNews && !this.#isClosed) {
      this.#hasNews = false;
      this.#onNews();
    }
    this.#readLater();
  }

  async #forget(): Promise<void> {
    const { clock, pool } = this.#options;
    const now = clock.now();
    const over = now - KEPT_MS;
    for (const [playerId, notBefore] of this.#notBefore) {
      if (notBefore >= over) break;
      this.#notBefore.delete(playerId);
    }
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
    await pool.query(SWEEP, [over]);
    this.#sweptAt = now;
  }
}

/** One row without a player when there is nothing new. A transaction that is not visible yet is not before the horizon. */
const NEW = `
SELECT horizon::text, r.player_id, r.not_before::float8
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) AS look
LEFT JOIN token_revocation r ON r.written_in >= $1::xid8
ORDER BY r.not_before`;

/**
 * A statement's part that revokes the tokens of account `player` from `notBefore` on (both parameters, as `$1`); its row
 * has the moment that holds. Twice at one instant are two moments: the second ends what the first let in. With `issuedAt`
 * it has a row only if a token of then is not over already.
 */
export const revoking = (player: string, notBefore: string, issuedAt?: string): string => `
INSERT INTO token_revocation AS held (player_id, not_before)
SELECT player_id, ${notBefore}::bigint FROM account WHERE player_id = ${player}
ON CONFLICT (player_id) DO UPDATE
SET not_before = GREATEST(held.not_before + 1, EXCLUDED.not_before), written_in = pg_current_xact_id()
${issuedAt === undefined ? "" : `WHERE held.not_before <= ${issuedAt}::bigint`}
RETURNING player_id, not_before`;

/** Takes away what has no live token before it, but not from under another process. */
const SWEEP = `
DELETE FROM token_revocation WHERE player_id IN (
  SELECT player_id FROM token_revocation WHERE not_before < $1 FOR UPDATE SKIP LOCKED)`;
