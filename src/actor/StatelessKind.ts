/**
 * A kind of entity that remembers nothing: what it answers follows from what it is asked alone. It has no journal, no mailbox
 * and no life; a message to one is carried out by whichever process holds its shard. It travels as any other message does,
 * with the same deadline, the same retries and the same back-pressure, and carried out twice it does no harm.
 */
import type { AnyContract } from "../../rpc/contract.ts";
import type { Delivery } from "./Message.ts";

export interface StatelessKind {
  /** All of its messages are queries. */
  readonly contract: AnyContract;
  /** Takes a message whose shard is held here: answers it, or says that it has moved. Never throws. */
  readonly carryOut: (delivery: Delivery) => void;
}
