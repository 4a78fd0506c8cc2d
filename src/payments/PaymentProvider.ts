/**
 * The payment port: what every provider can do, said in the same words. An adapter translates; it decides nothing and
 * remembers nothing. All of its calls may be repeated: `create` makes one payment for a `paymentId` however often it is
 * asked, `refund` one refund for a `refundId`.
 *
 * A call that does not answer leaves its outcome unknown: it throws `ProviderError` with `retryable`, and whoever drives the
 * payment asks again. A refusal that will stay one is no error but a payment's status (`failed`).
 */
import type { NextStep, PaymentFailure, ProviderName } from "../../rpc/payment.ts";
import type { PaymentId, PlayerId, RaffleId, ReservationId } from "../../rpc/id.ts";

/**
 * The providers' many statuses, mapped once:
 * `pending`: the payer or the provider has something to do. `authorized`: set aside, wants `capture`. `succeeded`: taken.
 * `failed`: declined for good. `cancelled`: called off; nothing was taken. `refunded`: taken and given back.
 */
export type ProviderStatus =
  | "pending"
  | "authorized"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "refunded";

/** What is to be paid, by whom, for what. */
export interface PaymentOrder {
  readonly paymentId: PaymentId;
  readonly reservationId: ReservationId;
  readonly raffleId: RaffleId;
  readonly playerId: PlayerId;
  /** Minor units. */
  readonly amountMinor: number;
  /** ISO 4217, or the house's own. */
  readonly currency: string;
  /** Where the provider's page leads back to. */
  readonly returnUrl: string;
  /** Epoch milliseconds: paying later may be too late. */
  readonly expiresAt: number;
}

/** A payment that exists at the provider: the order, and the provider's own name of it. */
export interface PlacedPayment extends PaymentOrder {
  readonly ref: string;
}

export interface ProviderPayment {
  readonly ref: string;
  readonly status: ProviderStatus;
  readonly nextStep: NextStep | null;
  readonly failure: PaymentFailure | null;
}

export interface ProviderRefund {
  readonly ref: string;
  /** `failed`: the provider could not give it back, and someone has to see to it. */
  readonly status: "pending" | "succeeded" | "failed";
}

/** What an authentic webhook says. */
export interface ProviderEvent {
  /** The provider's; the same event may come many times. */
  readonly eventId: string;
  readonly reservationId: ReservationId;
  readonly paymentId: PaymentId;
  readonly ref: string;
  readonly status:
    | "processing"
    | "succeeded"
    | "failed"
    | "cancelled"
    | "refunded"
    /** A refund that was on its way, or had even succeeded, has come back. */
    | "refund_failed";
  readonly failure: PaymentFailure | null;
}

/**
 * What became of a webhook's bytes. `forged`: not signed by the provider, or too long ago. `other`: authentic, and about
 * nothing of ours.
 */
export type WebhookReading =
  | { readonly _tag: "event"; readonly event: ProviderEvent }
  | { readonly _tag: "other" }
  | { readonly _tag: "forged"; readonly why: string };

export interface PaymentProvider {
  readonly name: ProviderName;
  readonly create: (order: PaymentOrder) => Promise<ProviderPayment>;
  readonly get: (payment: PlacedPayment) => Promise<ProviderPayment>;
  /** Takes what is set aside. Only for providers that answer `authorized`. */
  readonly capture: (payment: PlacedPayment) => Promise<ProviderPayment>;
  /** Calls it off, if it can still be; the answer says how it stands, which may be `succeeded`. */
  readonly cancel: (payment: PlacedPayment) => Promise<ProviderPayment>;
  /** Gives all of it back. */
  readonly refund: (payment: PlacedPayment, refundId: string) => Promise<ProviderRefund>;
  /**
   * Reads a webhook from its raw bytes; a header's name is in lower case. Providers that tell nothing by themselves have
   * none. `now`: epoch milliseconds.
   */
  readonly readWebhook?: (
    body: Uint8Array,
    header: (name: string) => string | undefined,
    now: number,
  ) => WebhookReading;
}

/** A call that brought no answer about the payment. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly provider: ProviderName;
  /** Asking again may help: the provider was away, slow, or busy with the same request. */
  readonly retryable: boolean;

  constructor(
    provider: ProviderName,
    message: string,
    options: { readonly retryable: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.provider = provider;
    this.retryable = options.retryable;
  }
}

/** The providers of this process, for whoever drives payments. */
export interface PaymentProviders {
  /** Undefined when it is not set up here. Calls go through its circuit breaker. */
  readonly of: (name: ProviderName) => PaymentProvider | undefined;
}
