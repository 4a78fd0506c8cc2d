/**
 * A WebSocket of its own on which one ping after another goes to the gateway and back: the time that the network and a
 * socket cost, without actor or disk. It sends the next when the last has been answered, and never two at once.
 */
export interface PingLineOptions {
  /** With a token that is valid now. */
  readonly url: () => string;
  readonly onPong: (ms: number) => void;
}

/** Often enough for a quantile within a minute, and no load. */
const PING_EVERY_MS = 500;
/** A ping without an answer for so long has been lost, and its socket with it. */
const LOST_AFTER_MS = 10_000;

/** Returns what ends it. A lost socket is opened again at the next ping. */
export function openPingLine({ url, onPong }: PingLineOptions): () => void {
  let socket = new WebSocket(url());
  let sent: { readonly id: string; readonly atMs: number } | null = null;
  let count = 0;

  const listen = (opened: WebSocket): void => {
    opened.addEventListener("message", ({ data }) => {
      if (sent === null || typeof data !== "string" || !data.includes(sent.id)) return;
      const ms = performance.now() - sent.atMs;
      sent = null;
      onPong(ms);
    });
  };
  listen(socket);

  const timer = setInterval(() => {
    if (document.hidden) return;
    if (sent !== null && performance.now() - sent.atMs > LOST_AFTER_MS) socket.close();
    if (socket.readyState === WebSocket.CLOSED) {
      sent = null;
      socket = new WebSocket(url());
      listen(socket);
    }
    if (sent !== null || socket.readyState !== WebSocket.OPEN) return;
    count += 1;
    sent = { id: `latency-ping-${count}`, atMs: performance.now() };
    socket.send(JSON.stringify({ type: "PING", id: sent.id }));
  }, PING_EVERY_MS);

  return () => {
    clearInterval(timer);
    socket.close();
  };
}
