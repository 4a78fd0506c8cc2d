/**
 * Stripe, by its official SDK: a payment is a hosted Checkout Session, so no card ever comes near this house. Our ids travel
 * as metadata; a repetition is the same request under the same idempotency key.
 *
 * A session is not told when to expire: Stripe counts half an hour at least from the moment of asking, and a request that
 * depends on when it is made cannot be repeated word for word. The reservation calls it off at its own deadline.
 */
import { Either, Schema } from "effect";
import Stripe from "stripe";
import { PaymentId, ReservationId } from "../../rpc/id.ts";
import type { PaymentFailure } from "../../rpc/payment.ts";
import {
  type PaymentOrder,
  type PaymentProvider,
  type PlacedPayment,
  ProviderError,
  type ProviderEvent,
  type ProviderPayment,
  type ProviderRefund,
  type ProviderStatus,
  type WebhookReading,
} from "./PaymentProvider.ts";

/** Stripe answers within a second, with its worst days in five. Below the circuit breaker's. */
const TIMEOUT_MS = 7_000;
const WEBHOOK_TOLERANCE_SECONDS = 300;

/** How a session stands that is not complete. */
const OF_SESSION: Readonly<Record<string, ProviderStatus>> = {
  open: "pending",
  expired: "cancelled",
};
/** A complete session stands as its payment intent does. One that wants another means of payment cannot get it any more. */
const OF_INTENT: Readonly<Record<string, ProviderStatus>> = {
  requires_payment_method: "failed",
  requires_confirmation: "pending",
  requires_action: "pending",
  processing: "pending",
  requires_capture: "authorized",
  canceled: "cancelled",
  succeeded: "succeeded",
};
const OF_REFUND: Readonly<Record<string, ProviderRefund["status"]>> = {
  pending: "pending",
  requires_action: "pending",
  succeeded: "succeeded",
  failed: "failed",
  canceled: "failed",
};

/**
 * The events that are about a session. What others say, such as a declined card while the session goes on, is learned by
 * asking.
 */
const OF_EVENT: Readonly<
  Record<string, (session: Stripe.Checkout.Session) => ProviderEvent["status"]>
> = {
  "checkout.session.completed": ({ payment_status }) =>
    payment_status === "paid" ? "succeeded" : "processing",
  "checkout.session.async_payment_succeeded": () => "succeeded",
  "checkout.session.async_payment_failed": () => "failed",
  "checkout.session.expired": () => "cancelled",
};

/** The events about a refund: one that had succeeded may fail days later, when the bank sends it back. */
const OF_REFUNDS: ReadonlySet<string> = new Set([
  "refund.failed",
  "refund.updated",
  "charge.refund.updated",
]);

/** Refusals of the amount: no other request would fare better, so the payment has failed. */
const AMOUNT_REFUSED = new Set(["amount_too_small", "amount_too_large"]);

const Ours = Schema.Struct({ payment_id: PaymentId, reservation_id: ReservationId });
const decodeOurs = Schema.decodeUnknownEither(Ours);

export interface StripeProviderOptions {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** ISO 4217, lower case: what one of our minor units is charged as. */
  readonly currency: string;
  /** Where the API is, if it is not Stripe's own. */
  readonly apiUrl: string | undefined;
}

export class StripeProvider implements PaymentProvider {
  readonly name = "stripe";
  readonly #options: StripeProviderOptions;
  readonly #stripe: Stripe;

  constructor(options: StripeProviderOptions) {
    this.#options = options;
    this.#stripe = new Stripe(options.secretKey, {
      timeout: TIMEOUT_MS,
      // Whoever drives the payment asks again, with pauses of its own.
      maxNetworkRetries: 0,
      telemetry: false,
      ...(options.apiUrl === undefined ? {} : addressOf(options.apiUrl)),
    });
  }

  async create(order: PaymentOrder): Promise<ProviderPayment> {
    const { paymentId, raffleId, reservationId } = order;
    const metadata = {
      payment_id: paymentId,
      reservation_id: reservationId,
      raffle_id: raffleId,
      player_id: order.playerId,
    };
    const params: Stripe.Checkout.SessionCreateParams = {
      mode: "payment",
      client_reference_id: reservationId,
      metadata,
      payment_intent_data: { metadata },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: this.#options.currency,
            unit_amount: order.amountMinor,
            product_data: { name: `Raffle ${raffleId}` },
          },
        },
      ],
      success_url: backTo(order, "succeeded"),
      cancel_url: backTo(order, "cancelled"),
    };
    try {
      const options = { idempotencyKey: paymentId };
      return standingOf(await this.#stripe.checkout.sessions.create(params, options));
    } catch (cause) {
      const failure = refusalOf(cause);
      if (failure === undefined) throw this.#classed(cause);
      return { ref: paymentId, status: "failed", nextStep: null, failure };
    }
  }

  async get({ ref }: PlacedPayment): Promise<ProviderPayment> {
    return standingOf(await this.#session(ref));
  }

  /** Checkout charges at once: there is nothing left to take. */
  capture(placed: PlacedPayment): Promise<ProviderPayment> {
    return this.get(placed);
  }

  async cancel(placed: PlacedPayment): Promise<ProviderPayment> {
    try {
      return standingOf(await this.#stripe.checkout.sessions.expire(placed.ref));
    } catch (cause) {
      // Only an open one can be expired.
      if (cause instanceof Stripe.errors.StripeInvalidRequestError) return this.get(placed);
      throw this.#classed(cause);
    }
  }

  async refund(placed: PlacedPayment, refundId: string): Promise<ProviderRefund> {
    const { paymentId, ref, reservationId } = placed;
    const intent = (await this.#session(ref)).payment_intent;
    if (intent === null)
      throw new ProviderError(this.name, `${ref} has no payment to give back`, {
        retryable: false,
      });
    const payment_intent = typeof intent === "string" ? intent : intent.id;
    try {
      const options = { idempotencyKey: refundId };
      // Should it fail later, the webhook about it tells whose it is.
      const metadata = { payment_id: paymentId, reservation_id: reservationId };
      const { id } = await this.#stripe.refunds.create({ payment_intent, metadata }, options);
      // A repetition is answered as the first request was: how it stands now has to be asked.
      return refundStanding(await this.#stripe.refunds.retrieve(id));
    } catch (cause) {
      if (!isAlreadyRefunded(cause)) throw this.#classed(cause);
      return this.#refundMadeBefore(payment_intent);
    }
  }

  readWebhook(
    body: Uint8Array,
    header: (name: string) => string | undefined,
    now: number,
  ): WebhookReading {
    let event: Stripe.Event;
    try {
      event = this.#stripe.webhooks.constructEvent(
        body,
        header("stripe-signature") ?? "",
        this.#options.webhookSecret,
        WEBHOOK_TOLERANCE_SECONDS,
        undefined,
        now,
      );
    } catch (cause) {
      if (cause instanceof Stripe.errors.StripeSignatureVerificationError)
        return { _tag: "forged", why: "the signature does not match, or is too old" };
      return { _tag: "other" };
    }
    const { data, id: eventId } = event;
    const about = data.object as Stripe.Checkout.Session | Stripe.Refund;
    const status = statusOf(event);
    const ours = decodeOurs(about.metadata);
    if (status === undefined || Either.isLeft(ours)) return { _tag: "other" };
    const { payment_id: paymentId, reservation_id: reservationId } = ours.right;
    const { id: ref } = about;
    return {
      _tag: "event",
      event: { eventId, paymentId, reservationId, ref, status, failure: null },
    };
  }

  async #session(ref: string): Promise<Stripe.Checkout.Session> {
    try {
      return await this.#stripe.checkout.sessions.retrieve(ref, {
        expand: ["payment_intent.latest_charge"],
      });
    } catch (cause) {
      throw this.#classed(cause);
    }
  }

  /** Stripe forgets keys after a day, but gives nothing back twice. */
  async #refundMadeBefore(payment_intent: string): Promise<ProviderRefund> {
    try {
      const { data } = await this.#stripe.refunds.list({ payment_intent, limit: 1 });
      const [made] = data;
      if (made !== undefined) return refundStanding(made);
    } catch (cause) {
      throw this.#classed(cause);
    }
    throw new ProviderError(this.name, `${payment_intent} is refunded by no refund`, {
      retryable: false,
    });
  }

  /** Connections that broke, Stripe's own faults, limits of rate and requests that overtook each other pass. */
  #classed(cause: unknown): unknown {
    if (!(cause instanceof Stripe.errors.StripeError)) return cause;
    const { statusCode = 0 } = cause;
    const retryable =
      cause instanceof Stripe.errors.StripeConnectionError ||
      cause instanceof Stripe.errors.StripeRateLimitError ||
      cause.code === "lock_timeout" ||
      statusCode === 409 ||
      statusCode >= 500;
    return new ProviderError(this.name, cause.message, { retryable, cause });
  }
}

/** What an event says; undefined for one that is about nothing we learn from events. */
const statusOf = ({ data, type }: Stripe.Event): ProviderEvent["status"] | undefined => {
  if (OF_REFUNDS.has(type)) {
    const { status } = data.object as Stripe.Refund;
    return OF_REFUND[status ?? ""] === "failed" ? "refund_failed" : undefined;
  }
  return OF_EVENT[type]?.(data.object as Stripe.Checkout.Session);
};

const addressOf = (url: string) => {
  const { hostname, port, protocol } = new URL(url);
  const scheme = protocol === "http:" ? ("http" as const) : ("https" as const);
  return { host: hostname, port: port || (scheme === "http" ? 80 : 443), protocol: scheme };
};

const backTo = ({ paymentId, returnUrl }: PaymentOrder, status: string): string => {
  const url = new URL(returnUrl);
  url.searchParams.set("payment", paymentId);
  url.searchParams.set("status", status);
  return url.href;
};

/** How a session stands, as far as it has been expanded. */
const standingOf = (session: Stripe.Checkout.Session): ProviderPayment => {
  const intent = typeof session.payment_intent === "string" ? null : session.payment_intent;
  const charge = typeof intent?.latest_charge === "string" ? null : intent?.latest_charge;
  const status =
    charge?.refunded === true
      ? "refunded"
      : (OF_SESSION[session.status ?? ""] ??
        OF_INTENT[intent?.status ?? (session.payment_status === "paid" ? "succeeded" : "")] ??
        "pending");
  return {
    ref: session.id,
    status,
    nextStep:
      status === "pending" && session.url !== null ? { kind: "redirect", url: session.url } : null,
    failure:
      status === "pending" || status === "failed"
        ? failureOf(intent?.last_payment_error ?? null)
        : null,
  };
};

const failureOf = (error: Stripe.PaymentIntent.LastPaymentError | null): PaymentFailure | null =>
  error && {
    code: error.decline_code ?? error.code ?? "declined",
    detail: error.message ?? "The payment was declined.",
  };

/** Why a payment has failed that could not even be made. */
const refusalOf = (cause: unknown): PaymentFailure | undefined => {
  if (!(cause instanceof Stripe.errors.StripeError)) return undefined;
  const code = cause.decline_code ?? cause.code ?? "declined";
  const isRefusal = cause instanceof Stripe.errors.StripeCardError || AMOUNT_REFUSED.has(code);
  return isRefusal ? { code, detail: cause.message } : undefined;
};

const isAlreadyRefunded = (cause: unknown) =>
  cause instanceof Stripe.errors.StripeError && cause.code === "charge_already_refunded";

const refundStanding = ({ id, status }: Stripe.Refund): ProviderRefund => ({
  ref: id,
  status: OF_REFUND[status ?? ""] ?? "pending",
});
