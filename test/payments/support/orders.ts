/** Things to pay for. */
import { PaymentId, PlayerId, RaffleId, ReservationId } from "../../../rpc/id.ts";
import { CURRENCY } from "../../../rpc/money.ts";
import type { PaymentOrder, PlacedPayment } from "../../../src/payments/PaymentProvider.ts";

const TEN_MINUTES_MS = 600_000;

export const orderOf = (paymentId: string, changes: Partial<PaymentOrder> = {}): PaymentOrder => ({
  paymentId: PaymentId.make(paymentId),
  reservationId: ReservationId.make("summer.r1"),
  raffleId: RaffleId.make("summer"),
  playerId: PlayerId.make("ada"),
  amountMinor: 1_250,
  currency: CURRENCY,
  returnUrl: "http://127.0.0.1:1/raffles/summer?lang=en#checkout",
  expiresAt: Date.now() + TEN_MINUTES_MS,
  ...changes,
});

export const placed = (order: PaymentOrder, { ref }: { readonly ref: string }): PlacedPayment => ({
  ...order,
  ref,
});
