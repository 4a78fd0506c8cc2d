import { afterEach, expect, test, vi } from "vitest";
import { openWebSocket } from "../../sdk/src/Socket.ts";

class PlatformSocket extends EventTarget {
  static last: PlatformSocket;
  readyState = 0;
  closes = 0;
  readonly sent: string[] = [];

  constructor() {
    super();
    PlatformSocket.last = this;
  }
  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closes += 1;
  }
}

afterEach(() => vi.unstubAllGlobals());

test("a socket that is closed while it is being opened is closed once it is: browsers complain otherwise", () => {
  vi.stubGlobal("WebSocket", PlatformSocket);
  const socket = openWebSocket("ws://x", { message: () => undefined, closed: () => undefined });
  socket.send("too early");
  socket.close();
  expect(PlatformSocket.last.closes).toBe(0);
  PlatformSocket.last.open();
  expect(PlatformSocket.last.closes).toBe(1);
  expect(PlatformSocket.last.sent).toEqual([]);
});

test("an open one is closed at once, and its end has a code even where the platform tells none", () => {
  vi.stubGlobal("WebSocket", PlatformSocket);
  const codes: number[] = [];
  const socket = openWebSocket("ws://x", {
    message: () => undefined,
    closed: (code) => codes.push(code),
  });
  PlatformSocket.last.open();
  socket.send("hello");
  socket.close();
  expect([PlatformSocket.last.closes, PlatformSocket.last.sent]).toEqual([1, ["hello"]]);
  PlatformSocket.last.dispatchEvent(new Event("close"));
  expect(codes).toEqual([1006]);
});
