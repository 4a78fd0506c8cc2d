/** Raffles over HTTP. A number's id is the number written in digits. Times are ISO-8601, money in minor units. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, Unavailable } from "../failure.ts";
import { RaffleId } from "../id.ts";
import {
  DrawDatePast,
  MAX_NUMBERS,
  RaffleExists,
  RaffleNotFound,
  RaffleStatus,
  RaffleStatusConflict,
  RaffleTerms,
  TooManyPrizes,
} from "../raffle.ts";
import { DrawBody, NumberStatus, RaffleBody } from "../raffleBody.ts";
import { problem } from "./problem.ts";
import { PageLimit } from "./request.ts";
import { AdminOnly, Authenticated, MaybeAuthenticated } from "./security.ts";

export const RafflesBody = Schema.Struct({
  raffles: Schema.Array(RaffleBody),
  /** Asks for the page after this one; null on the last. */
  next_before: Schema.NullOr(Schema.String),
});
export type RafflesBody = typeof RafflesBody.Type;

/** A page of numbers, or with `format=bitmap` all of them. */
export const NumbersBody = Schema.Struct({
  numbers: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      number: Schema.Int,
      status: NumberStatus,
      mine: Schema.optional(Schema.Boolean),
    }),
  ),
  total_numbers: Schema.Int,
  state_version: Schema.Int,
  /**
   * Base64, a bit a number, the lowest number in the lowest bit of the first byte; only with `format=bitmap`, and then
   * `numbers` has the caller's own alone.
   */
  bitmap: Schema.optional(Schema.Struct({ reserved: Schema.String, sold: Schema.String })),
});
export type NumbersBody = typeof NumbersBody.Type;

/** All that a third party needs to draw again: the draw, and the tickets in their order, `<number>:<reservation id>`. */
export const DrawProofBody = Schema.Struct({
  ...DrawBody.fields,
  algorithm: Schema.String,
  tickets: Schema.Array(Schema.String),
});
export type DrawProofBody = typeof DrawProofBody.Type;

/** For its organiser and the administrator. */
export const RaffleBooksBody = Schema.Struct({
  raffle_id: Schema.String,
  sales: Schema.Int,
  gross: Schema.Int,
  fee: Schema.Int,
  payout: Schema.Int,
  returned: Schema.Int,
  settled: Schema.Boolean,
  /**
   * Of a cancelled raffle: the reservations that do not answer when they are told to give the money back. They are told again
   * until they do. `why` is for the administrator alone, and empty for the organiser.
   */
  unanswered: Schema.Array(
    Schema.Struct({ reservation_id: Schema.String, since: Schema.String, why: Schema.String }),
  ),
  /** Numbers sold by hour, oldest first, the last 72 with any. */
  sold_by_hour: Schema.Array(Schema.Struct({ hour: Schema.String, numbers: Schema.Int })),
});
export type RaffleBooksBody = typeof RaffleBooksBody.Type;

export const RaffleSocketStatsBody = Schema.Struct({
  total_connections: Schema.Int,
  connections_by_raffle: Schema.Record({ key: Schema.String, value: Schema.Int }),
});
export type RaffleSocketStatsBody = typeof RaffleSocketStatsBody.Type;

const { description, minSoldPercent, organiserId, prizes, ticketPriceMinor, title, totalNumbers } =
  RaffleTerms.fields;

const terms = {
  title,
  description: Schema.optionalWith(description, { default: () => "" }),
  ticket_price: ticketPriceMinor,
  total_numbers: totalNumbers,
  draw_at: Schema.Date,
  prizes,
  organiser_id: Schema.optionalWith(organiserId, { default: () => null }),
  min_sold_percent: Schema.optionalWith(minSoldPercent, { default: () => 0 }),
};

/** `publish`: on sale at once; else it is a draft. */
export const CreateRaffleBody = Schema.Struct({
  raffle_id: Schema.optional(RaffleId),
  ...terms,
  publish: Schema.optionalWith(Schema.Boolean, { default: () => true }),
});
export type CreateRaffleBody = typeof CreateRaffleBody.Type;

export const EditRaffleBody = Schema.Struct(terms);
export type EditRaffleBody = typeof EditRaffleBody.Type;

const Reason = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(200));
export const RaffleReasonBody = Schema.Struct({ reason: Reason });

/** Its money is no business of the caller. */
export class RaffleNotYours extends Schema.TaggedError<RaffleNotYours>()(
  "RaffleNotYours",
  {},
  HttpApiSchema.annotations({ status: 403 }),
) {
  override get message() {
    return "Only the raffle's organiser and the administrator may read this.";
  }
}

/** The draw has not taken place yet. */
export class NotDrawn extends Schema.TaggedError<NotDrawn>()(
  "NotDrawn",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "The draw has not taken place yet.";
  }
}

const RafflePath = Schema.Struct({ raffle_id: RaffleId });
const path = "/api/v1/raffles";

const act = <const Name extends string>(name: Name) =>
  HttpApiEndpoint.post(name, `${path}/:raffle_id/${name}`)
    .setPath(RafflePath)
    .addSuccess(RaffleBody)
    .addError(problem(RaffleNotFound))
    .addError(problem(RaffleStatusConflict))
    .addError(problem(IdempotencyKeyReused))
    .addError(problem(Unavailable))
    .middleware(AdminOnly);

export class RaffleApi extends HttpApiGroup.make("raffles")
  .add(
    HttpApiEndpoint.get("list", path)
      .setUrlParams(
        Schema.Struct({
          status: Schema.optional(RaffleStatus),
          /** `me`: the caller's own as organiser. */
          organiser: Schema.optional(Schema.Literal("me")),
          before: Schema.optional(Schema.String),
          limit: PageLimit(50),
        }),
      )
      .addSuccess(RafflesBody)
      .addError(problem(Unavailable))
      .middleware(MaybeAuthenticated)
      .annotate(
        OpenApi.Description,
        "Newest first. Drafts are shown to the administrator, and with `organiser=me` to their organiser; how many numbers are reserved is a moment old.",
      ),
  )
  .add(
    HttpApiEndpoint.post("create", path)
      .setPayload(CreateRaffleBody)
      .addSuccess(RaffleBody, { status: 201 })
      .addError(problem(RaffleExists))
      .addError(problem(TooManyPrizes))
      .addError(problem(DrawDatePast))
      .addError(problem(RaffleNotFound))
      .addError(problem(RaffleStatusConflict))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly),
  )
  .add(
    HttpApiEndpoint.get("get", `${path}/:raffle_id`)
      .setPath(RafflePath)
      .addSuccess(RaffleBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(Unavailable))
      .middleware(MaybeAuthenticated)
      .annotate(
        OpenApi.Description,
        "A draft is known to its organiser and the administrator alone.",
      ),
  )
  .add(
    HttpApiEndpoint.put("edit", `${path}/:raffle_id`)
      .setPath(RafflePath)
      .setPayload(EditRaffleBody)
      .addSuccess(RaffleBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(RaffleStatusConflict))
      .addError(problem(TooManyPrizes))
      .addError(problem(DrawDatePast))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "A draft, or while nothing is reserved or sold."),
  )
  .add(act("publish").addError(problem(DrawDatePast)))
  .add(act("suspend").setPayload(RaffleReasonBody))
  .add(act("resume").addError(problem(DrawDatePast)))
  .add(
    act("cancel")
      .setPayload(RaffleReasonBody)
      .annotate(OpenApi.Description, "Everyone who has bought gets the money back."),
  )
  .add(act("close").annotate(OpenApi.Description, "Ends the sale; the draw comes at its date."))
  .add(
    HttpApiEndpoint.post("draw", `${path}/:raffle_id/draw`)
      .setPath(RafflePath)
      .addSuccess(DrawBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(RaffleStatusConflict))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(
        OpenApi.Description,
        "Draws now; with a beacon as soon as its round is published, until which there are no winners.",
      ),
  )
  .add(
    HttpApiEndpoint.get("getDraw", `${path}/:raffle_id/draw`)
      .setPath(RafflePath)
      .addSuccess(DrawBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(Unavailable))
      .middleware(MaybeAuthenticated),
  )
  .add(
    HttpApiEndpoint.get("verify", `${path}/:raffle_id/verify`)
      .setPath(RafflePath)
      .addSuccess(DrawProofBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(NotDrawn))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("numbers", `${path}/:raffle_id/numbers`)
      .setPath(RafflePath)
      .setUrlParams(
        Schema.Struct({
          offset: Schema.optionalWith(
            Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, MAX_NUMBERS)),
            { default: () => 0 },
          ),
          limit: Schema.optionalWith(
            Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, 1000)),
            { default: () => 100 },
          ),
          format: Schema.optionalWith(Schema.Literal("list", "bitmap"), {
            default: () => "list" as const,
          }),
        }),
      )
      .addSuccess(NumbersBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(Unavailable))
      .middleware(MaybeAuthenticated),
  )
  .add(
    HttpApiEndpoint.get("books", `${path}/:raffle_id/books`)
      .setPath(RafflePath)
      .addSuccess(RaffleBooksBody)
      .addError(problem(RaffleNotFound))
      .addError(problem(RaffleNotYours))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  )
  .add(
    HttpApiEndpoint.get("socketStats", `${path}/:raffle_id/ws/stats`)
      .setPath(RafflePath)
      .addSuccess(RaffleSocketStatsBody)
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "Who watches raffles, in the whole cluster."),
  ) {}
