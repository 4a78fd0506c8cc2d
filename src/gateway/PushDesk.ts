/** What the gateway needs of web push. Every function rejects when the database is away. */
import type {
  PushServiceUnknown,
  PushSubscriptionBody,
  TooManySubscriptions,
} from "../../rpc/http/push.ts";
import type { PlayerId } from "../../rpc/id.ts";

export interface PushDesk {
  /** What a browser subscribes with. */
  readonly publicKey: () => Promise<string>;
  /** Resolves to why not; undefined when the browser gets notices from now on. */
  readonly subscribe: (
    playerId: PlayerId,
    body: PushSubscriptionBody,
  ) => Promise<TooManySubscriptions | PushServiceUnknown | undefined>;
  /** Ends it, if it is the player's own. */
  readonly unsubscribe: (playerId: PlayerId, endpoint: string) => Promise<void>;
}
