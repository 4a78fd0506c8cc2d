/** Cards that take no money, by way of the sandbox card server (`src/sandbox-card`): its API and its webhooks. */
import { Either, Schema } from "effect";
import { PaymentId, ReservationId } from "../../rpc/id.ts";
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
import { forgery, SIGNATURE_HEADER } from "./WebhookSignature.ts";

/** It is on this machine: what takes longer is stuck. Below the circuit breaker's, so that this one says what was slow. */
const TIMEOUT_MS = 5_000;

const Card = Schema.Struct({
  id: Schema.String,
  status: Schema.Literal("open", "confirming", "succeeded", "failed", "cancelled"),
  failure: Schema.NullOr(Schema.Struct({ code: Schema.String, detail: Schema.String })),
  page_url: Schema.String,
  refunds: Schema.Array(Schema.Struct({ id: Schema.String, status: Schema.String })),
});
type Card = typeof Card.Type;
const Refund = Schema.Struct({
  id: Schema.String,
  status: Schema.Literal("pending", "succeeded", "failed"),
});
const Refusal = Schema.Struct({ error: Schema.Struct({ detail: Schema.String }) });
const Event = Schema.Struct({
  id: Schema.String,
  type: Schema.String,
  data: Schema.Struct({
    payment: Schema.Struct({
      id: Schema.String,
      failure: Card.fields.failure,
      metadata: Schema.Record({ key: Schema.String, value: Schema.String }),
    }),
  }),
});
const Ours = Schema.Struct({ payment_id: PaymentId, reservation_id: ReservationId });

const decodeCard = Schema.decodeUnknownEither(Card);
const decodeRefund = Schema.decodeUnknownEither(Refund);
const decodeRefusal = Schema.decodeUnknownEither(Refusal);
const decodeEvent = Schema.decodeUnknownEither(Schema.parseJson(Event));
const decodeOurs = Schema.decodeUnknownEither(Ours);

const STATUS: Readonly<Record<Card["status"], ProviderStatus>> = {
  open: "pending",
  confirming: "pending",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
};

/** A declined card is not the end of the payment: another may be tried, so it goes on, with what was wrong. */
const NEWS: Readonly<Record<string, ProviderEvent["status"]>> = {
  "payment.processing": "processing",
  "payment.declined": "processing",
  "payment.succeeded": "succeeded",
  "payment.failed": "failed",
  "payment.cancelled": "cancelled",
  "payment.refunded": "refunded",
};

export interface SandboxCardProviderOptions {
  /** Where the server is, without a slash at the end; undefined while it is starting. */
  readonly url: () => string | undefined;
  /** The first is said; webhooks may be signed with any of them. */
  readonly secrets: ReadonlyArray<string>;
  /** Where it sends its webhooks. */
  readonly webhookUrl: () => string;
}

interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly key?: string;
  readonly body?: unknown;
}

export class SandboxCardProvider implements PaymentProvider {
  readonly name = "sandbox_card";
  readonly #options: SandboxCardProviderOptions;

  constructor(options: SandboxCardProviderOptions) {
    this.#options = options;
  }

  async create(order: PaymentOrder): Promise<ProviderPayment> {
    const { amountMinor, currency, expiresAt, paymentId, reservationId } = order;
    const answer = await this.#call({
      method: "POST",
      path: "/v1/payments",
      key: paymentId,
      body: {
        amount: amountMinor,
        currency,
        description: `Raffle ${order.raffleId}`,
        return_url: order.returnUrl,
        webhook_url: this.#options.webhookUrl(),
        expires_at: expiresAt,
        metadata: {
          payment_id: paymentId,
          reservation_id: reservationId,
          raffle_id: order.raffleId,
          player_id: order.playerId,
        },
      },
    });
    return this.#payment(answer);
  }

  async get({ ref }: PlacedPayment): Promise<ProviderPayment> {
    return this.#payment(await this.#call({ method: "GET", path: pathOf(ref) }));
  }

  /** Cards that are accepted are charged at once: there is nothing left to take. */
  capture(placed: PlacedPayment): Promise<ProviderPayment> {
    return this.get(placed);
  }

  async cancel({ ref }: PlacedPayment): Promise<ProviderPayment> {
    return this.#payment(await this.#call({ method: "POST", path: `${pathOf(ref)}/cancel` }));
  }

  async refund({ ref }: PlacedPayment, refundId: string): Promise<ProviderRefund> {
    const answer = await this.#call({
      method: "POST",
      path: `${pathOf(ref)}/refunds`,
      key: refundId,
    });
    const { id, status } = Either.getOrThrowWith(decodeRefund(answer), () => this.#unreadable());
    return { ref: id, status };
  }

  readWebhook(
    body: Uint8Array,
    header: (name: string) => string | undefined,
    now: number,
  ): WebhookReading {
    const why = forgery(header(SIGNATURE_HEADER), body, this.#options.secrets, now);
    if (why !== undefined) return { _tag: "forged", why };
    const event = decodeEvent(Buffer.from(body).toString("utf8"));
    if (Either.isLeft(event)) return { _tag: "other" };
    const { data, id, type } = event.right;
    const ours = decodeOurs(data.payment.metadata);
    const status = NEWS[type];
    if (status === undefined || Either.isLeft(ours)) return { _tag: "other" };
    return {
      _tag: "event",
      event: {
        eventId: id,
        paymentId: ours.right.payment_id,
        reservationId: ours.right.reservation_id,
        ref: data.payment.id,
        status,
        failure: data.payment.failure,
      },
    };
  }

  #payment(answer: unknown): ProviderPayment {
    const card = Either.getOrThrowWith(decodeCard(answer), () => this.#unreadable());
    const isBack = card.refunds.some(({ status }) => status === "succeeded");
    const status = isBack ? "refunded" : STATUS[card.status];
    return {
      ref: card.id,
      status,
      nextStep: status === "pending" ? { kind: "redirect", url: card.page_url } : null,
      failure: card.failure,
    };
  }

  async #call({ body, key, method, path }: Call): Promise<unknown> {
    const base = this.#options.url();
    if (base === undefined) throw this.#away("the sandbox card server is starting");
    const [status, text] = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#options.secrets[0]}`,
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
      .then(async (answered) => [answered.status, await answered.text()] as const)
      .catch((cause: unknown) => {
        throw this.#away("the sandbox card server does not answer", cause);
      });
    if (status === 429 || status >= 500)
      throw this.#away(`the sandbox card server answered ${status}`);
    const answer = parsed(text);
    if (answer === undefined) throw this.#unreadable();
    if (status < 400) return answer;
    const refusal = decodeRefusal(answer);
    const detail = Either.isRight(refusal) ? refusal.right.error.detail : "no reason";
    throw new ProviderError(
      this.name,
      `the sandbox card server refused ${method} ${path} with ${status}: ${detail}`,
      { retryable: false },
    );
  }

  #away(message: string, cause?: unknown): ProviderError {
    return new ProviderError(this.name, message, { retryable: true, cause });
  }

  #unreadable(): ProviderError {
    return this.#away("the sandbox card server answered what nobody understands");
  }
}

const pathOf = (ref: string) => `/v1/payments/${encodeURIComponent(ref)}`;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
