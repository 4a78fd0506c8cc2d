/** What may have happened to a reservation, as its journal has it: for tests that begin there. */
import { scenarios } from "../../support/given.ts";
import { reservationDesk } from "./desk.ts";

export const AT = 1_000_000;
export const EXPIRES = AT + 300_000;
export const given = scenarios(reservationDesk, { at: AT, entityId: "spring.r1" });

export const checkout = {
  raffleId: "spring",
  playerId: "ada",
  numbers: [3, 7],
  amountMinor: 1_001,
  expiresAt: EXPIRES,
};
export const nextStep = { kind: "redirect", url: "https://card.test/p1" } as const;
export const declined = { code: "card_declined", detail: "The bank has declined the card." };
export const superseded = { code: "superseded", detail: "Another payment was begun in its place." };

export const Began = { _tag: "CheckoutBegan", ...checkout };
export const begun = (paymentId: string, provider: string) => ({
  _tag: "PaymentBegan",
  paymentId,
  provider,
  returnUrl: "/back",
  at: AT,
});
export const about = (paymentId: string) => ({
  Placed: { _tag: "PaymentPlaced", paymentId, ref: "ref1", nextStep, lookAt: AT + 5_000 },
  Authorized: { _tag: "PaymentAuthorized", paymentId, ref: "ref1" },
  Succeeded: { _tag: "PaymentSucceeded", paymentId, ref: "ref1" },
  Failed: { _tag: "PaymentFailed", paymentId, ref: "ref1", failure: declined },
  CalledOff: { _tag: "PaymentCalledOff", paymentId, why: null },
  Cancelled: { _tag: "PaymentCancelled", paymentId },
  Reversed: { _tag: "PaymentReversed", paymentId },
  Refunding: { _tag: "RefundBegan", paymentId },
  Refunded: { _tag: "PaymentRefunded", paymentId },
  Due: { _tag: "PaymentDue", paymentId },
  Sold: { _tag: "NumbersSold", paymentId, at: AT },
});
export const p1 = about("p1");
export const p2 = about("p2");
export const Expired = { _tag: "ReservationExpired" };
export const Cancelled = { _tag: "ReservationCancelled" };

export const byCard = [Began, begun("p1", "sandbox_card")];
export const pending = [...byCard, p1.Placed];
export const paid = [...pending, p1.Succeeded];
export const sold = [...paid, p1.Sold];
export const byWallet = [Began, begun("p1", "wallet")];
