/**
 * The merchant's side: JSON over HTTP behind a bearer token. Everything may be asked again: a payment and a refund by their
 * `Idempotency-Key`, the rest by its nature.
 *
 *     POST /v1/payments              GET /v1/payments/:id       GET  /v1/health
 *     POST /v1/payments/:id/cancel   POST /v1/payments/:id/refunds
 *     GET, PUT /v1/faults            POST /v1/faults/release    what goes wrong on command
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { Either, Schema } from "effect";
import { FaultsBody } from "./Faults.ts";
import { body, type Payment } from "./Payment.ts";
import type { Processor } from "./Processor.ts";
import { isAllowedTarget } from "./Webhooks.ts";

const MAX_TEXT = 2000;
const MAX_AMOUNT = 1_000_000_000_000;
/** A week: nobody waits longer for a card. */
const MAX_OPEN_MS = 7 * 86_400_000;
const IDEMPOTENCY_KEY = /^[!-~]{1,255}$/;

const Text = Schema.String.pipe(Schema.maxLength(MAX_TEXT));
const WebUrl = Text.pipe(
  Schema.filter((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)),
);

const CreateBody = Schema.Struct({
  /** Minor units. */
  amount: Schema.Int.pipe(Schema.between(1, MAX_AMOUNT)),
  currency: Schema.String.pipe(Schema.pattern(/^[A-Z]{3}$/)),
  description: Schema.optionalWith(Text, { default: () => "" }),
  /** The payer is led back there, with `payment` (the merchant's `payment_id`) and `status`. */
  return_url: WebUrl,
  webhook_url: WebUrl,
  /** Epoch milliseconds. */
  expires_at: Schema.Int,
  metadata: Schema.Record({ key: Text, value: Text }).pipe(
    Schema.filter((fields) => Object.keys(fields).length <= 20),
  ),
});
const ReleaseBody = Schema.Struct({
  reversed: Schema.optionalWith(Schema.Boolean, { default: () => false }),
});

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiOptions {
  readonly processor: Processor;
  readonly secrets: ReadonlyArray<string>;
  /** Webhooks go to this machine and to these. */
  readonly webhookOrigins: ReadonlyArray<string>;
}

const refusal = (status: number, code: string, detail: string): ApiAnswer => ({
  status,
  body: { error: { code, detail } },
});
const NOT_FOUND = refusal(404, "not_found", "There is nothing here.");
const REUSED = refusal(409, "idempotency_key_reused", "The key was used for something else.");

const parse = <A, I>(schema: Schema.Schema<A, I>) => {
  const decode = Schema.decodeUnknownEither(Schema.parseJson(schema));
  return (text: string): A | undefined => Either.getOrUndefined(decode(text));
};
const parseCreate = parse(CreateBody);
const parseFaults = parse(FaultsBody);
const parseRelease = parse(ReleaseBody);

const digest = (text: string) => createHash("sha256").update(text).digest();
/** In constant time, whatever was given. */
const isOneOf = (given: string, secrets: ReadonlyArray<string>) =>
  secrets.some((secret) => timingSafeEqual(digest(given), digest(`Bearer ${secret}`)));

/** Answers a call; what it says is durable when `processor.durable()` has resolved. */
export const answerApi = async (
  { processor, secrets, webhookOrigins }: ApiOptions,
  request: ApiRequest,
): Promise<ApiAnswer> => {
  if (!isOneOf(request.authorization ?? "", secrets))
    return refusal(401, "unauthorized", "The bearer token is missing or wrong.");
  const key = IDEMPOTENCY_KEY.test(request.idempotencyKey ?? "")
    ? request.idempotencyKey
    : undefined;
  const show = (payment: Payment, status = 200): ApiAnswer => ({
    status,
    body: body(payment, processor.origin),
  });

  const create = (): ApiAnswer => {
    const order = parseCreate(request.body);
    if (order === undefined) return refusal(422, "invalid", "The payment cannot be read.");
    if (key === undefined) return refusal(400, "idempotency_key_missing", "A key is needed.");
    if (!isAllowedTarget(order.webhook_url, webhookOrigins))
      return refusal(422, "webhook_url_not_allowed", "Webhooks do not go there.");
    if (order.expires_at > Date.now() + MAX_OPEN_MS)
      return refusal(422, "invalid", "A payment stays open for a week at most.");
    const placed = processor.place(key, {
      amount: order.amount,
      currency: order.currency,
      description: order.description,
      returnUrl: order.return_url,
      webhookUrl: order.webhook_url,
      expiresAt: order.expires_at,
      metadata: order.metadata,
    });
    if (placed === "reused") return REUSED;
    return placed === "full"
      ? refusal(503, "full", "There are too many payments. Ask again later.")
      : show(placed, 201);
  };

  const refund = (id: string): ApiAnswer => {
    if (key === undefined) return refusal(400, "idempotency_key_missing", "A key is needed.");
    if (processor.find(id) === undefined) return NOT_FOUND;
    const refunded = processor.refund(id, key);
    if (refunded === "reused") return REUSED;
    return refunded === undefined
      ? refusal(409, "not_paid", "There is nothing to give back.")
      : { status: 201, body: { id: refunded.id, status: refunded.status } };
  };

  const [, version, kind, id, act, ...rest] = request.path.split("/");
  if (version !== "v1" || rest.length > 0) return NOT_FOUND;
  const [found, changed] = [() => processor.find(id ?? ""), () => processor.cancel(id ?? "")];
  const shown = (payment: Payment | undefined) =>
    payment === undefined ? NOT_FOUND : show(payment);

  switch (`${request.method} ${kind}${id === undefined ? "" : "/:id"}${act ? `/${act}` : ""}`) {
    case "GET health":
      return { status: 200, body: { name: "sandbox-card" } };
    case "POST payments":
      return create();
    case "GET payments/:id":
      return shown(found());
    case "POST payments/:id/cancel":
      return shown(changed());
    case "POST payments/:id/refunds":
      return refund(id ?? "");
    case "GET faults":
      return { status: 200, body: processor.faultsBody };
    case "PUT faults": {
      const order = parseFaults(request.body);
      if (order === undefined) return refusal(422, "invalid", "The faults cannot be read.");
      processor.setFaults(order);
      return { status: 200, body: processor.faultsBody };
    }
    case "POST faults/:id": {
      const order = parseRelease(request.body);
      if (id !== "release" || order === undefined) return NOT_FOUND;
      await processor.releaseWebhooks(order.reversed);
      return { status: 200, body: processor.faultsBody };
    }
    default:
      return NOT_FOUND;
  }
};
