/** The part of a WebSocket that is needed, so that tests need none and Node may bring its own. */
export interface Socket {
  /** Sends if open. */
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export interface SocketEvents {
  readonly message: (text: string) => void;
  /** With the close code; also when it could not be opened. At most once. */
  readonly closed: (code: number) => void;
}

export type OpenSocket = (url: string, events: SocketEvents) => Socket;

/** As browsers and Node from version 22 on have it. */
interface WebSocketLike {
  readonly readyState: number;
  readonly send: (text: string) => void;
  readonly close: () => void;
  readonly addEventListener: (
    type: "open" | "message" | "close",
    listener: (event: { readonly data?: unknown; readonly code?: number }) => void,
  ) => void;
}

const CONNECTING = 0;
const OPEN = 1;
/** RFC 6455: the connection ended without a closing handshake. */
const ABNORMAL_CLOSURE = 1006;

/** A socket of the platform's own `WebSocket`. */
export const openWebSocket: OpenSocket = (url, events) => {
  const { WebSocket } = globalThis as unknown as {
    readonly WebSocket?: new (url: string) => WebSocketLike;
  };
  if (WebSocket === undefined)
    throw new Error("This platform has no WebSocket. In Node use @croupier/sdk/node.");
  const socket = new WebSocket(url);
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") events.message(data);
  });
  // An error is always followed by a close, which has the code.
  socket.addEventListener("close", ({ code }) => events.closed(code ?? ABNORMAL_CLOSURE));
  return {
    send: (text) => {
      if (socket.readyState === OPEN) socket.send(text);
    },
    close: () => {
      // Browsers complain of one that is closed before it is open.
      if (socket.readyState === CONNECTING) socket.addEventListener("open", () => socket.close());
      else socket.close();
    },
  };
};
