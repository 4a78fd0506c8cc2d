/** The client of a service over HTTP: one POST of JSON for each call, with `fetch`, so that it runs anywhere. */
import { FetchHttpClient, HttpClient, HttpClientRequest } from "@effect/platform";
import { RpcClient, RpcSerialization } from "@effect/rpc";
import { Effect, Layer } from "effect";
import { layerClient, type ServiceAddress } from "./service-client.ts";

const layerProtocol = (url: string) =>
  Layer.scoped(
    RpcClient.Protocol,
    Effect.flatMap(HttpClient.HttpClient, (client) =>
      client.pipe(
        HttpClient.mapRequest(HttpClientRequest.prependUrl(url)),
        // An answer with another status is not from the RPC server: a failed call, not a reply to decode.
        HttpClient.filterStatusOk,
        RpcClient.makeProtocolHttp,
      ),
    ),
  );

/** `url` as in `http://127.0.0.1:8080/rpc`. */
export const layerHttp = ({ token, url }: ServiceAddress) =>
  layerClient(token).pipe(
    Layer.provide(layerProtocol(url)),
    Layer.provide(FetchHttpClient.layer),
    Layer.provide(RpcSerialization.layerJson),
  );
