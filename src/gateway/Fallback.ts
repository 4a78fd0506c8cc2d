/** What answers a request that no endpoint takes: pages, files, preflights, and the refusals 404, 405 and 426. */
import { extname } from "node:path";
import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import {
  InternalError,
  MethodNotAllowed,
  NotFound,
  RateLimited,
  UpgradeRequired,
} from "../../rpc/http/failure.ts";
import type { Cors } from "./Cors.ts";
import type { DocsPages } from "./DocsPages.ts";
import { Exchange, type ExchangeContext } from "./Exchange.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import type { RateLimiter } from "./RateLimiter.ts";
import type { Route } from "./Routes.ts";
import { pageHeaders } from "./SecurityHeaders.ts";
import { acceptedEncoding, type Asset, makeAsset, type StaticFiles } from "./StaticFiles.ts";
import type { ClientKey } from "./TrustedProxies.ts";

const VERBS = { get: "GET", post: "POST", put: "PUT", patch: "PATCH", del: "DELETE" } as const;

const NOT_BUILT = makeAsset(
  Buffer.from(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Croupier</title>
<style>body { font: 16px/1.5 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>Croupier is running</h1>
<p>The web console has not been built here: <code>npm run build</code> builds it, then start again.</p>
<p><a href="/docs">API documentation</a> · <a href="/health">Health</a></p>
</html>
`),
  {
    contentType: "text/html; charset=utf-8",
    compressible: false,
    immutable: false,
    headers: pageHeaders(),
  },
);

/** Addresses that speak WebSocket only. */
const SOCKETS = /^\/(ws|api\/v1\/raffles\/[^/]+\/ws)$/;

/** The methods that each path of the contract takes, HEAD and OPTIONS among them. */
export const allowedMethods = (routes: ReadonlyArray<Pick<Route, "method" | "path">>) => {
  const paths = routes.map((route) => ({
    pattern: new RegExp(`^${route.path.replace(/:\w+/g, "[^/]+")}$`),
    verb: VERBS[route.method],
  }));
  return (path: string): ReadonlyArray<string> => {
    const verbs = new Set<string>();
    for (const { pattern, verb } of paths)
      if (pattern.test(path)) {
        verbs.add(verb);
        if (verb === "GET") verbs.add("HEAD");
      }
    if (verbs.size > 0) verbs.add("OPTIONS");
    return [...verbs].toSorted();
  };
};

export interface FallbackServices extends ExchangeContext {
  readonly clientKey: ClientKey;
  readonly addressLimit: RateLimiter;
  readonly cors: Cors;
  readonly docs: DocsPages;
  readonly files: StaticFiles | undefined;
  readonly log: GatewayLog;
}

export const serveFallback = (
  app: TemplatedApp,
  routes: ReadonlyArray<Pick<Route, "method" | "path">>,
  services: FallbackServices,
): void => {
  const methodsOf = allowedMethods(routes);

  const open = (res: HttpResponse, req: HttpRequest, name: string): Exchange | undefined => {
    const exchange = new Exchange(services, res, req, name);
    const waitMs = services.addressLimit.take(services.clientKey(res, req));
    if (waitMs === 0) return exchange;
    exchange.fail(new RateLimited({ retryAfterMs: waitMs }));
    return undefined;
  };

  app.options("/*", (res, req) => {
    const exchange = open(res, req, "preflight");
    if (exchange === undefined) return;
    const allowed = methodsOf(req.getUrl());
    if (allowed.length === 0) return exchange.fail(new NotFound());
    const methods = allowed.join(", ");
    const origin = req.getHeader("origin");
    exchange.empty(204, [
      ["Allow", methods],
      ...(origin !== "" && req.getHeader("access-control-request-method") !== ""
        ? services.cors.preflight(origin, methods)
        : []),
    ]);
  });

  app.any("/*", (res, req) => {
    const exchange = open(res, req, "pages");
    if (exchange === undefined) return;
    const path = req.getUrl();
    const method = req.getMethod();
    const allowed = methodsOf(path);
    if (allowed.length > 0) return exchange.fail(new MethodNotAllowed({ allowed }));
    if (SOCKETS.test(path)) return exchange.fail(new UpgradeRequired());
    if (method !== "get" && method !== "head") {
      const isPage = path === "/" || services.files?.file(path) !== undefined;
      return exchange.fail(
        isPage ? new MethodNotAllowed({ allowed: ["GET", "HEAD"] }) : new NotFound(),
      );
    }
    const asset =
      services.docs.find(path) ??
      services.files?.file(path) ??
      (path === "/" ? NOT_BUILT : undefined) ??
      (req.getHeader("accept").includes("text/html") && extname(path) === ""
        ? services.files?.page
        : undefined);
    if (asset === undefined) return exchange.fail(new NotFound());
    const encoding = acceptedEncoding(req.getHeader("accept-encoding"));
    const known = req.getHeader("if-none-match");
    send(exchange, asset, encoding, known).catch((cause: unknown) => {
      services.log.error("page failed", { requestId: exchange.requestId, path, cause });
      exchange.fail(new InternalError());
    });
  });
};

const send = async (
  exchange: Exchange,
  found: Asset | Promise<Asset>,
  accepted: ReturnType<typeof acceptedEncoding>,
  known: string,
): Promise<void> => {
  const asset = await found;
  const headers = [["ETag", asset.etag] as const, ...asset.headers];
  if (known.split(/\s*,\s*/).includes(asset.etag)) return exchange.empty(304, headers);
  const { bytes, encoding } = await asset.body(accepted);
  exchange.bytes(
    200,
    asset.contentType,
    encoding === "identity" ? headers : [...headers, ["Content-Encoding", encoding]],
    bytes,
  );
};
