/**
 * The journal of what administrators change. An act is written down before it is carried out, and what came of it after;
 * both for good, so that an act whose process died in between is listed as `unknown`. Asking again with the same key is an
 * act of its own, marked as replayed: nothing else has happened then.
 */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../../failure.ts";
import { problem } from "../problem.ts";
import { PageLimit } from "../request.ts";
import { AdminOnly } from "../security.ts";

export const AdminAct = Schema.Literal(
  "add_process",
  "kill_process",
  "stop_process",
  "pause_process",
  "resume_process",
  "drain_process",
  "pause_kind",
  "resume_kind",
  "send_command",
  "create_lobby",
  "stop_lobby",
  "freeze_wallet",
  "unfreeze_wallet",
  "adjust_wallet",
  "revoke_tokens",
  "grant_admin",
  "revoke_admin",
  "create_raffle",
  "edit_raffle",
  "publish_raffle",
  "suspend_raffle",
  "resume_raffle",
  "cancel_raffle",
  "close_raffle",
  "draw_raffle",
  "switch_provider",
  "resolve_refund",
);
export type AdminAct = typeof AdminAct.Type;

/** What an act is on; the parts that name it. */
export const ActTarget = Schema.Struct({
  process_id: Schema.optional(Schema.String),
  kind: Schema.optional(Schema.String),
  entity_id: Schema.optional(Schema.String),
  lobby_id: Schema.optional(Schema.String),
  player_id: Schema.optional(Schema.String),
  raffle_id: Schema.optional(Schema.String),
  provider: Schema.optional(Schema.String),
  payment_id: Schema.optional(Schema.String),
});
export type ActTarget = typeof ActTarget.Type;

export const ActBody = Schema.Struct({
  act_id: Schema.String,
  /** When it was asked for. */
  at: Schema.String,
  /** The administrator's player id. */
  by: Schema.String,
  act: AdminAct,
  target: ActTarget,
  /** What else was asked: the amount of an adjustment, a command's tag and payload. */
  details: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
  reason: Schema.NullOr(Schema.String),
  request_id: Schema.String,
  idempotency_key: Schema.NullOr(Schema.String),
  /** `unknown`: it is being carried out, or nobody lived to tell. */
  outcome: Schema.Literal("done", "refused", "unknown"),
  /** Of the refusal, such as `insufficient_funds`; null for none. */
  code: Schema.NullOr(Schema.String),
  /** The key was used before for the same act; this is what came of it then. */
  replayed: Schema.Boolean,
  finished_at: Schema.NullOr(Schema.String),
});
export type ActBody = typeof ActBody.Type;

/** Newest first. `next_before` asks for the page after this one; null on the last. */
export const ActsBody = Schema.Struct({
  acts: Schema.Array(ActBody),
  next_before: Schema.NullOr(Schema.String),
});
export type ActsBody = typeof ActsBody.Type;

/** Acts are numbered. */
const ActId = Schema.String.pipe(Schema.pattern(/^\d{1,15}$/));

export class ActApi extends HttpApiGroup.make("acts").add(
  HttpApiEndpoint.get("list", "/admin/acts")
    .setUrlParams(
      Schema.Struct({
        before: Schema.optional(ActId),
        by: Schema.optional(Schema.String.pipe(Schema.maxLength(128))),
        act: Schema.optional(AdminAct),
        limit: PageLimit(50),
      }),
    )
    .addSuccess(ActsBody)
    .addError(problem(Unavailable))
    .middleware(AdminOnly)
    .annotate(OpenApi.Description, "What administrators have changed, newest first."),
) {}
