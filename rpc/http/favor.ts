import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, NotYours, Unavailable } from "../failure.ts";
import {
  BorrowerNotFound,
  DueMs,
  FavorExists,
  FavorHoldLapsed,
  FavorNotFound,
  FavorStatus,
  FavorToSelf,
  NotRepayable,
  OfferClosed,
  RepayBelowAmount,
} from "../favor.ts";
import { WalletBalances } from "../frames.ts";
import { FavorId, PlayerId } from "../id.ts";
import { PositiveMinor } from "../money.ts";
import {
  BalanceLimit,
  HoldExists,
  HoldLimit,
  HoldNotFound,
  InsufficientFunds,
  WalletFrozen,
  WalletNotFound,
} from "../wallet.ts";
import { problem } from "./problem.ts";
import { BeforeMark, IdempotencyHeader, PageLimit } from "./request.ts";
import { Authenticated } from "./security.ts";

const MS_PER_SECOND = 1000;

/** `to` is the borrower. `repay` is what comes back, interest included; it is due so long after the acceptance. */
export const OfferFavorBody = Schema.Struct({
  to: PlayerId,
  amount: PositiveMinor,
  repay: PositiveMinor,
  due_in_seconds: Schema.Int.pipe(
    Schema.filter((seconds) => Schema.is(DueMs)(seconds * MS_PER_SECOND), {
      message: () => "Expected from a second to thirty days",
      jsonSchema: { minimum: 1, maximum: 2_592_000 },
    }),
  ),
});
export type OfferFavorBody = typeof OfferFavorBody.Type;

export const FavorBody = Schema.Struct({
  favor_id: Schema.String,
  lender_id: Schema.String,
  borrower_id: Schema.String,
  amount: Schema.Int,
  repay: Schema.Int,
  due_in_seconds: Schema.Number,
  status: FavorStatus,
  offered_at: Schema.String,
  expires_at: Schema.String,
  accepted_at: Schema.NullOr(Schema.String),
  due_at: Schema.NullOr(Schema.String),
  repaid_at: Schema.NullOr(Schema.String),
});
export type FavorBody = typeof FavorBody.Type;

/** The favor, and the caller's wallet, after what the caller did. */
export const FavorChangedBody = Schema.Struct({ ...FavorBody.fields, wallet: WalletBalances });
export type FavorChangedBody = typeof FavorChangedBody.Type;

/** How loans came out. `score` is 0 to 100; 50 where nothing is known. */
export const LoyaltyBody = Schema.Struct({
  score: Schema.Int,
  repaid_on_time: Schema.Int,
  repaid_late: Schema.Int,
  overdue: Schema.Int,
});
export type LoyaltyBody = typeof LoyaltyBody.Type;

/** `as_borrower`: how the player repaid. `as_lender`: how the player was repaid. */
export const LoyaltiesBody = Schema.Struct({ as_borrower: LoyaltyBody, as_lender: LoyaltyBody });
export type LoyaltiesBody = typeof LoyaltiesBody.Type;

/** `next_before` asks for the page after this one, whatever has been offered since; null on the last. */
export const FavorsBody = Schema.Struct({
  favors: Schema.Array(FavorBody),
  loyalty: LoyaltiesBody,
  next_before: Schema.NullOr(Schema.String),
});
export type FavorsBody = typeof FavorsBody.Type;

const FavorPath = Schema.Struct({ favor_id: FavorId });

/** What any of the answers to a favor may fail with. */
const act = <const Name extends string>(name: Name) =>
  HttpApiEndpoint.post(name, `/favors/:favor_id/${name}`)
    .setPath(FavorPath)
    .setHeaders(IdempotencyHeader)
    .addSuccess(FavorChangedBody)
    .addError(problem(FavorNotFound))
    .addError(problem(NotYours))
    .addError(problem(WalletNotFound))
    .addError(problem(BalanceLimit))
    .addError(problem(IdempotencyKeyReused))
    .addError(problem(Unavailable))
    .middleware(Authenticated);

export class FavorApi extends HttpApiGroup.make("favors")
  .add(
    HttpApiEndpoint.post("offer", "/favors")
      .setPayload(OfferFavorBody)
      .setHeaders(IdempotencyHeader)
      .addSuccess(FavorChangedBody, { status: 201 })
      .addError(problem(BorrowerNotFound))
      .addError(problem(FavorToSelf))
      .addError(problem(RepayBelowAmount))
      .addError(problem(FavorExists))
      .addError(problem(FavorHoldLapsed))
      .addError(problem(WalletNotFound))
      .addError(problem(WalletFrozen))
      .addError(problem(InsufficientFunds))
      .addError(problem(HoldExists))
      .addError(problem(HoldLimit))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "Offers a loan to another player. The amount is held until the offer is answered or lapses, a day later.",
      ),
  )
  .add(
    HttpApiEndpoint.get("list", "/favors")
      .setUrlParams(Schema.Struct({ before: BeforeMark, limit: PageLimit(50) }))
      .addSuccess(FavorsBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "The caller's favors as lender and as borrower, newest first, and what they say about both.",
      ),
  )
  .add(
    act("accept")
      .addError(problem(OfferClosed))
      .annotate(OpenApi.Description, "The borrower takes the loan; the money is there at once."),
  )
  .add(
    act("decline")
      .addError(problem(OfferClosed))
      .annotate(OpenApi.Description, "The borrower does not want it."),
  )
  .add(
    act("withdraw")
      .addError(problem(OfferClosed))
      .addError(problem(HoldNotFound))
      .annotate(OpenApi.Description, "The lender takes back an offer that is still open."),
  )
  .add(
    act("repay")
      .addError(problem(NotRepayable))
      .addError(problem(FavorHoldLapsed))
      .addError(problem(WalletFrozen))
      .addError(problem(InsufficientFunds))
      .addError(problem(HoldExists))
      .addError(problem(HoldLimit))
      .annotate(OpenApi.Description, "The borrower repays in full, overdue or not."),
  ) {}
