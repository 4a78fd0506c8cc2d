/** What travels to an entity and back, and how a contract's rejections are written for the journey and the journal. */
import type { Rpc } from "@effect/rpc";
import { Context, Schema } from "effect";
import { IsQuery, type AnyContract } from "../../rpc/contract.ts";
import { Unavailable } from "../../rpc/failure.ts";
import type { Outcome } from "./Ask.ts";
import type { StoredReply } from "./Journal.ts";

export interface Payload {
  readonly entityId: string;
  readonly commandId?: string;
}

export interface Letter {
  readonly tag: string;
  readonly payload: Payload;
  readonly requestId: string | undefined;
  readonly by: string | undefined;
  readonly fingerprint: string | undefined;
}

export type AnyOutcome = Outcome<unknown, unknown>;

/** A letter in a mailbox, with the way back. */
export interface Delivery extends Letter {
  /** Nobody waits for the answer after this, epoch milliseconds. */
  readonly deadline: number;
  readonly answer: (outcome: AnyOutcome) => void;
  /** It has not been carried out here and will not be: the entity lives elsewhere, or is about to. Send it again. */
  readonly moved: () => void;
}

export const unavailable = (reason: string, retryAfterMs: number): AnyOutcome => ({
  ok: false,
  error: new Unavailable({ reason, retryAfterMs }),
  replayed: false,
});

const RETRY_PAUSED_MS = 5000;
export const PAUSED = unavailable(
  "an administrator has paused entities of this kind",
  RETRY_PAUSED_MS,
);

/** One message of a contract, its codecs built once. */
export interface MessageCodec {
  readonly isQuery: boolean;
  readonly decodePayload: (payload: unknown) => unknown;
  readonly encodeFailure: (failure: unknown) => unknown;
  readonly decodeFailure: (encoded: unknown) => unknown;
}

export type ContractCodec = ReadonlyMap<string, MessageCodec>;

export const contractCodec = (contract: AnyContract): ContractCodec =>
  new Map(
    [...contract.group.requests].map(([tag, rpc]) => {
      const { annotations, errorSchema, payloadSchema } = rpc as unknown as Rpc.AnyWithProps;
      const failure = errorSchema as Schema.Schema<unknown>;
      return [
        tag,
        {
          isQuery: Context.get(annotations, IsQuery),
          decodePayload: Schema.decodeUnknownSync(payloadSchema as Schema.Schema<unknown>),
          encodeFailure: Schema.encodeSync(failure),
          decodeFailure: Schema.decodeUnknownSync(failure),
        },
      ];
    }),
  );

export const fromStored = (codec: MessageCodec, stored: StoredReply): AnyOutcome =>
  stored.ok
    ? { ok: true, value: stored.value, replayed: true }
    : { ok: false, error: codec.decodeFailure(stored.error), replayed: true };
