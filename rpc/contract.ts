/**
 * A contract says what may be said to a kind of entity. It is an `RpcGroup`, so the typed client of a service, the
 * wire codecs and the deciders' types all derive from it.
 *
 * - A **command** may change the entity. It carries a `commandId`; the entity carries it out once and answers every
 *   repetition with the reply it gave first. Success and rejection are both final and both remembered.
 * - A **query** reads what has been committed and is never remembered.
 *
 * Replies are plain JSON values (a schema's `Type` equals its `Encoded`): they are stored in the journal and sent on
 * the wire as they are. Rejections are `Schema.TaggedError`s.
 */
import { Rpc, type RpcGroup } from "@effect/rpc";
import { Context, Schema } from "effect";
import { CommandFailure, Unavailable } from "./failure.ts";
import { CommandId } from "./id.ts";

/** Marks the messages that read and change nothing. */
export class IsQuery extends Context.Reference<IsQuery>()("croupier/rpc/IsQuery", {
  defaultValue: () => false,
}) {}

const Addressed = { entityId: Schema.NonEmptyString };
const Identified = { ...Addressed, commandId: CommandId };

/** Declares a command: `payload` and `success` by field, `error` the union of its rejections. */
export const command = <
  const Tag extends string,
  Payload extends Schema.Struct.Fields,
  Success extends Schema.Schema.Any,
  Rejection extends Schema.Schema.All = typeof Schema.Never,
>(
  tag: Tag,
  options: { readonly payload: Payload; readonly success: Success; readonly error?: Rejection },
) =>
  Rpc.make(tag, {
    payload: Schema.Struct({ ...Identified, ...options.payload }),
    success: options.success,
    error: Schema.Union((options.error ?? Schema.Never) as Rejection, CommandFailure),
  });

/** Declares a query. */
export const query = <
  const Tag extends string,
  Payload extends Schema.Struct.Fields,
  Success extends Schema.Schema.Any,
  Rejection extends Schema.Schema.All = typeof Schema.Never,
>(
  tag: Tag,
  options: { readonly payload: Payload; readonly success: Success; readonly error?: Rejection },
) =>
  Rpc.make(tag, {
    payload: Schema.Struct({ ...Addressed, ...options.payload }),
    success: options.success,
    error: Schema.Union((options.error ?? Schema.Never) as Rejection, Unavailable),
  }).annotate(IsQuery, true);

/** A kind of entity by name, with all that may be said to it. */
export interface Contract<Kind extends string, Rpcs extends Rpc.Any> {
  readonly kind: Kind;
  readonly group: RpcGroup.RpcGroup<Rpcs>;
}

/** Any contract, where only its name and its messages' codecs matter. */
export interface AnyContract {
  readonly kind: string;
  readonly group: { readonly requests: ReadonlyMap<string, Rpc.Any> };
}

export const contract = <const Kind extends string, Rpcs extends Rpc.Any>(
  kind: Kind,
  group: RpcGroup.RpcGroup<Rpcs>,
): Contract<Kind, Rpcs> => ({ kind, group });

/** The messages of a contract, its payloads, replies and rejections, by tag. */
export type RpcsOf<C> = C extends { readonly group: RpcGroup.RpcGroup<infer Rpcs> } ? Rpcs : never;
export type TagOf<C> = RpcsOf<C>["_tag"];
export type RpcOf<C, Tag extends TagOf<C>> = Extract<RpcsOf<C>, { readonly _tag: Tag }>;
export type PayloadOf<C, Tag extends TagOf<C>> = Rpc.Payload<RpcOf<C, Tag>>;
export type ReplyOf<C, Tag extends TagOf<C>> = Rpc.Success<RpcOf<C, Tag>>;
export type FailureOf<C, Tag extends TagOf<C>> = Rpc.Error<RpcOf<C, Tag>>;
/** What the decider itself may reject with: the failures of the shell are not its own. */
export type RejectionOf<C, Tag extends TagOf<C>> = Exclude<FailureOf<C, Tag>, CommandFailure>;
export type QueryTagOf<C> = {
  [Tag in TagOf<C>]: PayloadOf<C, Tag> extends { readonly commandId: CommandId } ? never : Tag;
}[TagOf<C>];
export type CommandTagOf<C> = Exclude<TagOf<C>, QueryTagOf<C>>;
