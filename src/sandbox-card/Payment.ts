/**
 * A payment and what may become of it: pure functions from a payment to the next, with what they have to announce.
 *
 *     open ──card──▶ succeeded          open, confirming ──cancel, time──▶ cancelled
 *      │ └─asks─▶ confirming ─▶ succeeded, open
 *      └──declined──▶ open, at the last try failed
 */
import { Schema } from "effect";
import type { Card, Delivery } from "./Card.ts";

/** A card may be declined so often; then the payment has failed for good. */
export const MAX_DECLINES = 5;

const Refund = Schema.Struct({
  id: Schema.String,
  /** The idempotency key it was asked for with. */
  key: Schema.String,
  status: Schema.Literal("pending", "succeeded", "failed"),
  /** When it will have succeeded, epoch milliseconds. */
  dueAt: Schema.Int,
});
export type Refund = typeof Refund.Type;

/** As it is kept in memory and on disk; `body` is what others see of it. */
export const Payment = Schema.Struct({
  id: Schema.String,
  key: Schema.String,
  /** Digest of the request that made it. */
  fingerprint: Schema.String,
  /** Minor units. */
  amount: Schema.Int,
  currency: Schema.String,
  description: Schema.String,
  returnUrl: Schema.String,
  webhookUrl: Schema.String,
  metadata: Schema.Record({ key: Schema.String, value: Schema.String }),
  /** Epoch milliseconds. */
  createdAt: Schema.Int,
  expiresAt: Schema.Int,
  status: Schema.Literal("open", "confirming", "succeeded", "failed", "cancelled"),
  failure: Schema.NullOr(Schema.Struct({ code: Schema.String, detail: Schema.String })),
  declines: Schema.Int,
  refunds: Schema.Array(Refund),
  /** Events announced so far; their ids count them. */
  events: Schema.Int,
});
export type Payment = typeof Payment.Type;

export type EventType =
  | "payment.processing"
  | "payment.declined"
  | "payment.succeeded"
  | "payment.failed"
  | "payment.cancelled"
  | "payment.refunded";

export interface Announcement {
  readonly type: EventType;
  /** As it stood when this happened. */
  readonly of: Payment;
  /** `soon`: after what happened later has been told. */
  readonly when: "now" | "soon" | "late";
  /** How often it is told. */
  readonly copies: number;
}

export interface Step {
  readonly payment: Payment;
  readonly announced: ReadonlyArray<Announcement>;
}

const DECLINED = {
  card_declined: "The card was declined.",
  insufficient_funds: "The card has insufficient funds.",
  confirmation_refused: "The payment was not confirmed.",
} as const;

const nothing = (payment: Payment): Step => ({ payment, announced: [] });
const tell = (type: EventType, of: Payment): Announcement => ({ type, of, when: "now", copies: 1 });

/** Whether the payer can still do something. */
export const isOpen = ({ status }: Payment): boolean =>
  status === "open" || status === "confirming";

const succeed = (before: Payment, delivery: Delivery): Step => {
  const payment: Payment = { ...before, status: "succeeded", failure: null };
  const succeeded = tell("payment.succeeded", payment);
  switch (delivery) {
    case "prompt":
      return { payment, announced: [succeeded] };
    case "late":
      return { payment, announced: [{ ...succeeded, when: "late" }] };
    case "repeated":
      return {
        payment,
        announced: [
          { ...succeeded, copies: 2 },
          { ...tell("payment.processing", before), when: "soon", copies: 2 },
        ],
      };
  }
};

const decline = (before: Payment, code: keyof typeof DECLINED): Step => {
  const declines = before.declines + 1;
  const isFinal = declines >= MAX_DECLINES;
  const payment: Payment = {
    ...before,
    status: isFinal ? "failed" : "open",
    declines,
    failure: { code, detail: DECLINED[code] },
  };
  return { payment, announced: [tell(isFinal ? "payment.failed" : "payment.declined", payment)] };
};

/** The payer gives a card. On what is over it has no effect. */
export const pay = (payment: Payment, { conduct }: Card): Step => {
  if (!isOpen(payment)) return nothing(payment);
  switch (conduct.kind) {
    case "pays":
      return succeed(payment, conduct.delivery);
    case "declines":
      return decline(payment, conduct.code);
    case "asks": {
      const confirming: Payment = { ...payment, status: "confirming", failure: null };
      return { payment: confirming, announced: [tell("payment.processing", confirming)] };
    }
  }
};

/** The payer answers the bank. */
export const confirm = (payment: Payment, agrees: boolean): Step => {
  if (payment.status !== "confirming") return nothing(payment);
  return agrees ? succeed(payment, "prompt") : decline(payment, "confirmation_refused");
};

export const cancel = (before: Payment): Step => {
  if (!isOpen(before)) return nothing(before);
  const payment: Payment = { ...before, status: "cancelled", failure: null };
  return { payment, announced: [tell("payment.cancelled", payment)] };
};

/** Its time is over: nobody can pay it any more. */
export const expire = (payment: Payment, now: number): Step =>
  now < payment.expiresAt ? nothing(payment) : cancel(payment);

/** All of it goes back, by `dueAt`. The caller has seen that it has succeeded. */
export const refund = (payment: Payment, made: Omit<Refund, "status">): Step =>
  nothing({ ...payment, refunds: [...payment.refunds, { ...made, status: "pending" }] });

/** The bank takes nothing back: this one will never arrive, and another may be tried. */
export const refuseRefund = (payment: Payment, made: Omit<Refund, "status">): Step =>
  nothing({ ...payment, refunds: [...payment.refunds, { ...made, status: "failed" }] });

/** The refunds that are due have arrived. */
export const arrive = (before: Payment, now: number): Step => {
  if (!before.refunds.some((one) => one.status === "pending" && one.dueAt <= now))
    return nothing(before);
  const payment: Payment = {
    ...before,
    refunds: before.refunds.map((one) =>
      one.status === "pending" && one.dueAt <= now ? { ...one, status: "succeeded" } : one,
    ),
  };
  return { payment, announced: [tell("payment.refunded", payment)] };
};

/** A payment as the API and the webhooks show it. */
export const body = (payment: Payment, origin: string) => ({
  id: payment.id,
  status: payment.status,
  amount: payment.amount,
  currency: payment.currency,
  description: payment.description,
  failure: payment.failure,
  page_url: `${origin}/pay/${payment.id}`,
  metadata: payment.metadata,
  refunds: payment.refunds.map(({ id, status }) => ({ id, status })),
  created_at: new Date(payment.createdAt).toISOString(),
  expires_at: new Date(payment.expiresAt).toISOString(),
});
