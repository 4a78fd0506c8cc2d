import { expect, test } from "vitest";
import {
  applyNumberChange,
  isLive,
  isPaying,
  reservationState,
} from "../../../sdk/src/raffle/ReservationState.ts";
import type { PaymentBody } from "../../../sdk/src/index.ts";
import { change, reservation } from "../support/raffles.ts";

const state = reservationState(reservation([7, 3]));
const payment = (status: PaymentBody["status"]): PaymentBody => ({
  id: "p",
  provider: "sandbox_card",
  status,
  amount: 500,
  next_step: null,
  failure: null,
  started_at: "2025-01-01T00:00:00.000Z",
});

test("it has its numbers in order, and the moment at which they are free again", () => {
  expect(state).toEqual({
    id: "r.a",
    raffleId: "r",
    phase: "selection",
    numbers: [3, 7],
    totalMinor: 500,
    expiresAtMs: Date.parse("2025-01-01T00:10:00.000Z"),
    payment: null,
  });
});

test("numbers come and go, and the amount with them; what is known already is no news", () => {
  const more = applyNumberChange(state, change("reserved", [5]));
  expect(more).toMatchObject({ numbers: [3, 5, 7], totalMinor: 750 });
  expect(applyNumberChange(more, change("available", [3]))).toMatchObject({
    numbers: [5, 7],
    totalMinor: 500,
  });
  expect(applyNumberChange(state, change("reserved", [3, 7]))).toBe(state);
  expect(applyNumberChange(state, change("available", [9]))).toBe(state);
});

test("it ends sold, expired or cancelled, with the numbers that it had, and stays so", () => {
  const sold = applyNumberChange(state, change("sold", [3, 7]));
  const expired = applyNumberChange(state, change("available", [3, 7], { expired: true }));
  const cancelled = applyNumberChange(state, change("available", [3, 7]));
  expect([sold, expired, cancelled].map(({ phase }) => phase)).toEqual([
    "sold",
    "expired",
    "cancelled",
  ]);
  for (const ended of [sold, expired, cancelled]) {
    expect(ended.numbers).toEqual([3, 7]);
    expect(isLive(ended)).toBe(false);
    expect(applyNumberChange(ended, change("reserved", [1]))).toBe(ended);
  }
});

test("a payment is under way until it has failed, or the reservation is over", () => {
  const checkout = { ...state, phase: "checkout" as const };
  const paying = (status: PaymentBody["status"]) =>
    isPaying({ ...checkout, payment: payment(status) });
  expect(
    ["creating", "pending", "authorized", "succeeded", "cancelling"].map(paying as never),
  ).toEqual(Array(5).fill(true));
  expect(["failed", "cancelled", "refunding", "refunded"].map(paying as never)).toEqual(
    Array(4).fill(false),
  );
  expect(isPaying(checkout)).toBe(false);
  expect(isPaying(null)).toBe(false);
  expect(isPaying({ ...checkout, phase: "sold", payment: payment("pending") })).toBe(false);
});
