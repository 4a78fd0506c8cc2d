import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, NotYours, Unavailable } from "../failure.ts";
import { BetCancelledBody, BetPlacedBody, PlaceBetBody } from "../frames.ts";
import { BetId, IdText } from "../id.ts";
import {
  BetCancelledAlready,
  BetNotFound,
  BettingClosed,
  InvalidSelection,
  LobbyNotFound,
  Market,
  PlayerLimit,
  StakeAboveMax,
  StakeBelowMin,
} from "../lobby.ts";
import {
  HoldExists,
  HoldLimit,
  HoldNotFound,
  InsufficientFunds,
  WalletFrozen,
  WalletNotFound,
} from "../wallet.ts";
import { ValidationFailed } from "./failure.ts";
import { problem } from "./problem.ts";
import { BeforeMark, IdempotencyHeader, PageLimit } from "./request.ts";
import { Authenticated } from "./security.ts";

export const BetStatus = Schema.Literal("accepted", "cancelled", "won", "lost", "refunded");
export type BetStatus = typeof BetStatus.Type;

export const BetBody = Schema.Struct({
  bet_id: Schema.String,
  race_id: Schema.String,
  lobby_id: Schema.String,
  market: Market,
  selection: Schema.Array(Schema.Int),
  stake: Schema.Int,
  status: BetStatus,
  payout: Schema.NullOr(Schema.Int),
  placed_at: Schema.String,
  settled_at: Schema.NullOr(Schema.String),
});
export type BetBody = typeof BetBody.Type;

/** `next_before` asks for the page after this one, whatever has been placed since; null on the last. */
export const BetsBody = Schema.Struct({
  bets: Schema.Array(BetBody),
  next_before: Schema.NullOr(Schema.String),
});
export type BetsBody = typeof BetsBody.Type;

/** The bet would be accepted now, were the money there. */
export const BetValidBody = Schema.Struct({
  valid: Schema.Literal(true),
  lobby_id: Schema.String,
  race_id: Schema.String,
  market: Market,
  selection: Schema.Array(Schema.Int),
  stake: Schema.Int,
});
export type BetValidBody = typeof BetValidBody.Type;

const BetPath = Schema.Struct({ bet_id: BetId });

export class BetApi extends HttpApiGroup.make("bets")
  .add(
    HttpApiEndpoint.post("place", "/bets")
      .setPayload(PlaceBetBody)
      .setHeaders(IdempotencyHeader)
      .addSuccess(BetPlacedBody, { status: 201 })
      .addError(problem(ValidationFailed))
      .addError(problem(WalletNotFound))
      .addError(problem(WalletFrozen))
      .addError(problem(InsufficientFunds))
      .addError(problem(HoldExists))
      .addError(problem(HoldLimit))
      .addError(problem(LobbyNotFound))
      .addError(problem(BettingClosed))
      .addError(problem(InvalidSelection))
      .addError(problem(StakeBelowMin))
      .addError(problem(StakeAboveMax))
      .addError(problem(PlayerLimit))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  )
  .add(
    HttpApiEndpoint.post("validate", "/bets/validate")
      .setPayload(PlaceBetBody)
      .addSuccess(BetValidBody)
      .addError(problem(ValidationFailed))
      .addError(problem(LobbyNotFound))
      .addError(problem(BettingClosed))
      .addError(problem(InvalidSelection))
      .addError(problem(StakeBelowMin))
      .addError(problem(StakeAboveMax))
      .addError(problem(PlayerLimit))
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "The verdict on a bet's shape, limits and phase; nothing is placed, no money is looked at.",
      ),
  )
  .add(
    HttpApiEndpoint.del("cancel", "/bets/:bet_id")
      .setPath(BetPath)
      .setHeaders(IdempotencyHeader)
      .addSuccess(BetCancelledBody)
      .addError(problem(LobbyNotFound))
      .addError(problem(BetNotFound))
      .addError(problem(NotYours))
      .addError(problem(BetCancelledAlready))
      .addError(problem(BettingClosed))
      .addError(problem(WalletNotFound))
      .addError(problem(HoldNotFound))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  )
  .add(
    HttpApiEndpoint.get("list", "/bets")
      .setUrlParams(
        Schema.Struct({
          race_id: Schema.optional(IdText),
          lobby_id: Schema.optional(IdText),
          status: Schema.optional(BetStatus),
          before: BeforeMark,
          limit: PageLimit(50),
        }),
      )
      .addSuccess(BetsBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "The caller's bets, newest first: all, or those of a race, of a lobby, of a status.",
      ),
  )
  .add(
    HttpApiEndpoint.get("get", "/bets/:bet_id")
      .setPath(BetPath)
      .addSuccess(BetBody)
      .addError(problem(BetNotFound))
      .addError(problem(NotYours))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  ) {}
