/** The open connections of a TCP server, bounded in number and in what they leave unread or unfinished. */
import type { Socket as NetSocket } from "node:net";
import { Socket, SocketServer } from "@effect/platform";
import { NodeSocket } from "@effect/platform-node";
import { Effect, Option } from "effect";
import type { CallMeter } from "./CallMeter.ts";

/** Services, and their processes, not players: far more than there will be. */
const MAX_CONNECTIONS = 1000;
/** A caller that goes on asking with so much unread by it, or undone by us, is cut off. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;

export class Connections {
  readonly #open = new Set<NetSocket>();
  readonly #meter: CallMeter;
  #stopping = false;

  constructor(meter: CallMeter) {
    this.#meter = meter;
    meter.connections(() => this.#open.size);
  }

  /** The same server, with its connections counted here. */
  over(server: SocketServer.SocketServer["Type"]): SocketServer.SocketServer["Type"] {
    return SocketServer.SocketServer.of({
      address: server.address,
      run: (handler) =>
        server.run((socket) =>
          this.#with((connection) => handler(guarded(socket, connection, this.#meter))),
        ),
    });
  }

  /** Writes out what has been answered and closes all; those that do not read are cut off after `flushMs`. */
  async close(flushMs: number): Promise<void> {
    this.#stopping = true;
    const open = [...this.#open];
    const flushed = Promise.all(
      open.map((connection) => {
        connection.destroySoon();
        return connection.closed
          ? Promise.resolve()
          : new Promise<void>((resolve) => void connection.once("close", () => resolve()));
      }),
    );
    const timer = setTimeout(() => {
      for (const connection of open) connection.destroy();
    }, flushMs);
    await flushed;
    clearTimeout(timer);
  }

  #with<A, E, R>(use: (connection: NetSocket) => Effect.Effect<A, E, R>) {
    return Effect.suspend((): Effect.Effect<A | void, E, R> =>
      Effect.flatMap(Effect.serviceOption(NodeSocket.NetSocket), (found) => {
        const connection = Option.getOrThrow(found);
        if (this.#stopping || this.#open.size >= MAX_CONNECTIONS)
          return Effect.sync((): void => {
            this.#meter.refused(this.#stopping ? "stopping" : "connections");
            connection.destroy();
          });
        this.#open.add(connection);
        return Effect.ensuring(
          use(connection),
          Effect.sync(() => this.#open.delete(connection)),
        );
      }),
    );
  }
}

const guarded = (socket: Socket.Socket, connection: NetSocket, meter: CallMeter): Socket.Socket => {
  let undoneBytes = 0;
  return {
    ...socket,
    writer: Effect.map(socket.writer, (write) => (chunk) => {
      if (!Socket.isCloseEvent(chunk)) meter.bytes("out", byteLength(chunk));
      return write(chunk);
    }),
    runRaw: (handle, options) =>
      socket.runRaw((data) => {
        meter.bytes("in", byteLength(data));
        if (connection.writableLength + undoneBytes > MAX_BACKLOG_BYTES) {
          meter.refused("backlog");
          connection.destroy();
          return undefined;
        }
        const work = handle(data);
        if (!Effect.isEffect(work)) return work;
        undoneBytes += data.length;
        return Effect.ensuring(
          work,
          Effect.sync(() => {
            undoneBytes -= data.length;
          }),
        );
      }, options),
  };
};

const byteLength = (data: string | Uint8Array) =>
  typeof data === "string" ? Buffer.byteLength(data) : data.byteLength;
