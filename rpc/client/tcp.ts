/** The client of a service over TCP: one connection, many calls at once, made anew when it breaks. */
import * as NodeSocket from "@effect/platform-node/NodeSocket";
import { RpcClient, RpcSerialization } from "@effect/rpc";
import { Layer } from "effect";
import { layerClient, type ServiceAddress } from "./service-client.ts";

/** `url` as in `tcp://127.0.0.1:8081`. Connects in the background; calls wait for the first connection. */
export const layerTcp = ({ token, url }: ServiceAddress) => {
  const { hostname, port } = new URL(url);
  return layerClient(token).pipe(
    Layer.provide(RpcClient.layerProtocolSocket()),
    // Without noDelay small messages wait up to 40 ms for company.
    Layer.provide(
      NodeSocket.layerNet({
        host: hostname.replace(/^\[|\]$/g, ""),
        port: Number(port),
        noDelay: true,
      }),
    ),
    // MessagePack as every library reads it, without msgpackr's own record extension.
    Layer.provide(RpcSerialization.layerMsgPackWith({ useRecords: false })),
  );
};
