/**
 * Serves the contracts of `rpc/services.ts` to other services: over TCP for those who talk much, over HTTP for those who
 * have only `fetch`.
 *
 * Requests are decoded by the contract's schemas, rejections go back typed. A caller without the token is `Unauthorized`,
 * and nothing happens. A connection that sends what no client would is closed, alone. When a connection ends, its calls
 * are cut off; their commands may have been carried out, and asking again with the same command id tells.
 */
import { HttpApp, SocketServer } from "@effect/platform";
import { NodeSocketServer } from "@effect/platform-node";
import { RpcSerialization, RpcServer } from "@effect/rpc";
import { Effect, Layer } from "effect";
import { MethodNotAllowed, PayloadTooLarge, ValidationFailed } from "../../rpc/http/failure.ts";
import { PROBLEM_CONTENT_TYPE, problemBody, shapeOf } from "../../rpc/http/problem.ts";
import { ServiceRpcs } from "../../rpc/services.ts";
import { closing, closingLayer } from "../ops/Closing.ts";
import { CallsInFlight } from "./CallsInFlight.ts";
import { CallMeter } from "./CallMeter.ts";
import { isRequest, MAX_MESSAGE_BYTES, type RequestMessage } from "./ClientMessage.ts";
import { Connections } from "./Connections.ts";
import { boundedMessagePack } from "./Serialization.ts";
import { isBearer, layerHandlers, type Service } from "./ServiceHandlers.ts";

/** Half of what one entity's mailbox takes: services alone cannot crowd players out of it. */
const MAX_CALLS_IN_FLIGHT = 4096;
const DRAIN_MS = 5000;
/** How long a stop waits for callers to read their last answers. */
const FLUSH_MS = 1000;
/** For the end of connections and of the server. A call that has not ended goes on without its caller. */
const END_MS = 1000;

const OPTIONS = {
  // The handlers bound what is in flight by refusing it; a semaphore would queue it without bound.
  concurrency: "unbounded",
  // A call that dies is that call's answer, not the end of all calls on its connection.
  disableFatalDefects: true,
} as const;

export interface ListenOn {
  readonly host: string;
  /** 0 for any that is free; the `SocketServer`'s address tells which. */
  readonly port: number;
  /** How long a stop waits for calls under way; as long as the actors wait for their commits if nothing is said. */
  readonly drainMs?: number;
}

/**
 * The TCP server, which listens when the layer is built and fails with `SocketServerError` when it cannot. When the layer
 * is released, calls under way are waited for and answered before their connections are closed.
 */
export const layerTcpServer = (service: Service, { drainMs = DRAIN_MS, host, port }: ListenOn) => {
  const meter = new CallMeter(service.metrics, "tcp", elapsed);
  const calls = callsInFlight(meter);
  const connections = new Connections(meter);
  const layerSocketServer = Layer.effect(
    SocketServer.SocketServer,
    Effect.map(SocketServer.SocketServer, (server) => connections.over(server)),
  ).pipe(
    // Without noDelay small answers wait up to 40 ms; keepAlive finds callers that have gone without a word.
    Layer.provide(NodeSocketServer.layer({ host, port, noDelay: true, keepAlive: true })),
  );
  const layer = layerDrain(calls, connections, drainMs).pipe(
    Layer.provideMerge(RpcServer.layer(ServiceRpcs, OPTIONS)),
    Layer.provide(layerHandlers(service, calls, meter)),
    Layer.provide(RpcServer.layerProtocolSocketServer),
    Layer.provide(Layer.succeed(RpcSerialization.RpcSerialization, boundedMessagePack)),
    Layer.provideMerge(layerSocketServer),
  );
  return closingLayer("the RPC server", drainMs + FLUSH_MS + END_MS, layer);
};

/** Released before the server, which would wait for ever for a caller that does not read its answers. */
const layerDrain = (calls: CallsInFlight, connections: Connections, drainMs: number) =>
  Layer.scopedDiscard(
    Effect.addFinalizer(() =>
      closing("calls of other services", drainMs, () => calls.drain()).pipe(
        // The last answers are written in the turn in which their calls end.
        Effect.zipRight(Effect.sleep(0)),
        Effect.zipRight(Effect.promise(() => connections.close(FLUSH_MS))),
      ),
    ),
  );

const elapsed = () => performance.now();

const callsInFlight = (meter: CallMeter): CallsInFlight => {
  const calls = new CallsInFlight(MAX_CALLS_IN_FLIGHT, (why) => meter.refused(why));
  meter.inFlight(() => calls.count);
  return calls;
};

/** `stranger` is told of a request without the token before anything is done for it, and may refuse it by throwing. */
export type WebHandler = (request: Request, stranger?: () => void) => Promise<Response>;

/** The handler for `POST /rpc`: one message of JSON in, the answers to it out. It serves until the scope closes. */
export const makeWebHandler = (service: Service) =>
  Effect.gen(function* () {
    const meter = new CallMeter(service.metrics, "http", elapsed);
    const context = yield* Layer.build(layerHandlers(service, callsInFlight(meter), meter));
    const app = yield* RpcServer.toHttpApp(ServiceRpcs, OPTIONS).pipe(
      Effect.provide(context),
      Effect.provideService(RpcSerialization.RpcSerialization, RpcSerialization.json),
    );
    const serve = HttpApp.toWebHandlerRuntime(yield* Effect.runtime<never>())(app);
    return checked(serve, service.token, meter);
  });

/** As the library reads it: a header of the message comes before one of the request. */
const authorizationOf = (
  headers: globalThis.Headers,
  message: RequestMessage,
): string | undefined =>
  message.headers.findLast(([name]) => name.toLowerCase() === "authorization")?.[1] ??
  headers.get("authorization") ??
  undefined;

/** Refuses what is not a request before the library sees it. */
const checked =
  (serve: (request: Request) => Promise<Response>, token: string, meter: CallMeter): WebHandler =>
  async (request, stranger) => {
    if (request.method !== "POST")
      return refusal(MethodNotAllowed, new MethodNotAllowed({ allowed: ["POST"] }));
    const body = await request.arrayBuffer();
    meter.bytes("in", body.byteLength);
    if (body.byteLength > MAX_MESSAGE_BYTES)
      return refusal(PayloadTooLarge, new PayloadTooLarge({ limitBytes: MAX_MESSAGE_BYTES }));
    const { headers, method, url } = request;
    const message = parsed(body);
    if (!isRequest(message) || !isBearer(authorizationOf(headers, message), token)) stranger?.();
    if (!isRequest(message)) return refusal(ValidationFailed, NO_REQUEST);
    const answer = await serve(new Request(url, { method, headers, body }));
    const told = await answer.arrayBuffer();
    meter.bytes("out", told.byteLength);
    return new Response(told, answer);
  };

const NO_REQUEST = new ValidationFailed({
  errors: [{ path: "", message: "The body is no request of @effect/rpc." }],
});

const parsed = (body: ArrayBuffer): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
};

const refusal = (
  kind: Parameters<typeof shapeOf>[0],
  failure: Parameters<typeof problemBody>[1],
): Response => {
  const shape = shapeOf(kind);
  return Response.json(problemBody(shape, failure), {
    status: shape.status,
    headers: { "content-type": PROBLEM_CONTENT_TYPE },
  });
};
