/**
 * The player's reservation in a raffle. Whole it comes in the answers to the player's own commands and in readings;
 * in between, the raffle's frames tell what becomes of its numbers, wherever that was ordered.
 */
import type { NumberChange, PaymentBody, ReservationBody } from "../wire.ts";

export interface ReservationState {
  readonly id: string;
  readonly raffleId: string;
  /** `selection` and `checkout` are live; the others say how it ended, and stay until there is another reservation. */
  readonly phase: ReservationBody["phase"];
  /** Ascending. */
  readonly numbers: readonly number[];
  /** Minor units. */
  readonly totalMinor: number;
  /** When the numbers are free again, epoch milliseconds by the server's clock (`serverNowMs`). */
  readonly expiresAtMs: number;
  /** The newest; null before there is one. */
  readonly payment: PaymentBody | null;
}

export function reservationState(body: ReservationBody): ReservationState {
  return {
    id: body.id,
    raffleId: body.raffle_id,
    phase: body.phase,
    numbers: body.numbers.map(({ number }) => number).toSorted((a, b) => a - b),
    totalMinor: body.total_amount,
    expiresAtMs: Date.parse(body.expires_at),
    payment: body.payment,
  };
}

/** Whether it still holds its numbers. */
export function isLive(
  reservation: ReservationState | null,
): reservation is ReservationState & { readonly phase: "selection" | "checkout" } {
  return reservation?.phase === "selection" || reservation?.phase === "checkout";
}

/** Whether the provider, or the payer at the provider's page, has still to do something for it. */
export function isPaying(reservation: ReservationState | null): boolean {
  const status = reservation?.payment?.status;
  return (
    isLive(reservation) &&
    status !== undefined &&
    !["failed", "cancelled", "refunding", "refunded", "refund_refused"].includes(status)
  );
}

/** The reservation after a change of numbers that bears its id; the same object where that is no news. */
export function applyNumberChange(
  reservation: ReservationState,
  { expired, numbers, status }: Pick<NumberChange, "expired" | "numbers" | "status">,
): ReservationState {
  if (!isLive(reservation)) return reservation;
  if (status === "sold") return { ...reservation, phase: "sold" };
  if (expired === true) return { ...reservation, phase: "expired" };
  const kept = new Set(reservation.numbers);
  for (const number of numbers)
    if (status === "reserved") kept.add(number);
    else kept.delete(number);
  if (kept.size === 0) return { ...reservation, phase: "cancelled" };
  const isSame =
    kept.size === reservation.numbers.length && reservation.numbers.every((n) => kept.has(n));
  if (isSame) return reservation;
  const priceMinor = reservation.totalMinor / reservation.numbers.length;
  return {
    ...reservation,
    numbers: [...kept].toSorted((a, b) => a - b),
    totalMinor: priceMinor * kept.size,
  };
}
