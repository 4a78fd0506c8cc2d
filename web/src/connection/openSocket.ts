import type { Socket, SocketEvents } from "./Connection.ts";

/** A browser WebSocket to this page's own server, as the player whose token it is. */
export function openSocket(token: string, events: SocketEvents): Socket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(
    `${scheme}://${location.host}/ws?token=${encodeURIComponent(token)}`,
  );
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") events.message(data);
  });
  // An error is always followed by a close, which has the code.
  socket.addEventListener("close", ({ code }) => events.closed(code));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}
