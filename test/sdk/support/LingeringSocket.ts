/**
 * A socket that takes its time to close, as a browser's does: it says goodbye and waits for the other side's, and what
 * still arrives meanwhile it goes on to deliver.
 */
import { WebSocket } from "ws";
import type { OpenSocket } from "../../../sdk/src/index.ts";

export class LingeringSockets {
  readonly #sockets = new Set<WebSocket>();
  /** Messages that arrived after the client had closed their socket. */
  late = 0;

  readonly open: OpenSocket = (url, events) => {
    const socket = new WebSocket(url);
    let isLeft = false;
    this.#sockets.add(socket);
    socket.on("message", (data) => {
      if (isLeft) this.late += 1;
      events.message(String(data));
    });
    socket.on("close", (code) => {
      this.#sockets.delete(socket);
      events.closed(code);
    });
    // An error is always followed by a close, which has the code.
    socket.on("error", () => undefined);
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => {
        isLeft = true;
        socket.close();
      },
    };
  };

  terminate(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}
