/** Sockets that a test opens, speaks through and closes as the server would. */
import type { OpenSocket, ServerFrame, SocketEvents } from "../../../sdk/src/index.ts";

export interface FakeSocket {
  readonly url: string;
  readonly events: SocketEvents;
  /** What the client has sent, decoded. */
  readonly sent: Record<string, unknown>[];
  isClosed: boolean;
  readonly say: (frame: ServerFrame) => void;
}

export const ACK: ServerFrame = {
  type: "CONNECTION_ACK",
  client_id: "c",
  server_time: "2025-01-01T00:00:00.000Z",
};

export class FakeSockets {
  readonly opened: FakeSocket[] = [];

  readonly open: OpenSocket = (url, events) => {
    const socket: FakeSocket = {
      url,
      events,
      sent: [],
      isClosed: false,
      say: (frame) => events.message(JSON.stringify(frame)),
    };
    this.opened.push(socket);
    return {
      send: (text) => socket.sent.push(JSON.parse(text) as Record<string, unknown>),
      close: () => {
        socket.isClosed = true;
      },
    };
  };

  get last(): FakeSocket {
    return this.at(this.opened.length - 1);
  }

  at(index: number): FakeSocket {
    const socket = this.opened[index];
    if (socket === undefined) throw new Error(`socket ${index} was not opened`);
    return socket;
  }
}
