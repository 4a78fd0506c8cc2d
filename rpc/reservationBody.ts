/** A reservation and its payment as the wire has them, in answers and in frames. */
import { Schema } from "effect";
import { NextStep, PaymentFailure, PaymentStatus, ProviderName } from "./payment.ts";
import { ReservationPhase } from "./reservation.ts";

/** A number's id: its digits. */
export const NumberId = Schema.String.pipe(Schema.pattern(/^(0|[1-9]\d{0,5})$/));

export const PaymentBody = Schema.Struct({
  id: Schema.String,
  provider: ProviderName,
  status: PaymentStatus,
  amount: Schema.Int,
  next_step: Schema.NullOr(NextStep),
  failure: Schema.NullOr(PaymentFailure),
  started_at: Schema.String,
});
export type PaymentBody = typeof PaymentBody.Type;

export const ReservationBody = Schema.Struct({
  id: Schema.String,
  raffle_id: Schema.String,
  phase: ReservationPhase,
  /** When the numbers are free again; meaningless once the reservation is over. */
  expires_at: Schema.String,
  numbers: Schema.Array(Schema.Struct({ id: Schema.String, number: Schema.Int })),
  total_amount: Schema.Int,
  /** The newest; null before there is one. */
  payment: Schema.NullOr(PaymentBody),
});
export type ReservationBody = typeof ReservationBody.Type;
