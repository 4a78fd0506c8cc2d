/** Reservations and their payments over HTTP. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, NotYours, Unavailable } from "../failure.ts";
import { IdempotencyKey } from "../frames.ts";
import { RaffleId, ReservationId } from "../id.ts";
import { ProviderName } from "../payment.ts";
import {
  LastNumber,
  MAX_NUMBERS_PER_RESERVATION,
  NotInCheckout,
  NotInSelection,
  NumberNotReserved,
  NumberTaken,
  RaffleNotFound,
  RaffleNotOpen,
  ReservationClosed,
  ReservationExists,
  ReservationFull,
  ReservationNotFound,
  UnknownNumber,
} from "../raffle.ts";
import { PaymentDeclined, ProviderUnavailable } from "../reservation.ts";
import { NumberId, PaymentBody, ReservationBody } from "../reservationBody.ts";
import { accepted } from "./accepted.ts";
import { ValidationFailed } from "./failure.ts";
import { problem } from "./problem.ts";
import { IdempotencyHeader, PageLimit } from "./request.ts";
import { Authenticated } from "./security.ts";

export const ReservationAnswer = Schema.Struct({ reservation: ReservationBody });
export type ReservationAnswer = typeof ReservationAnswer.Type;

/** One line of a player's list: the reservation with what is known of its raffle. */
export const TicketsBody = Schema.Struct({
  reservations: Schema.Array(
    Schema.Struct({
      ...ReservationBody.fields,
      created_at: Schema.String,
      raffle: Schema.Struct({
        id: Schema.String,
        title: Schema.String,
        status: Schema.String,
        draw_at: Schema.String,
        total_numbers: Schema.Int,
      }),
      /** Prizes that its numbers have won, from 1. */
      won: Schema.Array(
        Schema.Struct({ prize: Schema.Int, prize_name: Schema.String, number: Schema.Int }),
      ),
    }),
  ),
  next_before: Schema.NullOr(Schema.String),
});
export type TicketsBody = typeof TicketsBody.Type;

export const ReserveBody = Schema.Struct({
  raffle_id: RaffleId,
  number_ids: Schema.Array(NumberId).pipe(
    Schema.minItems(1),
    Schema.maxItems(MAX_NUMBERS_PER_RESERVATION),
  ),
});
export type ReserveBody = typeof ReserveBody.Type;

export const NumberBody = Schema.Struct({ number_id: NumberId });

export const PayBody = Schema.Struct({
  provider: ProviderName,
  /** Where the provider's page leads back to: an address of this server or of an allowed origin. Default: the console. */
  return_url: Schema.optional(Schema.String.pipe(Schema.maxLength(2000))),
});
export type PayBody = typeof PayBody.Type;

export const PaidAnswer = Schema.Struct({ reservation: ReservationBody, payment: PaymentBody });
export type PaidAnswer = typeof PaidAnswer.Type;

/** Without a key each request is an intent of its own. */
const OptionalKey = Schema.Struct({ "x-idempotency-key": Schema.optional(IdempotencyKey) });

const path = "/api/v1/reservations";
const ReservationPath = Schema.Struct({ reservation_id: ReservationId });

const act = <const Name extends string>(name: Name, at: string) =>
  HttpApiEndpoint.post(name, `${path}/:reservation_id/${at}`)
    .setPath(ReservationPath)
    .addSuccess(ReservationAnswer)
    .addError(problem(ReservationNotFound))
    .addError(problem(RaffleNotFound))
    .addError(problem(NotYours))
    .addError(problem(ReservationClosed))
    .addError(problem(IdempotencyKeyReused))
    .addError(problem(Unavailable))
    .middleware(Authenticated);

export class ReservationApi extends HttpApiGroup.make("reservations")
  .add(
    HttpApiEndpoint.post("create", path)
      .setPayload(ReserveBody)
      .setHeaders(OptionalKey)
      .addSuccess(ReservationAnswer, { status: 201 })
      .addError(problem(RaffleNotFound))
      .addError(problem(RaffleNotOpen))
      .addError(problem(UnknownNumber))
      .addError(problem(NumberTaken))
      .addError(problem(ReservationExists))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(OpenApi.Description, "All of the numbers or none; a refusal names the taken ones."),
  )
  .add(
    HttpApiEndpoint.get("list", path)
      .setUrlParams(
        Schema.Struct({
          raffle_id: Schema.optional(RaffleId),
          /** `live`: in selection or at the checkout. */
          phase: Schema.optional(Schema.Literal("live", "sold")),
          before: Schema.optional(Schema.String),
          limit: PageLimit(50),
        }),
      )
      .addSuccess(TicketsBody)
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(OpenApi.Description, "The caller's, newest first."),
  )
  .add(
    HttpApiEndpoint.get("get", `${path}/:reservation_id`)
      .setPath(ReservationPath)
      .addSuccess(ReservationAnswer)
      .addError(problem(ReservationNotFound))
      .addError(problem(RaffleNotFound))
      .addError(problem(NotYours))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  )
  .add(
    act("addNumber", "add-number")
      .setPayload(NumberBody)
      .setHeaders(OptionalKey)
      .addError(problem(NotInSelection))
      .addError(problem(RaffleNotOpen))
      .addError(problem(UnknownNumber))
      .addError(problem(NumberTaken))
      .addError(problem(ReservationFull)),
  )
  .add(
    act("removeNumber", "remove-number")
      .setPayload(NumberBody)
      .setHeaders(OptionalKey)
      .addError(problem(NotInSelection))
      .addError(problem(NumberNotReserved))
      .addError(problem(LastNumber)),
  )
  .add(act("moveToCheckout", "move-to-checkout").setHeaders(OptionalKey))
  .add(act("cancel", "cancel").setHeaders(OptionalKey))
  .add(
    HttpApiEndpoint.post("pay", `${path}/:reservation_id/pay`)
      .setPath(ReservationPath)
      .setPayload(PayBody)
      .setHeaders(IdempotencyHeader)
      .addSuccess(PaidAnswer)
      .addSuccess(accepted(PaidAnswer))
      .addError(problem(ValidationFailed))
      .addError(problem(ReservationNotFound))
      .addError(problem(RaffleNotFound))
      .addError(problem(NotYours))
      .addError(problem(NotInCheckout))
      .addError(problem(ReservationClosed))
      .addError(problem(PaymentDeclined))
      .addError(problem(ProviderUnavailable))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "200: sold. 202: the payer goes on at `payment.next_step`, or, without one, asks for the reservation again.",
      ),
  ) {}
