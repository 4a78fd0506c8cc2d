/** Who wants notices, and in which browsers. */
import type pg from "pg";
import {
  PushServiceUnknown,
  type PushSubscriptionBody,
  TooManySubscriptions,
} from "../../rpc/http/push.ts";
import type { PlayerId } from "../../rpc/id.ts";
import type { PushServices } from "./PushServices.ts";
import type { VapidKeys } from "./VapidKeys.ts";

/** A telephone, a tablet, and a few computers; each of them costs a request a notice. */
export const MAX_BROWSERS = 5;

export interface PushDeskOptions {
  readonly pool: pg.Pool;
  readonly keys: VapidKeys;
  readonly services: PushServices;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export class PushDesk {
  readonly #options: PushDeskOptions;

  constructor(options: PushDeskOptions) {
    this.#options = options;
  }

  /** What a browser subscribes with. Rejects when the database is away, as all of these do. */
  async publicKey(): Promise<string> {
    return (await this.#options.keys.pair()).publicKey;
  }

  /**
   * Notices for `playerId` go to this browser from now on, and to nobody else who used it before. Subscribing again renews
   * keys and language. Resolves to why not, undefined when it is done.
   */
  async subscribe(
    playerId: PlayerId,
    { endpoint, keys, language }: PushSubscriptionBody,
  ): Promise<TooManySubscriptions | PushServiceUnknown | undefined> {
    const { now, pool, services } = this.#options;
    if (!services.allows(endpoint)) return new PushServiceUnknown();
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      // One at a time for a player, each seeing what the one before it wrote.
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('push:' || $1, 0))", [
        playerId,
      ]);
      const values = [endpoint, playerId, keys.p256dh, keys.auth, language, now(), MAX_BROWSERS];
      const { rowCount } = await client.query(SUBSCRIBE, values);
      await client.query("COMMIT");
      client.release();
      return rowCount === 1 ? undefined : new TooManySubscriptions({ limit: MAX_BROWSERS });
    } catch (cause) {
      // Its transaction is open still: the connection goes with it.
      client.release(true);
      throw cause;
    }
  }

  /** Ends it, if it is the player's own. */
  async unsubscribe(playerId: PlayerId, endpoint: string): Promise<void> {
    await this.#options.pool.query(
      "DELETE FROM push_subscription WHERE endpoint = $1 AND player_id = $2",
      [endpoint, playerId],
    );
  }
}

/** Whose the browser's address is does not count it twice: it may be renewed by a player who has the most there can be. */
const SUBSCRIBE = `
INSERT INTO push_subscription (endpoint, player_id, p256dh, auth, language, created_at)
SELECT $1, $2, $3, $4, $5, $6
WHERE (SELECT count(*) FROM push_subscription WHERE player_id = $2 AND endpoint <> $1) < $7
ON CONFLICT (endpoint) DO UPDATE SET player_id = excluded.player_id, p256dh = excluded.p256dh, auth = excluded.auth,
  language = excluded.language,
  created_at = CASE WHEN push_subscription.player_id = excluded.player_id THEN push_subscription.created_at ELSE excluded.created_at END`;
