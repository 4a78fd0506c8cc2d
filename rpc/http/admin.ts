/**
 * What the administrator's console asks: who the cluster is and does, and what any entity is, was and has been told. All
 * of it is for the role `admin` alone. Every call that changes something is written into the journal of acts
 * (`admin/acts.ts`); a command's caller is in the entity's journal besides.
 */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, Unavailable } from "../failure.ts";
import { NotFound, ValidationFailed } from "./failure.ts";
import { problem } from "./problem.ts";
import { IdempotencyHeader, PageLimit } from "./request.ts";
import { AdminOnly } from "./security.ts";

/** JSON of whatever shape: an entity's own. */
const Json = Schema.Unknown.annotations({ jsonSchema: {} });

/** The process was started by itself, or in production: nobody here may start and stop processes. */
export class NotSupervised extends Schema.TaggedError<NotSupervised>()(
  "NotSupervised",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "Only processes started by `npm run cluster` can be controlled from here.";
  }
}

/** The supervisor was asked and could not do it; nothing was changed. */
export class SupervisorRefused extends Schema.TaggedError<SupervisorRefused>()(
  "SupervisorRefused",
  { reason: Schema.String },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `The supervisor refuses: ${this.reason}`;
  }
}

export class ProcessNotFound extends Schema.TaggedError<ProcessNotFound>()(
  "ProcessNotFound",
  { processId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such process, or it has ended.";
  }
}

export class KindNotFound extends Schema.TaggedError<KindNotFound>()(
  "KindNotFound",
  { kind: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such kind of entity. GET /admin/kinds lists them.";
  }
}

/** Nothing has ever been written of it. It may still be spoken to: that is how entities begin. */
export class EntityNotFound extends Schema.TaggedError<EntityNotFound>()(
  "EntityNotFound",
  { kind: Schema.String, entityId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return `The journal has no ${this.kind} with this id.`;
  }
}

export class VersionNotFound extends Schema.TaggedError<VersionNotFound>()(
  "VersionNotFound",
  { newestVersion: Schema.Int },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return `The newest version is ${this.newestVersion}.`;
  }
}

export class MessageNotFound extends Schema.TaggedError<MessageNotFound>()(
  "MessageNotFound",
  { kind: Schema.String, tag: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return `The contract of ${this.kind} has no command or query of this name.`;
  }
}

const ProcessKindBody = Schema.Struct({
  kind: Schema.String,
  /** Entities with their state in memory. */
  live: Schema.Int,
  /** Messages waiting or in flight. */
  depth: Schema.Int,
});

/** What a process last said about itself. It says so each second; how old the news is, `at` tells. */
export const ProcessBody = Schema.Struct({
  process_id: Schema.String,
  name: Schema.String,
  pid: Schema.Int,
  runner: Schema.String,
  link: Schema.String,
  url: Schema.String,
  release: Schema.String,
  started_at: Schema.String,
  /** The process that gives this answer. */
  is_self: Schema.Boolean,
  state: Schema.Literal("up", "draining", "silent"),
  at: Schema.String,
  /** Shards it holds. */
  shards: Schema.Int,
  kinds: Schema.Array(ProcessKindBody),
  /** Journal appends committed since it started; two answers give the throughput. */
  appends: Schema.Int,
  /** Appends that wait for a transaction. */
  commit_depth: Schema.Int,
  /** Of the transactions of the last seconds, milliseconds. */
  commit_ms: Schema.Struct({ p50: Schema.Number, p99: Schema.Number }),
  letters_in_flight: Schema.Int,
  leases: Schema.Int,
  sockets: Schema.Int,
  loop_delay_ms: Schema.Number,
  memory_bytes: Schema.Int,
  singletons: Schema.Array(Schema.String),
  /** Things that seldom happen, counted since it started. */
  sometimes: Schema.Record({ key: Schema.String, value: Schema.Int }),
});
export type ProcessBody = typeof ProcessBody.Type;

export const ClusterBody = Schema.Struct({
  processes: Schema.Array(ProcessBody),
  /** `held`: by some process that is known. */
  shards: Schema.Struct({ total: Schema.Int, held: Schema.Int }),
  paused_kinds: Schema.Array(Schema.String),
  /** Whether processes can be added, killed, stopped, paused, resumed and drained from here. */
  can_supervise: Schema.Boolean,
});
export type ClusterBody = typeof ClusterBody.Type;

/** `kill` is SIGKILL, `stop` SIGTERM, `pause` SIGSTOP, `resume` SIGCONT; `drain` hands all entities over, then ends. */
export const ProcessAction = Schema.Literal("kill", "stop", "pause", "resume", "drain");
export type ProcessAction = typeof ProcessAction.Type;

/** The supervisor has taken it on; the cluster's next reports show what came of it. */
export const SupervisedBody = Schema.Struct({
  action: Schema.Literal("add", ...ProcessAction.literals),
  /** Null when a process is added. */
  process_id: Schema.NullOr(Schema.String),
});
export type SupervisedBody = typeof SupervisedBody.Type;

/**
 * The JSON Schema of a message's payload: always an object, without `entityId` and `commandId`, which are given apart, and
 * without `$ref`s.
 */
export const PayloadSchemaBody = Schema.Struct({
  type: Schema.Literal("object"),
  required: Schema.Array(Schema.String),
  /** A JSON Schema for each field, in the contract's order. */
  properties: Schema.Record({ key: Schema.String, value: Json }),
});
export type PayloadSchemaBody = typeof PayloadSchemaBody.Type;

export const MessageBody = Schema.Struct({ tag: Schema.String, payload: PayloadSchemaBody });
export type MessageBody = typeof MessageBody.Type;

export const KindBody = Schema.Struct({
  kind: Schema.String,
  /** Its entities take no messages and ring no alarms, in the whole cluster. */
  paused: Schema.Boolean,
  /** Entities that have a journal; at most so many are counted, and then `entities_are_more` says so. */
  entities: Schema.Int,
  entities_are_more: Schema.Boolean,
  commands: Schema.Array(MessageBody),
  queries: Schema.Array(MessageBody),
});
export type KindBody = typeof KindBody.Type;

export const KindsBody = Schema.Struct({ kinds: Schema.Array(KindBody) });
export type KindsBody = typeof KindsBody.Type;

export const PauseBody = Schema.Struct({ paused: Schema.Boolean });
export const PausedBody = Schema.Struct({ kind: Schema.String, paused: Schema.Boolean });
export type PausedBody = typeof PausedBody.Type;

export const EntityRowBody = Schema.Struct({
  entity_id: Schema.String,
  /** Of its newest journal entry, with when that was written. */
  version: Schema.Int,
  at: Schema.String,
});
export type EntityRowBody = typeof EntityRowBody.Type;

/** Ordered by id. `next_after` asks for the page after this one; null on the last. */
export const EntitiesBody = Schema.Struct({
  entities: Schema.Array(EntityRowBody),
  next_after: Schema.NullOr(Schema.String),
});
export type EntitiesBody = typeof EntitiesBody.Type;

/** An entity as it was right after one of its journal entries. */
export const EntityBody = Schema.Struct({
  kind: Schema.String,
  entity_id: Schema.String,
  /** The version shown, and when it was written. */
  version: Schema.Int,
  at: Schema.String,
  newest_version: Schema.Int,
  /** As a snapshot would have it, its maps in a fixed order; null when the journal cannot be folded up to here. */
  state: Json,
  /** What should be true of the state and is not, in sentences; none for a sound one. */
  broken: Schema.Array(Schema.String),
  /** Whether this state owes work to other entities. */
  outstanding: Schema.Boolean,
  /** When it will be woken, whatever version is shown; null for never. */
  alarm_due_at: Schema.NullOr(Schema.String),
  /** The process that holds its shard; null when none is known to. */
  owner: Schema.NullOr(
    Schema.Struct({ process_id: Schema.String, name: Schema.String, is_self: Schema.Boolean }),
  ),
});
export type EntityBody = typeof EntityBody.Type;

/** A rejection as its contract declares it: `_tag` and its own fields, with the sentence for people beside. */
export const RejectionBody = Schema.Struct({
  tag: Schema.String,
  message: Schema.String,
  fields: Schema.Record({ key: Schema.String, value: Json }),
});
export type RejectionBody = typeof RejectionBody.Type;

/** What an entity answered. */
const AnsweredBody = Schema.Union(
  Schema.Struct({ ok: Schema.Literal(true), value: Json }),
  Schema.Struct({ ok: Schema.Literal(false), error: RejectionBody }),
);

export const JournalEntryBody = Schema.Struct({
  version: Schema.Int,
  command: Schema.String,
  /** Begins with `~` when the entity gave itself the command. */
  command_id: Schema.String,
  /** Who asked: a player's id, a service's name; null for the entity itself. */
  by: Schema.NullOr(Schema.String),
  request_id: Schema.NullOr(Schema.String),
  at: Schema.String,
  /** Null when the entity gave itself the command. */
  reply: Schema.NullOr(AnsweredBody),
  events: Schema.Array(Json),
});
export type JournalEntryBody = typeof JournalEntryBody.Type;

/** Newest first. `next_before` is the `before_version` of the page after this one; null on the last. */
export const EntityJournalBody = Schema.Struct({
  entries: Schema.Array(JournalEntryBody),
  next_before: Schema.NullOr(Schema.Int),
});
export type EntityJournalBody = typeof EntityJournalBody.Type;

/** A command or a query. Its payload is as the schema of its tag says in `GET /admin/kinds`. */
export const SendBody = Schema.Struct({
  tag: Schema.String.pipe(Schema.maxLength(80)),
  payload: Schema.Record({ key: Schema.String, value: Json }),
});

/** `replayed`: the key was used before for the same command, and this is what it was answered then. */
export const SentBody = Schema.Union(
  Schema.Struct({ ok: Schema.Literal(true), value: Json, replayed: Schema.Boolean }),
  Schema.Struct({ ok: Schema.Literal(false), error: RejectionBody, replayed: Schema.Boolean }),
);
export type SentBody = typeof SentBody.Type;

/** Whatever may stand in a column of text and in a log line. */
const text = (maxLength: number) =>
  Schema.String.pipe(Schema.maxLength(maxLength), Schema.pattern(/^[^\p{C}]*$/u));
const Kind = text(40).pipe(Schema.minLength(1));
const EntityId = text(256).pipe(Schema.minLength(1));
const Version = Schema.NumberFromString.pipe(Schema.int(), Schema.positive());

const KindPath = Schema.Struct({ kind: Kind });
const EntityPath = Schema.Struct({ kind: Kind, entity_id: EntityId });

export class AdminApi extends HttpApiGroup.make("admin")
  .add(
    HttpApiEndpoint.get("cluster", "/admin/cluster")
      .addSuccess(ClusterBody)
      .addError(problem(NotFound))
      .middleware(AdminOnly),
  )
  .add(
    HttpApiEndpoint.post("addProcess", "/admin/cluster/processes")
      .addSuccess(SupervisedBody, { status: 202 })
      .addError(problem(NotSupervised))
      .addError(problem(SupervisorRefused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "Starts one more process. In development only."),
  )
  .add(
    HttpApiEndpoint.post("actOnProcess", "/admin/cluster/processes/:process_id/:action")
      .setPath(Schema.Struct({ process_id: EntityId, action: ProcessAction }))
      .addSuccess(SupervisedBody, { status: 202 })
      .addError(problem(ProcessNotFound))
      .addError(problem(NotSupervised))
      .addError(problem(SupervisorRefused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "kill, stop, pause, resume or drain. In development only."),
  )
  .add(
    HttpApiEndpoint.get("kinds", "/admin/kinds")
      .addSuccess(KindsBody)
      .addError(problem(NotFound))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "All kinds of entity, with the forms of their messages."),
  )
  .add(
    HttpApiEndpoint.put("pauseKind", "/admin/kinds/:kind/paused")
      .setPath(KindPath)
      .setPayload(PauseBody)
      .addSuccess(PausedBody)
      .addError(problem(NotFound))
      .addError(problem(KindNotFound))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(
        OpenApi.Description,
        "Durable; the whole cluster follows within a second. Messages to a paused kind are answered `unavailable`.",
      ),
  )
  .add(
    HttpApiEndpoint.get("entities", "/admin/entities")
      .setUrlParams(
        Schema.Struct({
          kind: Kind,
          prefix: Schema.optionalWith(text(256), { default: () => "" }),
          after: Schema.optionalWith(text(256), { default: () => "" }),
          limit: PageLimit(50),
        }),
      )
      .addSuccess(EntitiesBody)
      .addError(problem(NotFound))
      .addError(problem(KindNotFound))
      .addError(problem(Unavailable))
      .middleware(AdminOnly),
  )
  .add(
    HttpApiEndpoint.get("entity", "/admin/entities/:kind/:entity_id")
      .setPath(EntityPath)
      .setUrlParams(Schema.Struct({ version: Schema.optional(Version) }))
      .addSuccess(EntityBody)
      .addError(problem(NotFound))
      .addError(problem(KindNotFound))
      .addError(problem(EntityNotFound))
      .addError(problem(VersionNotFound))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "The newest version, or the one asked for."),
  )
  .add(
    HttpApiEndpoint.get("journal", "/admin/entities/:kind/:entity_id/journal")
      .setPath(EntityPath)
      .setUrlParams(
        Schema.Struct({ before_version: Schema.optional(Version), limit: PageLimit(50) }),
      )
      .addSuccess(EntityJournalBody)
      .addError(problem(NotFound))
      .addError(problem(KindNotFound))
      .addError(problem(EntityNotFound))
      .addError(problem(Unavailable))
      .middleware(AdminOnly),
  )
  .add(
    HttpApiEndpoint.post("send", "/admin/entities/:kind/:entity_id/commands")
      .setPath(EntityPath)
      .setPayload(SendBody)
      .setHeaders(IdempotencyHeader)
      .addSuccess(SentBody)
      .addError(problem(ValidationFailed))
      .addError(problem(NotFound))
      .addError(problem(KindNotFound))
      .addError(problem(MessageNotFound))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(
        OpenApi.Description,
        "Sends a command or a query. What the entity answers, a rejection too, comes with status 200.",
      ),
  ) {}
