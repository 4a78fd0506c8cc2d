/**
 * `POST /api/v1/hands/import`: hand histories in the body, of whatever type, read as they come and no faster than they are
 * stored. It stands beside the compiled contract, whose bodies are JSON and small.
 *
 * An import ends in one of three ways, and in each of them what was read by then is durable: the body is at its end, the
 * client goes away, or the body turns out to be too large. A gateway that stops waits for those under way.
 */
import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import { Unavailable } from "../../rpc/failure.ts";
import { InternalError, RateLimited, Unauthorized } from "../../rpc/http/failure.ts";
import { IMPORT_PATH, MAX_IMPORT_BYTES } from "../../rpc/http/handImport.ts";
import type { CallerClaims } from "../../rpc/http/security.ts";
import { isDatabaseAway } from "../ops/DatabaseAway.ts";
import type { Metrics } from "../ops/Metrics.ts";
import { attempt } from "./Answer.ts";
import type { BodyStream } from "./BodyStream.ts";
import { Exchange, type ExchangeContext } from "./Exchange.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import type { HandDesk } from "./PokerDesks.ts";
import type { RateLimiter } from "./RateLimiter.ts";
import { bearerToken, type Route } from "./Routes.ts";
import type { Tokens } from "./Tokens.ts";
import type { ClientKey } from "./TrustedProxies.ts";

/** Each takes a core to parse and a connection to store with; more would only slow each other down. */
const MAX_IMPORTS = 4;
/** An import of the largest body takes some ten seconds. */
const BUSY_RETRY_MS = 2000;
const DATABASE_RETRY_MS = 1000;

export const IMPORT_ROUTE: Pick<Route, "method" | "path"> = { method: "post", path: IMPORT_PATH };

export interface ImportServices extends ExchangeContext {
  readonly hands: Pick<HandDesk, "import">;
  readonly tokens: Tokens;
  readonly clientKey: ClientKey;
  readonly addressLimit: RateLimiter;
  readonly playerLimit: RateLimiter;
  readonly metrics: ExchangeContext["metrics"] & Pick<Metrics, "hands">;
  readonly log: GatewayLog;
}

export const serveImport = (app: TemplatedApp, services: ImportServices): void => {
  const { hands, log, metrics, tokens } = services;
  let imports = 0;

  const failed = (exchange: Exchange, cause: unknown) => {
    if (cause instanceof Unavailable) return exchange.fail(cause);
    if (isDatabaseAway(cause))
      return exchange.fail(
        new Unavailable({ reason: "database", retryAfterMs: DATABASE_RETRY_MS }),
      );
    log.error("an import failed", { requestId: exchange.requestId, cause });
    exchange.fail(new InternalError());
  };

  const run = async (exchange: Exchange, source: string, body: BodyStream) => {
    imports += 1;
    // Beside its exchange, which is over when the client goes away.
    services.began();
    try {
      const imported = await attempt(() => hands.import(source, body));
      metrics.hands("import", "imported", imported.imported);
      metrics.hands("import", "duplicate", imported.duplicates);
      metrics.hands("import", "refused", imported.failed_count);
      log.info("hands imported", {
        requestId: exchange.requestId,
        source,
        imported: imported.imported,
        duplicates: imported.duplicates,
        refused: imported.failed_count,
      });
      exchange.json(202, imported);
    } catch (cause) {
      failed(exchange, cause);
    } finally {
      imports -= 1;
      services.ended();
    }
  };

  const identified = (
    exchange: Exchange,
    caller: CallerClaims | undefined,
    body: BodyStream,
  ): void => {
    if (exchange.isOver) return;
    if (caller === undefined) return exchange.fail(new Unauthorized());
    const waitMs = services.playerLimit.take(caller.playerId);
    if (waitMs > 0) return exchange.fail(new RateLimited({ retryAfterMs: waitMs }));
    if (services.isDraining())
      return exchange.fail(
        new Unavailable({ reason: "restarting", retryAfterMs: DATABASE_RETRY_MS }),
      );
    if (imports >= MAX_IMPORTS)
      return exchange.fail(
        new Unavailable({
          reason: "as many imports as may be are under way",
          retryAfterMs: BUSY_RETRY_MS,
        }),
      );
    void run(exchange, `import by ${caller.playerId}`, body);
  };

  app.post(IMPORT_PATH, (res: HttpResponse, req: HttpRequest) => {
    const exchange = new Exchange(services, res, req, IMPORT_PATH);
    // What is thrown into uWebSockets ends the process.
    try {
      const waitMs = services.addressLimit.take(services.clientKey(res, req));
      if (waitMs > 0) return exchange.fail(new RateLimited({ retryAfterMs: waitMs }));
      const token = bearerToken(req);
      if (token === "") return exchange.fail(new Unauthorized());
      const body = exchange.readStream(req, MAX_IMPORT_BYTES);
      const known = tokens.recall(token);
      if (known !== undefined) return identified(exchange, known, body);
      tokens
        .verify(token)
        .then((caller) => identified(exchange, caller, body))
        .catch((cause: unknown) => failed(exchange, cause));
    } catch (cause) {
      failed(exchange, cause);
    }
  });
};
