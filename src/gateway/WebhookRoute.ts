/**
 * `POST /api/v1/payments/webhooks/{provider}`: what payment providers send by themselves. It stands beside the contract, for a
 * signature is over the bytes as they came. An authentic one is answered 200 once its news is durable, or when there is
 * nothing to do; anything else but 200 makes the provider send it again.
 */
import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import { Schema } from "effect";
import { Unavailable } from "../../rpc/failure.ts";
import { InternalError, NotFound, RateLimited } from "../../rpc/http/failure.ts";
import { WebhookForged } from "../../rpc/http/payment.ts";
import { ProviderName } from "../../rpc/payment.ts";
import type { Clock } from "../actor/Clock.ts";
import { isDatabaseAway } from "../ops/DatabaseAway.ts";
import type { Metrics } from "../ops/Metrics.ts";
import type { ProviderEvent, WebhookReading } from "../payments/PaymentProvider.ts";
import { Exchange, type ExchangeContext } from "./Exchange.ts";
import type { Game } from "./Game.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import type { PaymentDesk } from "./PaymentDesk.ts";
import type { RateLimiter } from "./RateLimiter.ts";
import type { ClientKey } from "./TrustedProxies.ts";

const PATH = "/api/v1/payments/webhooks/:provider";
const DATABASE_RETRY_MS = 1000;
const RECEIVED = { received: true };

const isProvider = Schema.is(ProviderName);

export interface WebhookServices extends ExchangeContext {
  readonly game: Game;
  readonly payments: PaymentDesk;
  readonly clientKey: ClientKey;
  /** Forged ones count against it; a provider may send as many as it has. */
  readonly addressLimit: RateLimiter;
  readonly metrics: ExchangeContext["metrics"] & Pick<Metrics, "webhook">;
  readonly clock: Pick<Clock, "now">;
  readonly log: GatewayLog;
}

export const serveWebhooks = (app: TemplatedApp, services: WebhookServices): void => {
  const { clock, game, log, metrics, payments } = services;

  const hear = async (exchange: Exchange, provider: ProviderName, event: ProviderEvent) => {
    const about = { provider, eventId: event.eventId, reservationId: event.reservationId };
    const heard = await game.reservations.hear(provider, event);
    if (heard.ok) {
      metrics.webhook(provider, heard.value.isNews && !heard.replayed ? "news" : "known");
      return exchange.json(200, RECEIVED);
    }
    if (heard.error._tag === "Unavailable") {
      metrics.webhook(provider, "unavailable");
      return exchange.fail(heard.error);
    }
    // Sent again it would be no different.
    metrics.webhook(provider, "unknown_reservation");
    log.warn("a webhook is about no reservation of ours", {
      ...about,
      code: heard.error._tag,
      requestId: exchange.requestId,
    });
    return exchange.json(200, RECEIVED);
  };

  const failed = (exchange: Exchange, provider: ProviderName, cause: unknown) => {
    if (isDatabaseAway(cause)) {
      metrics.webhook(provider, "unavailable");
      return exchange.fail(
        new Unavailable({ reason: "database", retryAfterMs: DATABASE_RETRY_MS }),
      );
    }
    log.error("a webhook failed", { provider, requestId: exchange.requestId, cause });
    exchange.fail(new InternalError());
  };

  const use = (
    exchange: Exchange,
    provider: ProviderName,
    reading: WebhookReading,
    address: string,
  ): void => {
    if (reading._tag === "event") {
      hear(exchange, provider, reading.event).catch((cause: unknown) =>
        failed(exchange, provider, cause),
      );
      return;
    }
    metrics.webhook(provider, reading._tag);
    if (reading._tag === "other") return exchange.json(200, RECEIVED);
    const waitMs = services.addressLimit.take(address);
    if (waitMs > 0) return exchange.fail(new RateLimited({ retryAfterMs: waitMs }));
    log.warn("a webhook was refused", {
      provider,
      why: reading.why,
      address,
      requestId: exchange.requestId,
    });
    exchange.fail(new WebhookForged());
  };

  app.post(PATH, (res: HttpResponse, req: HttpRequest) => {
    const exchange = new Exchange(services, res, req, PATH);
    const name = req.getParameter(0);
    const provider = isProvider(name) ? payments.of(name) : undefined;
    const read = provider?.readWebhook;
    if (provider === undefined || read === undefined) return exchange.fail(new NotFound());
    const address = services.clientKey(res, req);
    const headers = new Map<string, string>();
    // The request is gone when its body is there.
    req.forEach((header, value) => headers.set(header, value));
    exchange.readBytes(req, (body) => {
      // What is thrown into uWebSockets ends the process.
      try {
        const reading = read.call(provider, body, (header) => headers.get(header), clock.now());
        use(exchange, provider.name, reading, address);
      } catch (cause) {
        failed(exchange, provider.name, cause);
      }
    });
  });
};
