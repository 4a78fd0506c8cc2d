/**
 * What a client may send, whatever it is about. The RPC library expects messages of this shape and dies of others, so
 * they are checked before it sees them.
 */
import { Schema } from "effect";

/** Room for the message with the most in it, a settlement of all the holds that a wallet may have. */
export const MAX_MESSAGE_BYTES = 262_144;
/** Rpcs have names far shorter; headers are a token and a request id. */
const MAX_TAG_LENGTH = 128;
const MAX_HEADERS = 32;
const MAX_TRACE_ID_LENGTH = 64;

/** Counted up by the client; the library reads it as a bigint. */
const RequestId = Schema.String.pipe(Schema.pattern(/^\d{1,20}$/));
const TraceId = Schema.optional(Schema.String.pipe(Schema.maxLength(MAX_TRACE_ID_LENGTH)));

export const Request = Schema.Struct({
  _tag: Schema.Literal("Request"),
  id: RequestId,
  tag: Schema.String.pipe(Schema.maxLength(MAX_TAG_LENGTH)),
  payload: Schema.Unknown,
  headers: Schema.Array(Schema.Tuple(Schema.String, Schema.String)).pipe(
    Schema.maxItems(MAX_HEADERS),
  ),
  traceId: TraceId,
  spanId: TraceId,
  sampled: Schema.optional(Schema.Boolean),
});

export type RequestMessage = typeof Request.Type;

const ClientMessage = Schema.Union(
  Request,
  Schema.Struct({ _tag: Schema.Literal("Ack", "Interrupt"), requestId: RequestId }),
  Schema.Struct({ _tag: Schema.Literal("Ping", "Eof") }),
);

export const isRequest = Schema.is(Request);
export const isClientMessage = Schema.is(ClientMessage);
