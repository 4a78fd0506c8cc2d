/**
 * `ask` says something to an entity and answers with what the entity decided. The caller cannot tell whether the
 * entity lives in this process (then the message is pushed straight into its mailbox) or in another (then it
 * travels, batched with whatever else goes to that entity while a call is in flight).
 *
 * The answer is a plain `Promise` of an `Outcome`, not an `Effect`: this is the hot path, and a fiber for each message
 * would cost more than the decision. An answer that reports a change is given after the change is durable.
 */
import type { AnyContract, FailureOf, PayloadOf, ReplyOf, TagOf } from "../../rpc/contract.ts";

/** What an entity answered. A rejection is a value, not an exception. */
export type Outcome<Reply, Failure> =
  | {
      readonly ok: true;
      readonly value: Reply;
      /** True when this command id had been carried out before and this is the stored reply. */
      readonly replayed: boolean;
    }
  | { readonly ok: false; readonly error: Failure; readonly replayed: boolean };

export interface AskOptions {
  /** Follows the message through logs, journal and traces. */
  readonly requestId?: string;
  /** Who asks, for the journal: a player's id, a service's name. */
  readonly by?: string;
  /**
   * Digest of the request behind the command. The same command id with another fingerprint is refused with
   * `IdempotencyKeyReused`. Without one, repetitions are not compared.
   */
  readonly fingerprint?: string;
  /** Give up waiting after so long and answer `Unavailable`; the outcome is then unknown. Default 10,000. */
  readonly timeoutMs?: number;
}

export interface Ask {
  <C extends AnyContract, const Tag extends TagOf<C>>(
    contract: C,
    tag: Tag,
    payload: PayloadOf<C, Tag>,
    options?: AskOptions,
  ): Promise<Outcome<ReplyOf<C, Tag>, FailureOf<C, Tag>>>;
}
