/** A reservation and its payments as the wire has them. */
import type { PaymentView } from "../../rpc/payment.ts";
import type { ReservationPhase } from "../../rpc/reservation.ts";
import type { PaymentBody, ReservationBody } from "../../rpc/reservationBody.ts";

const iso = (epochMs: number) => new Date(epochMs).toISOString();

export const paymentBody = (view: PaymentView): PaymentBody => ({
  id: view.paymentId,
  provider: view.provider,
  status: view.status,
  amount: view.amountMinor,
  next_step: view.nextStep,
  failure: view.failure,
  started_at: iso(view.startedAt),
});

/** A reservation as whoever knows it has it: the raffle, its own entity, or the table of those that have ended. */
export interface Shown {
  readonly reservationId: string;
  readonly raffleId: string;
  readonly phase: ReservationPhase;
  readonly numbers: ReadonlyArray<number>;
  readonly amountMinor: number;
  readonly expiresAt: number;
}

export const reservationBody = (
  shown: Shown,
  payment: PaymentView | undefined = undefined,
): ReservationBody => ({
  id: shown.reservationId,
  raffle_id: shown.raffleId,
  phase: shown.phase,
  expires_at: iso(shown.expiresAt),
  numbers: shown.numbers.map((number) => ({ id: String(number), number })),
  total_amount: shown.amountMinor,
  payment: payment === undefined ? null : paymentBody(payment),
});
