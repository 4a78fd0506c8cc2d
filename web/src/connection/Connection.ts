/**
 * One WebSocket, kept open: lost, it is opened again after a jittered wait; silent for too long, it is taken for lost. It
 * knows nothing of races; frames and states of the connection go to its owner.
 */
import type { ClientFrame, ServerFrame } from "../../../rpc/frames.ts";
import { backoffMs } from "./backoff.ts";
import { parseFrame } from "./frame.ts";

/** The part of a WebSocket that is needed, so that tests need none. */
export interface Socket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export interface SocketEvents {
  readonly message: (text: string) => void;
  /** With the close code; also when it could not be opened. At most once. */
  readonly closed: (code: number) => void;
}

export type ConnectionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  | { readonly kind: "waiting"; readonly waitMs: number }
  /** The server does not accept the token (1008). It will not be asked again. */
  | { readonly kind: "refused" };

export interface ConnectionOptions {
  readonly open: (events: SocketEvents) => Socket;
  readonly after: (ms: number, run: () => void) => () => void;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onFrame: (frame: ServerFrame) => void;
  /** Called at each change, `online` being when the server has greeted. */
  readonly onState: (state: ConnectionState) => void;
}

export interface Connection {
  /** Sends if online; what must not get lost belongs in the outbox. */
  readonly send: (frame: ClientFrame) => void;
  /** Tries at once instead of waiting on, and looks whether an open socket still answers. */
  readonly wake: () => void;
  readonly close: () => void;
}

const POLICY_VIOLATION = 1008;
/** Heartbeats come every 30 s; one may be late by half. */
const SILENCE_MS = 45_000;
/** When the network came back or the page was shown again: an answer is due sooner. */
const PROBE_MS = 4_000;

export function openConnection(options: ConnectionOptions): Connection {
  const { after, onFrame, onState } = options;
  let socket: Socket | null = null;
  let isOnline = false;
  let isOver = false;
  let attempt = 0;
  let cancelTimer = () => {};

  const arm = (ms: number, run: () => void): void => {
    cancelTimer();
    cancelTimer = after(ms, run);
  };

  const lost = (code: number): void => {
    socket = null;
    isOnline = false;
    if (code === POLICY_VIOLATION) {
      isOver = true;
      cancelTimer();
      onState({ kind: "refused" });
      return;
    }
    const waitMs = backoffMs(attempt, options.random());
    attempt += 1;
    arm(waitMs, connect);
    onState({ kind: "waiting", waitMs });
  };

  /** Drops a socket that no longer answers without waiting for its closing handshake. */
  const drop = (): void => {
    const silent = socket;
    socket = null;
    silent?.close();
    lost(0);
  };

  const connect = (): void => {
    onState({ kind: "connecting" });
    const opened: Socket = options.open({
      message: (text) => {
        if (socket !== opened) return;
        arm(SILENCE_MS, drop);
        const frame = parseFrame(text);
        if (frame === undefined) return;
        if (frame.type === "CONNECTION_ACK") {
          isOnline = true;
          attempt = 0;
          onFrame(frame);
          onState({ kind: "online" });
        } else {
          onFrame(frame);
        }
      },
      closed: (code) => {
        if (socket === opened) lost(code);
      },
    });
    socket = opened;
    arm(SILENCE_MS, drop);
  };

  connect();
  return {
    send: (frame) => {
      if (isOnline) socket?.send(JSON.stringify(frame));
    },
    wake: () => {
      if (isOver) return;
      if (socket === null) {
        attempt = 0;
        connect();
      } else if (isOnline) {
        socket.send(JSON.stringify({ type: "PING" } satisfies ClientFrame));
        arm(PROBE_MS, drop);
      }
    },
    close: () => {
      isOver = true;
      cancelTimer();
      const open = socket;
      socket = null;
      isOnline = false;
      open?.close();
    },
  };
}
