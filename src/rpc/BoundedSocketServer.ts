/** A TCP server whose connections are bounded in number and in what they leave unread. */
import type { Socket as NetSocket } from "node:net";
import { type Socket, SocketServer } from "@effect/platform";
import { NodeSocket, NodeSocketServer } from "@effect/platform-node";
import { Effect, Layer, Option } from "effect";

/** Services, and their processes, not players: far more than there will be. */
const MAX_CONNECTIONS = 1000;
/** A caller that goes on asking with so many answers unread is cut off. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

export interface ListenOn {
  readonly host: string;
  /** 0 for any that is free; the `SocketServer`'s address tells which. */
  readonly port: number;
}

/** Fails with `SocketServerError` when the port is taken. */
export const layerBoundedSocketServer = ({ host, port }: ListenOn) =>
  Layer.effect(SocketServer.SocketServer, Effect.map(SocketServer.SocketServer, bounded)).pipe(
    // Without noDelay small answers wait up to 40 ms; keepAlive finds callers that have gone without a word.
    Layer.provide(NodeSocketServer.layer({ host, port, noDelay: true, keepAlive: true })),
  );

const bounded = (server: SocketServer.SocketServer["Type"]): SocketServer.SocketServer["Type"] => {
  let connections = 0;
  return SocketServer.SocketServer.of({
    address: server.address,
    run: (handler) =>
      server.run((socket) =>
        Effect.flatMap(Effect.serviceOption(NodeSocket.NetSocket), (found) => {
          const connection = Option.getOrThrow(found);
          if (connections >= MAX_CONNECTIONS) return Effect.sync(() => connection.destroy());
          connections++;
          return Effect.ensuring(
            handler(whileRead(socket, connection)),
            Effect.sync(() => connections--),
          );
        }),
      ),
  });
};

const whileRead = (socket: Socket.Socket, connection: NetSocket): Socket.Socket => ({
  ...socket,
  runRaw: (handle, options) =>
    socket.runRaw((data) => {
      if (connection.writableLength <= MAX_UNREAD_BYTES) return handle(data);
      connection.destroy();
      return undefined;
    }, options),
});
