/**
 * The REST contract compiled onto uWebSockets. The contract is read once, at the start: for each endpoint its
 * decoders are built and a closure is made that does nothing but what this endpoint needs. A request then costs its
 * decoding and its handler: no router, no middleware chain, no fiber.
 *
 * `Handlers` has one function for each endpoint of the contract and knows its payload, parameters, success and failures, so
 * an endpoint without a handler, or a handler that answers what the contract does not say, does not compile.
 */
import { HttpApi, type HttpApiEndpoint, type HttpApiGroup, HttpApiSchema } from "@effect/platform";
import { Either, Option, type ParseResult, Schema, SchemaAST } from "effect";
import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import { Unavailable } from "../../rpc/failure.ts";
import {
  type FieldProblem,
  Forbidden,
  InternalError,
  RateLimited,
  Unauthorized,
} from "../../rpc/http/failure.ts";
import { Accepted, ACCEPTED_STATUS, isAccepted } from "../../rpc/http/accepted.ts";
import type { Failure } from "../../rpc/http/problem.ts";
import {
  AdminOnly,
  Authenticated,
  type CallerClaims,
  MaybeAuthenticated,
} from "../../rpc/http/security.ts";
import type { Outcome } from "../actor/Ask.ts";
import { attempt } from "./Answer.ts";
import { isDatabaseAway } from "../ops/DatabaseAway.ts";
import { decoder } from "./Decoder.ts";
import { Exchange, type ExchangeContext, malformed } from "./Exchange.ts";
import { fieldProblems } from "./FieldProblems.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import { unkeepable } from "./KeepableText.ts";
import type { RateLimiter } from "./RateLimiter.ts";
import type { Tokens } from "./Tokens.ts";
import type { ClientKey } from "./TrustedProxies.ts";

type Endpoint = HttpApiEndpoint.HttpApiEndpoint.Any;

type CallerOf<Guards> = [Extract<Guards, Authenticated | AdminOnly>] extends [never]
  ? [Extract<Guards, MaybeAuthenticated>] extends [never]
    ? undefined
    : CallerClaims | undefined
  : CallerClaims;

/** What a handler is given. A part that the contract does not declare is undefined. */
export interface EndpointRequest<E extends Endpoint> {
  readonly payload: HttpApiEndpoint.HttpApiEndpoint.Payload<E>;
  readonly path: HttpApiEndpoint.HttpApiEndpoint.PathParsed<E>;
  readonly query: HttpApiEndpoint.HttpApiEndpoint.UrlParams<E>;
  readonly headers: HttpApiEndpoint.HttpApiEndpoint.Headers<E>;
  /** Who calls; only where the contract asks for a token, and where it allows one, undefined without. */
  readonly caller: CallerOf<HttpApiEndpoint.HttpApiEndpoint.Context<E>>;
  readonly requestId: string;
  /** The name by which the caller's address is counted. */
  readonly client: string;
  /** The Host header, and whether a proxy says that the client came by TLS. */
  readonly host: string;
  readonly isSecure: boolean;
  /** Calls `gone` when the client goes away before its answer. */
  readonly onGone: (gone: () => void) => void;
}

export type Handler<E extends Endpoint> = (
  request: EndpointRequest<E>,
) => Promise<
  Outcome<HttpApiEndpoint.HttpApiEndpoint.Success<E>, HttpApiEndpoint.HttpApiEndpoint.Error<E>>
>;

type GroupsOf<Api> =
  Api extends HttpApi.HttpApi<infer _Id, infer Groups, infer _E, infer _R> ? Groups : never;

/** A handler for each endpoint, by group and name. */
export type Handlers<Api> = {
  readonly [G in GroupsOf<Api> as HttpApiGroup.HttpApiGroup.Name<G>]: {
    readonly [
      E in HttpApiGroup.HttpApiGroup.Endpoints<G> as HttpApiEndpoint.HttpApiEndpoint.Name<E>
    ]: E extends Endpoint ? Handler<E> : never;
  };
};

/** One group's handlers, so that each group may have its own file. */
export type GroupHandlers<
  Api,
  Name extends HttpApiGroup.HttpApiGroup.Name<GroupsOf<Api>>,
> = Handlers<Api>[Name];

export interface RouteServices extends ExchangeContext {
  readonly tokens: Tokens;
  readonly clientKey: ClientKey;
  readonly addressLimit: RateLimiter;
  readonly playerLimit: RateLimiter;
  readonly log: GatewayLog;
}

type Decode = (input: unknown) => Either.Either<unknown, ParseResult.ParseError>;

/** An endpoint as the contract declares it, ready to be served. */
export interface Route {
  /** `bets.place` */
  readonly name: string;
  readonly method: "get" | "post" | "put" | "patch" | "del";
  /** `/bets/:bet_id` */
  readonly path: string;
  readonly pathNames: ReadonlyArray<string>;
  /** `optional`: who shows a token must show a good one. */
  readonly guard: "open" | "optional" | "authenticated" | "admin";
  readonly decodePath: Decode | undefined;
  readonly decodeQuery: Decode | undefined;
  readonly headerNames: ReadonlyArray<string>;
  readonly decodeHeaders: Decode | undefined;
  readonly decodePayload: Decode | undefined;
  /** Of an answer that is not `Accepted`. */
  readonly successStatus: number;
  /** Undefined: JSON. */
  readonly textType: string | undefined;
}

const decoderOf = <A, R>(schema: Option.Option<Schema.Schema<A, unknown, R>>): Decode | undefined =>
  Option.isNone(schema) ? undefined : decoder(schema.value as Schema.Schema<A, unknown>);

const METHODS = { GET: "get", POST: "post", PUT: "put", PATCH: "patch", DELETE: "del" } as const;

const isServed = (method: string): method is keyof typeof METHODS => method in METHODS;

const propertyNames = (schema: Option.Option<Schema.Schema.All>) =>
  Option.isNone(schema)
    ? []
    : SchemaAST.getPropertySignatures(SchemaAST.encodedAST(schema.value.ast)).map(({ name }) =>
        String(name),
      );

/** Reads the contract. Dies on what it declares and this compiler does not know. */
export const compile = <Id extends string, Groups extends HttpApiGroup.HttpApiGroup.Any, E, R>(
  api: HttpApi.HttpApi<Id, Groups, E, R>,
): ReadonlyArray<Route> => {
  const routes: Array<Route> = [];
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ group, endpoint, middleware, successes }) => {
      const name = `${group.identifier}.${endpoint.name}`;
      if (!isServed(endpoint.method)) throw new Error(`${name}: no routes for ${endpoint.method}`);
      const [success, ...others] = [...successes].filter(([, { ast }]) =>
        Option.isNone(Option.flatMap(ast, isAccepted)),
      );
      if (success === undefined || others.length > 0)
        throw new Error(`${name}: must have one success status beside that of accepted(…)`);
      const [successStatus, { ast }] = success;
      const guards: ReadonlySet<unknown> = middleware;
      const encoding = HttpApiSchema.getEncoding(
        Option.getOrElse(ast, () => Schema.Void.ast as SchemaAST.AST),
      );
      if (encoding.kind !== "Json" && encoding.kind !== "Text")
        throw new Error(`${name}: answers are JSON or text`);
      routes.push({
        name,
        method: METHODS[endpoint.method],
        path: endpoint.path,
        pathNames: [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!),
        guard: guards.has(AdminOnly)
          ? "admin"
          : guards.has(Authenticated)
            ? "authenticated"
            : guards.has(MaybeAuthenticated)
              ? "optional"
              : "open",
        decodePath: decoderOf(endpoint.pathSchema),
        decodeQuery: decoderOf(endpoint.urlParamsSchema),
        headerNames: propertyNames(endpoint.headersSchema),
        decodeHeaders: decoderOf(endpoint.headersSchema),
        decodePayload: decoderOf(endpoint.payloadSchema),
        successStatus,
        textType: encoding.kind === "Text" ? encoding.contentType : undefined,
      });
    },
  });
  return routes;
};

/** Decodes one part of a request; answers and gives undefined when it is wrong. `inspect`: what a schema does not look for. */
const decoded = (
  exchange: Exchange,
  decode: Decode | undefined,
  read: () => unknown,
  inspect: (input: unknown) => ReadonlyArray<FieldProblem> = () => [],
): { readonly value: unknown } | undefined => {
  if (decode === undefined) return ABSENT;
  const input = read();
  const problems = inspect(input);
  if (problems.length > 0) {
    exchange.fail(malformed(problems));
    return undefined;
  }
  const result = decode(input);
  if (Either.isRight(result)) return { value: result.right };
  exchange.fail(malformed(fieldProblems(result.left)));
  return undefined;
};
const ABSENT = { value: undefined };

const pathParameters = (route: Route, req: HttpRequest) => {
  const parameters: Record<string, string> = {};
  for (const [index, name] of route.pathNames.entries()) {
    const raw = req.getParameter(index);
    try {
      parameters[name] = decodeURIComponent(raw);
    } catch {
      // A broken escape names nothing: as it stands it is refused.
      parameters[name] = `${raw}\u0000`;
    }
  }
  return parameters;
};

const requestHeaders = (route: Route, req: HttpRequest) => {
  const headers: Record<string, string> = {};
  for (const name of route.headerNames) {
    const value = req.getHeader(name);
    if (value !== "") headers[name] = value;
  }
  return headers;
};

export const bearerToken = (req: HttpRequest) => {
  const header = req.getHeader("authorization");
  return /^bearer /i.test(header) ? header.slice(7).trim() : "";
};

/** Registers every route of the contract, HEAD beside each GET. */
export const serve = <Api>(
  app: TemplatedApp,
  routes: ReadonlyArray<Route>,
  handlers: Handlers<Api>,
  services: RouteServices,
): void => {
  const byName = handlers as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  for (const route of routes) {
    const [group, endpoint] = route.name.split(".") as [string, string];
    // The type of Handlers has made sure of it; here the types of single endpoints have been left behind.
    const handler = byName[group]?.[endpoint] as ErasedHandler;
    const listener = listen(route, handler, services);
    app[route.method](route.path, listener);
    if (route.method === "get") app.head(route.path, listener);
  }
};

interface ErasedRequest {
  readonly payload: unknown;
  readonly path: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly caller: CallerClaims | undefined;
  readonly requestId: string;
  readonly client: string;
  readonly host: string;
  readonly isSecure: boolean;
  readonly onGone: (gone: () => void) => void;
}
type ErasedHandler = (request: ErasedRequest) => Promise<Outcome<unknown, Failure>>;

const listen =
  (route: Route, handler: ErasedHandler, services: RouteServices) =>
  (res: HttpResponse, req: HttpRequest): void => {
    const exchange = new Exchange(services, res, req, route.path);
    // What is thrown into uWebSockets ends the process.
    try {
      receive(route, handler, services, exchange, res, req);
    } catch (defect) {
      fail(route, exchange, services, defect);
    }
  };

const receive = (
  route: Route,
  handler: ErasedHandler,
  services: RouteServices,
  exchange: Exchange,
  res: HttpResponse,
  req: HttpRequest,
): void => {
  const client = services.clientKey(res, req);
  if (!services.addressLimit.isOff) {
    const waitMs = services.addressLimit.take(client);
    if (waitMs > 0) return exchange.fail(new RateLimited({ retryAfterMs: waitMs }));
  }
  const token = route.guard === "open" ? "" : bearerToken(req);
  // Where a token is optional, only who shows one has to be known.
  const isAnonymous = route.guard === "open" || (route.guard === "optional" && token === "");
  if (!isAnonymous && token === "") return exchange.fail(new Unauthorized());
  const path = decoded(exchange, route.decodePath, () => pathParameters(route, req), unkeepable);
  if (path === undefined) return;
  const query = decoded(
    exchange,
    route.decodeQuery,
    () => Object.fromEntries(new URLSearchParams(req.getQuery())),
    unkeepable,
  );
  if (query === undefined) return;
  const headers = decoded(exchange, route.decodeHeaders, () => requestHeaders(route, req));
  if (headers === undefined) return;
  const host = req.getHeader("host");
  const isSecure = req.getHeader("x-forwarded-proto") === "https";

  // Body and token come in either order: whichever is last starts the handler.
  let body: { readonly value: unknown } | undefined =
    route.decodePayload === undefined ? ABSENT : undefined;
  let caller: { readonly claims: CallerClaims | undefined } | undefined = isAnonymous
    ? { claims: undefined }
    : undefined;
  const advance = () => {
    if (body === undefined || caller === undefined || exchange.isOver) return;
    const payload = body;
    const parsed = decoded(exchange, route.decodePayload, () => payload.value);
    if (parsed === undefined) return;
    run(route, handler, exchange, services, {
      payload: parsed.value,
      path: path.value,
      query: query.value,
      headers: headers.value,
      caller: caller.claims,
      requestId: exchange.requestId,
      client,
      host,
      isSecure,
      onGone: (gone) => exchange.onGone(gone),
    });
  };
  const identified = (claims: CallerClaims | undefined) => {
    if (claims === undefined) return exchange.fail(new Unauthorized());
    if (route.guard === "admin" && !claims.roles.includes("admin"))
      return exchange.fail(new Forbidden());
    const waitMs = services.playerLimit.take(claims.playerId);
    if (waitMs > 0) return exchange.fail(new RateLimited({ retryAfterMs: waitMs }));
    caller = { claims };
    advance();
  };

  if (!isAnonymous) {
    const known = services.tokens.recall(token);
    if (known !== undefined) identified(known);
    else
      services.tokens
        .verify(token)
        .then(identified)
        .catch((defect: unknown) => fail(route, exchange, services, defect));
  }
  if (exchange.isOver) return;
  if (route.decodePayload === undefined) {
    if (isAnonymous) advance();
    return;
  }
  exchange.readJson(req, (value) => {
    body = { value };
    try {
      advance();
    } catch (defect) {
      fail(route, exchange, services, defect);
    }
  });
};

const run = (
  route: Route,
  handler: ErasedHandler,
  exchange: Exchange,
  services: RouteServices,
  request: ErasedRequest,
): void => {
  attempt(() => handler(request))
    .then((outcome) => {
      if (!outcome.ok) exchange.fail(outcome.error, outcome.replayed);
      else if (route.textType !== undefined)
        exchange.text(route.successStatus, route.textType, String(outcome.value));
      else if (outcome.value instanceof Accepted)
        exchange.json(ACCEPTED_STATUS, outcome.value.body, outcome.replayed);
      else exchange.json(route.successStatus, outcome.value, outcome.replayed);
    })
    .catch((defect: unknown) => fail(route, exchange, services, defect));
};

/** How long a caller should wait for a database that is away: a restart takes a second or two. */
const DATABASE_RETRY_MS = 1000;

const fail = (route: Route, exchange: Exchange, services: RouteServices, defect: unknown): void => {
  if (defect instanceof Unavailable) return exchange.fail(defect);
  if (isDatabaseAway(defect))
    return exchange.fail(new Unavailable({ reason: "database", retryAfterMs: DATABASE_RETRY_MS }));
  services.log.error("request failed", {
    requestId: exchange.requestId,
    route: route.name,
    cause: defect,
  });
  exchange.fail(new InternalError());
};
