/** The typed client of a service: `client.Wallet.Deposit({…})`. `tcp.ts` and `http.ts` say how it reaches the server. */
import { Headers } from "@effect/platform";
import { RpcClient, type RpcClientError, RpcMiddleware } from "@effect/rpc";
import { Context, Effect, Layer } from "effect";
import { ServiceAuth, ServiceRpcs } from "../services.ts";

/** How to reach a server. */
export interface ServiceAddress {
  readonly url: string;
  /** The server's `SERVICE_TOKEN`. */
  readonly token: string;
}

/**
 * Fails as the contract says, and with `RpcClientError` when the connection fails; what a command did is unknown then,
 * and the same command id asks for it again.
 */
export class ServiceClient extends Context.Tag("croupier/rpc/ServiceClient")<
  ServiceClient,
  RpcClient.FromGroup<typeof ServiceRpcs, RpcClientError.RpcClientError>
>() {}

/** The client over any protocol, with the token in every request. */
export const layerClient = (token: string) =>
  Layer.scoped(ServiceClient, RpcClient.make(ServiceRpcs)).pipe(
    Layer.provide(
      RpcMiddleware.layerClient(ServiceAuth, ({ request }) =>
        Effect.succeed({
          ...request,
          headers: Headers.set(request.headers, "authorization", `Bearer ${token}`),
        }),
      ),
    ),
  );
