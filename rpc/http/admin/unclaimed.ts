/**
 * Money of players that the house keeps because their wallets could not take it (`house:unclaimed`): what somebody has to look
 * after. Nothing is ever taken off this list; what was paid otherwise since stands in the journal of acts.
 */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../../failure.ts";
import { PlayerId } from "../../id.ts";
import { problem } from "../problem.ts";
import { BeforeMark, PageLimit } from "../request.ts";
import { AdminOnly } from "../security.ts";

export const UnclaimedWhat = Schema.Literal("raffle_payout", "ticket_refund", "favor");
export type UnclaimedWhat = typeof UnclaimedWhat.Type;

export const UnclaimedRowBody = Schema.Struct({
  /** An organiser's payout, what a ticket cost, or a loan or its repayment. */
  what: UnclaimedWhat,
  /** Whose money it is. */
  player_id: Schema.String,
  amount: Schema.Int,
  /** When the wallet refused it. */
  since: Schema.String,
  /** What the wallet said: it was full, or there was none; null when its journal does not tell. */
  why: Schema.NullOr(Schema.Literal("balance_limit", "wallet_not_found")),
  /** The entity that had the money before, and the raffle, payment or favor that it was for. */
  kind: Schema.Literal("raffle", "reservation", "favor"),
  entity_id: Schema.String,
  ref: Schema.String,
});
export type UnclaimedRowBody = typeof UnclaimedRowBody.Type;

/** Newest first. `next_before` asks for the page after this one; null on the last. */
export const UnclaimedBody = Schema.Struct({
  unclaimed: Schema.Array(UnclaimedRowBody),
  /** All that is on the account, whatever was asked for. */
  total: Schema.Int,
  next_before: Schema.NullOr(Schema.String),
});
export type UnclaimedBody = typeof UnclaimedBody.Type;

export class UnclaimedApi extends HttpApiGroup.make("unclaimed").add(
  HttpApiEndpoint.get("list", "/admin/unclaimed")
    .setUrlParams(
      Schema.Struct({
        player_id: Schema.optional(PlayerId),
        before: BeforeMark,
        limit: PageLimit(50),
      }),
    )
    .addSuccess(UnclaimedBody)
    .addError(problem(Unavailable))
    .middleware(AdminOnly)
    .annotate(
      OpenApi.Description,
      "Money of players that their wallets could not take, newest first: what, whose, since when, and why.",
    ),
) {}
