/**
 * Serves the contracts of `rpc/services.ts` to other services: over TCP for those who talk much, over HTTP for those who
 * have only `fetch`.
 *
 * Requests are decoded by the contract's schemas, rejections go back typed. A caller without the token is `Unauthorized`,
 * and nothing happens. A connection that sends what no client would is closed, alone. When a connection or the server
 * ends, calls under way are cut off; their commands may have been carried out, and asking again with the same command
 * id tells.
 */
import { HttpApp } from "@effect/platform";
import { RpcSerialization, RpcServer } from "@effect/rpc";
import { Effect, Layer } from "effect";
import { MethodNotAllowed, PayloadTooLarge, ValidationFailed } from "../../rpc/http/failure.ts";
import { PROBLEM_CONTENT_TYPE, problemBody, shapeOf } from "../../rpc/http/problem.ts";
import { ServiceRpcs } from "../../rpc/services.ts";
import { layerBoundedSocketServer, type ListenOn } from "./BoundedSocketServer.ts";
import { isRequest, MAX_MESSAGE_BYTES } from "./ClientMessage.ts";
import { boundedMessagePack } from "./Serialization.ts";
import { layerHandlers, type Service } from "./ServiceHandlers.ts";

const OPTIONS = {
  // The handlers bound what is in flight by refusing it; a semaphore would queue it without bound.
  concurrency: "unbounded",
  // A call that dies is that call's answer, not the end of all calls on its connection.
  disableFatalDefects: true,
} as const;

/** The TCP server, which listens when the layer is built; the `SocketServer` it gives knows the port. */
export const layerTcpServer = (service: Service, listenOn: ListenOn) =>
  RpcServer.layer(ServiceRpcs, OPTIONS).pipe(
    Layer.provide(layerHandlers(service)),
    Layer.provide(RpcServer.layerProtocolSocketServer),
    Layer.provide(Layer.succeed(RpcSerialization.RpcSerialization, boundedMessagePack)),
    Layer.provideMerge(layerBoundedSocketServer(listenOn)),
  );

export type WebHandler = (request: Request) => Promise<Response>;

/** The handler for `POST /rpc`: one message of JSON in, the answers to it out. It serves until the scope closes. */
export const makeWebHandler = (service: Service) =>
  Effect.gen(function* () {
    const context = yield* Layer.build(layerHandlers(service));
    const app = yield* RpcServer.toHttpApp(ServiceRpcs, OPTIONS).pipe(
      Effect.provide(context),
      Effect.provideService(RpcSerialization.RpcSerialization, RpcSerialization.json),
    );
    const serve = HttpApp.toWebHandlerRuntime(yield* Effect.runtime<never>())(app);
    return checked(serve);
  });

/** Refuses what is not a request before the library sees it. */
const checked =
  (serve: WebHandler): WebHandler =>
  async (request) => {
    if (request.method !== "POST")
      return refusal(MethodNotAllowed, new MethodNotAllowed({ allowed: ["POST"] }));
    const body = await request.arrayBuffer();
    if (body.byteLength > MAX_MESSAGE_BYTES)
      return refusal(PayloadTooLarge, new PayloadTooLarge({ limitBytes: MAX_MESSAGE_BYTES }));
    const { headers, method, url } = request;
    if (!isRequest(parsed(body))) return refusal(ValidationFailed, NO_REQUEST);
    return serve(new Request(url, { method, headers, body }));
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
