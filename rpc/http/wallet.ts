import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { WalletBalances } from "../frames.ts";
import { WalletNotFound } from "../wallet.ts";
import { problem } from "./problem.ts";
import { PageLimit } from "./request.ts";
import { Authenticated } from "./security.ts";

export const WalletBody = Schema.Struct({
  player_id: Schema.String,
  currency: Schema.String,
  ...WalletBalances.fields,
  /** By the house: nothing can be spent or set aside, sent or taken out; what is due still comes in. */
  frozen: Schema.Boolean,
  open_holds: Schema.Array(
    Schema.Struct({
      hold_id: Schema.String,
      amount: Schema.Int,
      purpose: Schema.String,
      ref: Schema.String,
      since: Schema.String,
    }),
  ),
  version: Schema.Int,
});
export type WalletBody = typeof WalletBody.Type;

/** One posting of a wallet with its counter-account and the balance after it. */
export const StatementLineBody = Schema.Struct({
  line_id: Schema.String,
  at: Schema.String,
  purpose: Schema.String,
  account: Schema.String,
  counter_account: Schema.String,
  amount: Schema.Int,
  balance_total: Schema.Int,
  balance_locked: Schema.Int,
  ref: Schema.String,
});

export type StatementLineBody = typeof StatementLineBody.Type;

/** Newest first. `next_before` asks for the page after this one; null on the last. */
export const StatementBody = Schema.Struct({
  lines: Schema.Array(StatementLineBody),
  next_before: Schema.NullOr(Schema.String),
});
export type StatementBody = typeof StatementBody.Type;

export class WalletApi extends HttpApiGroup.make("wallet")
  .add(
    HttpApiEndpoint.get("get", "/wallet/me")
      .addSuccess(WalletBody)
      .addError(problem(WalletNotFound))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  )
  .add(
    HttpApiEndpoint.get("statement", "/wallet/me/statement")
      .setUrlParams(
        Schema.Struct({
          before: Schema.optional(Schema.String.pipe(Schema.maxLength(128))),
          limit: PageLimit(50),
        }),
      )
      .addSuccess(StatementBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  ) {}
