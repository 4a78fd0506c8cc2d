/** A WebSocket client that keeps what it gets, so that a test can wait for a frame that came already. */
import WebSocket from "ws";
import { PATIENCE_MS } from "../../support/patience.ts";

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

export interface SocketClient {
  readonly socket: WebSocket;
  readonly frames: ReadonlyArray<Frame>;
  readonly send: (frame: unknown) => void;
  /** The first frame, of those not yet taken by an earlier wait, that matches. */
  readonly next: (what: string, matches: (frame: Frame) => boolean) => Promise<Frame>;
  readonly nextOf: (type: string) => Promise<Frame>;
  /** Waits until one of each has come, in whatever order; what has come until then counts as taken. */
  readonly allOf: (types: ReadonlyArray<string>) => Promise<void>;
  readonly closed: () => Promise<{ readonly code: number; readonly reason: string }>;
  readonly close: () => void;
}

export const within = <A>(promise: Promise<A>, what: string): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${PATIENCE_MS} ms for ${what}`)),
      PATIENCE_MS,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export const connect = (url: string, headers: Record<string, string> = {}): SocketClient => {
  const socket = new WebSocket(url, { headers });
  const frames: Array<Frame> = [];
  let taken = 0;
  const waiting = new Set<() => void>();
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)) as Frame);
    for (const look of waiting) look();
  });
  const closed = new Promise<{ readonly code: number; readonly reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
    // A close always follows; without a listener the error would end the process.
    socket.on("error", () => {});
  });
  const next = (what: string, matches: (frame: Frame) => boolean) => {
    const found = new Promise<Frame>((resolve) => {
      const look = () => {
        const at = frames.findIndex((frame, index) => index >= taken && matches(frame));
        if (at < 0) return;
        taken = at + 1;
        waiting.delete(look);
        resolve(frames[at]!);
      };
      waiting.add(look);
      look();
    });
    return within(found, what);
  };
  return {
    socket,
    frames,
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    next,
    nextOf: (type) => next(type, (frame) => frame.type === type),
    allOf: (types) => {
      const all = new Promise<void>((resolve) => {
        const look = () => {
          if (!types.every((type) => frames.some((frame) => frame.type === type))) return;
          taken = frames.length;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
      return within(all, types.join(", "));
    },
    closed: () => within(closed, "the close"),
    close: () => socket.close(),
  };
};
