/**
 * An attempt to pay. It has one idempotency key from the first press of the button until its outcome is known, over reloads
 * and lost connections: sent again with the key it is the same payment, so nobody pays twice. Pure but for the storage.
 */
import type { PaymentBody, Refusal } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord } from "../http/request.ts";

export type ProviderName = PaymentBody["provider"];

export interface Attempt {
  readonly key: string;
  readonly provider: ProviderName;
  /** Once the server has said so; until then nobody knows whether there is a payment. */
  readonly paymentId: string | null;
}

const PREFIX = "croupier.attempt.";
const PROVIDERS: readonly unknown[] = ["wallet", "sandbox_card", "stripe"] satisfies ProviderName[];

/** Codes after which the outcome is not known: the same attempt is to be made again. */
const UNKNOWN_OUTCOMES: readonly string[] = [
  "abandoned",
  "closed",
  "no_session",
  "offline",
  "unexpected",
  "internal_error",
  "unavailable",
  "rate_limited",
];

/** Whether the attempt may yet come to something. */
export const isUndecided = ({ code }: Pick<Refusal, "code">): boolean =>
  UNKNOWN_OUTCOMES.includes(code);

/** With the same provider, an attempt without an outcome goes on; anything else is another. */
export function attemptWith(
  kept: Attempt | null,
  provider: ProviderName,
  makeKey: () => string,
): Attempt {
  return kept?.provider === provider ? kept : { key: makeKey(), provider, paymentId: null };
}

/** The attempt that is still open after what the server says of the newest payment. */
export function openAttempt(kept: Attempt | null, payment: PaymentBody | null): Attempt | null {
  if (kept === null || payment === null || kept.paymentId !== payment.id) return kept;
  return isOver(payment.status) ? null : kept;
}

/** Nothing more can come of it. */
const isOver = (status: PaymentBody["status"]): boolean =>
  status === "failed" || status === "cancelled" || status === "refunded";

export function keptAttempt(storage: Storage, reservationId: string): Attempt | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(PREFIX + reservationId) ?? "null");
    return isAttempt(value) ? value : null;
  } catch {
    return null;
  }
}

export function keepAttempt(
  storage: Storage,
  reservationId: string,
  attempt: Attempt | null,
): void {
  if (attempt === null) storage.removeItem(PREFIX + reservationId);
  else storage.setItem(PREFIX + reservationId, JSON.stringify(attempt));
}

function isAttempt(value: unknown): value is Attempt {
  return (
    isRecord(value) &&
    hasTexts(value, ["key", "provider"]) &&
    PROVIDERS.includes(value["provider"]) &&
    (value["paymentId"] === null || typeof value["paymentId"] === "string")
  );
}
