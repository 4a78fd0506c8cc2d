/** How a reservation stands, as its checkout tells it. Pure. */
import type { PaymentBody, ReservationBody } from "../../../sdk/src/index.ts";

export type Standing =
  /** Its numbers can still be changed. */
  | { readonly kind: "selection" }
  /** A way to pay is to be chosen; `last` is what became of the payment before. */
  | { readonly kind: "choose"; readonly last: PaymentBody | null }
  /** A payment is under way. */
  | { readonly kind: "wait"; readonly payment: PaymentBody }
  | { readonly kind: "sold" }
  /** It was sold and its raffle was cancelled. */
  | { readonly kind: "refunded"; readonly payment: PaymentBody | null }
  /** Over without a sale. What was paid too late comes back. */
  | {
      readonly kind: "over";
      readonly why: "expired" | "cancelled";
      readonly money: "none" | "open" | "returning" | "returned";
      readonly payment: PaymentBody | null;
    };

export function standingOf({ payment, phase }: ReservationBody): Standing {
  switch (phase) {
    case "selection":
      return { kind: "selection" };
    case "checkout":
      return payment === null || isDecided(payment.status)
        ? { kind: "choose", last: payment }
        : { kind: "wait", payment };
    case "sold":
      return { kind: "sold" };
    case "refunded":
      return { kind: "refunded", payment };
    default:
      return { kind: "over", why: phase, money: moneyOf(payment), payment };
  }
}

function moneyOf(payment: PaymentBody | null): "none" | "open" | "returning" | "returned" {
  switch (payment?.status) {
    case undefined:
    case "failed":
    case "cancelled":
      return "none";
    case "refunded":
      return "returned";
    case "refunding":
    case "refund_refused":
    case "succeeded":
      return "returning";
    default:
      return "open";
  }
}

/** Nothing more comes of the payment by itself. */
export const isDecided = (status: PaymentBody["status"]): boolean =>
  status === "failed" || status === "cancelled" || isReturning(status) || status === "refunded";

/** It is on its way back, or the house sees to that. */
export const isReturning = (status: PaymentBody["status"] | undefined): boolean =>
  status === "refunding" || status === "refund_refused";

/** Whether it may change without anything being done here. */
export function isMoving(reservation: ReservationBody): boolean {
  const standing = standingOf(reservation);
  switch (standing.kind) {
    case "wait":
      return true;
    case "over":
      return standing.money === "open" || standing.money === "returning";
    case "refunded":
      return isReturning(standing.payment?.status);
    default:
      return false;
  }
}

const FIRST_PAUSE_MS = 700;
const MAX_PAUSE_MS = 5_000;
const GROWTH = 1.4;

/** How long to wait before asking once more, having asked so often in vain. */
export const pauseMs = (asked: number): number =>
  Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * GROWTH ** asked);

/** A reservation's id begins with its raffle's. */
export const raffleIdOf = (reservationId: string): string =>
  reservationId.slice(0, Math.max(0, reservationId.lastIndexOf(".")));
