/**
 * `POST /rpc`: typed RPC of services on the gateway's port. What it means is the handler's; here it is only carried. Services
 * may ask as often as they like; who does not show their token counts as any client does.
 */
import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import { InternalError, RateLimited } from "../../rpc/http/failure.ts";
import { Exchange, type ExchangeContext } from "./Exchange.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import type { RateLimiter } from "./RateLimiter.ts";
import { DATA_HEADERS } from "./SecurityHeaders.ts";
import type { ClientKey } from "./TrustedProxies.ts";

/** `stranger` is to be called before anything is done for a request without the token, and throws to refuse it. */
export type RpcHandler = (request: Request, stranger: () => void) => Promise<Response>;

export interface RpcRouteServices extends ExchangeContext {
  readonly clientKey: ClientKey;
  readonly addressLimit: RateLimiter;
  readonly log: GatewayLog;
}

/** What the handler may look at. */
const HEADERS = ["authorization", "content-type", "x-request-id"] as const;
/** The handler sees no host: it has none to compare. */
const URL = "http://rpc.invalid/rpc";

export const serveRpc = (
  app: TemplatedApp,
  handler: RpcHandler,
  services: RpcRouteServices,
): void => {
  app.post("/rpc", (res: HttpResponse, req: HttpRequest) => {
    const exchange = new Exchange(services, res, req, "/rpc");
    const client = services.clientKey(res, req);
    const stranger = () => {
      const waitMs = services.addressLimit.take(client);
      if (waitMs > 0) throw new RateLimited({ retryAfterMs: waitMs });
    };
    const headers = new Headers();
    for (const name of HEADERS) {
      const value = req.getHeader(name);
      if (value !== "") headers.set(name, value);
    }
    headers.set("x-request-id", exchange.requestId);
    exchange.readBytes(req, (body) => {
      const request = new Request(URL, { method: "POST", headers, body: new Uint8Array(body) });
      handler(request, stranger)
        .then(async (answer) =>
          exchange.bytes(
            answer.status,
            answer.headers.get("content-type") ?? "application/json",
            DATA_HEADERS,
            Buffer.from(await answer.arrayBuffer()),
          ),
        )
        .catch((cause: unknown) => {
          if (cause instanceof RateLimited) return exchange.fail(cause);
          services.log.error("an RPC call died", {
            requestId: exchange.requestId,
            cause: String(cause),
          });
          exchange.fail(new InternalError());
        });
    });
  });
};
