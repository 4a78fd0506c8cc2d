/** The client of a service over HTTP: one POST of JSON for each call, with `fetch`, so that it runs anywhere. */
import { FetchHttpClient, HttpClient } from "@effect/platform";
import { RpcClient, RpcSerialization } from "@effect/rpc";
import { Layer } from "effect";
import { layerClient, type ServiceAddress } from "./service-client.ts";

/** `url` as in `http://127.0.0.1:8080/rpc`. */
export const layerHttp = ({ token, url }: ServiceAddress) =>
  layerClient(token).pipe(
    Layer.provide(
      // An answer with another status is not from the RPC server: a failed call, not a reply to decode.
      RpcClient.layerProtocolHttp({ url, transformClient: HttpClient.filterStatusOk }),
    ),
    Layer.provide(FetchHttpClient.layer),
    Layer.provide(RpcSerialization.layerJson),
  );
