/** Players as the administrator sees them, and what the house may do to their wallets. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, Unavailable } from "../../failure.ts";
import { WalletBalances } from "../../frames.ts";
import { PlayerId } from "../../id.ts";
import {
  AdjustmentMinor,
  BalanceLimit,
  InsufficientFunds,
  Reason,
  WalletNotFound,
} from "../../wallet.ts";
import { BetBody } from "../bet.ts";
import { problem } from "../problem.ts";
import { IdempotencyHeader, PageLimit } from "../request.ts";
import { AdminOnly, Role } from "../security.ts";
import { StatementLineBody, WalletBody } from "../wallet.ts";

export class PlayerNotFound extends Schema.TaggedError<PlayerNotFound>()(
  "PlayerNotFound",
  { playerId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no player with this id: no account, and no wallet.";
  }
}

export const AccountBody = Schema.Struct({
  /** Null for a guest. */
  username: Schema.NullOr(Schema.String),
  display_name: Schema.String,
  roles: Schema.Array(Role),
  created_at: Schema.String,
});
export type AccountBody = typeof AccountBody.Type;

export const PlayerRowBody = Schema.Struct({
  player_id: Schema.String,
  ...AccountBody.fields,
});
export type PlayerRowBody = typeof PlayerRowBody.Type;

/** Ordered by id. `next_after` asks for the page after this one; null on the last. */
export const PlayersBody = Schema.Struct({
  players: Schema.Array(PlayerRowBody),
  next_after: Schema.NullOr(Schema.String),
});
export type PlayersBody = typeof PlayersBody.Type;

/** The freeze that a wallet is under; null for none. */
const Freeze = {
  freeze: Schema.NullOr(Schema.Struct({ reason: Schema.String, since: Schema.String })),
};

export const PlayerBody = Schema.Struct({
  player_id: Schema.String,
  /** Null for a wallet that a service has opened for someone without an account. */
  account: Schema.NullOr(AccountBody),
  /** Null when there is none, as for the administrator. */
  wallet: Schema.NullOr(Schema.Struct({ ...WalletBody.fields, ...Freeze })),
  /** The newest bets. */
  bets: Schema.Array(BetBody),
  /** The newest lines of the statement. */
  statement: Schema.Array(StatementLineBody),
});
export type PlayerBody = typeof PlayerBody.Type;

/** The wallet after what was done to it. */
export const PlayerWalletBody = Schema.Struct({
  player_id: Schema.String,
  ...WalletBalances.fields,
  frozen: Schema.Boolean,
  ...Freeze,
  version: Schema.Int,
});
export type PlayerWalletBody = typeof PlayerWalletBody.Type;

/** What an account may do, after that was changed. */
export const AccessBody = Schema.Struct({ player_id: Schema.String, roles: Schema.Array(Role) });
export type AccessBody = typeof AccessBody.Type;

/** Only someone who signs in with a password of their own can be an administrator, and the settings' own always is. */
export class RoleRefused extends Schema.TaggedError<RoleRefused>()(
  "RoleRefused",
  { reason: Schema.Literal("guest", "administrator_of_the_settings") },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return this.reason === "guest"
      ? "A guest has no password, and so cannot be an administrator."
      : "This administrator is the one of the settings, and stays it.";
  }
}

const ReasonBody = Schema.Struct({ reason: Reason });

/** `amount` is signed minor units: in (positive) or out. */
export const AdjustBody = Schema.Struct({ amount: AdjustmentMinor, reason: Reason });
export type AdjustBody = typeof AdjustBody.Type;

const PlayerPath = Schema.Struct({ player_id: PlayerId });

/** Longer than any id, user name or display name. */
const MAX_QUERY_CHARACTERS = 128;
const text = Schema.optionalWith(
  Schema.Trim.pipe(Schema.maxLength(MAX_QUERY_CHARACTERS), Schema.pattern(/^\P{C}*$/u)),
  { default: () => "" },
);

export class PlayerApi extends HttpApiGroup.make("players")
  .add(
    HttpApiEndpoint.get("list", "/")
      .setUrlParams(Schema.Struct({ query: text, after: text, limit: PageLimit(50) }))
      .addSuccess(PlayersBody)
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "Those whose id, user name or display name begins with `query`, names in any case; all of them without one.",
      ),
  )
  .add(
    HttpApiEndpoint.get("get", "/:player_id")
      .setPath(PlayerPath)
      .addSuccess(PlayerBody)
      .addError(problem(PlayerNotFound))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.post("freeze", "/:player_id/freeze")
      .setPath(PlayerPath)
      .setPayload(ReasonBody)
      .addSuccess(PlayerWalletBody)
      .addError(problem(WalletNotFound))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "The player can spend, send, take out and set aside nothing; bets that stand are settled, and what is due comes in. A frozen wallet stays as it is.",
      ),
  )
  .add(
    HttpApiEndpoint.post("unfreeze", "/:player_id/unfreeze")
      .setPath(PlayerPath)
      .setPayload(ReasonBody)
      .addSuccess(PlayerWalletBody)
      .addError(problem(WalletNotFound))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.post("revokeTokens", "/:player_id/revoke_tokens")
      .setPath(PlayerPath)
      .setPayload(ReasonBody)
      .addSuccess(AccessBody)
      .addError(problem(PlayerNotFound))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "Ends all tokens of the account, within a second everywhere, and closes their WebSockets with 1008. A guest, who has nothing but its token, is out for good.",
      ),
  )
  .add(
    HttpApiEndpoint.post("grantAdmin", "/:player_id/grant_admin")
      .setPath(PlayerPath)
      .setPayload(ReasonBody)
      .addSuccess(AccessBody)
      .addError(problem(PlayerNotFound))
      .addError(problem(RoleRefused))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "Ends all tokens of the account; the next has the role."),
  )
  .add(
    HttpApiEndpoint.post("revokeAdmin", "/:player_id/revoke_admin")
      .setPath(PlayerPath)
      .setPayload(ReasonBody)
      .addSuccess(AccessBody)
      .addError(problem(PlayerNotFound))
      .addError(problem(RoleRefused))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "Takes the role and ends all tokens of the account, within a second everywhere.",
      ),
  )
  .add(
    HttpApiEndpoint.post("adjust", "/:player_id/adjust")
      .setPath(PlayerPath)
      .setPayload(AdjustBody)
      .setHeaders(IdempotencyHeader)
      .addSuccess(PlayerWalletBody)
      .addError(problem(WalletNotFound))
      .addError(problem(InsufficientFunds))
      .addError(problem(BalanceLimit))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "Puts a balance right, against house:adjustments; never takes more than is available. The player reads the reason in the statement.",
      ),
  )
  .prefix("/admin/players")
  // Of all that stand above.
  .middlewareEndpoints(AdminOnly) {}
