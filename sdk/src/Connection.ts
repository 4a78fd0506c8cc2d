/**
 * One WebSocket, kept open: lost, it is opened again after a jittered wait; silent for too long, it is taken for lost. Of
 * a socket that was given up nothing is heard any more, so frames come from one connection at a time and in its order.
 */
import { backoffMs } from "./backoff.ts";
import { objectIn } from "./Keep.ts";
import type { OpenSocket, Socket } from "./Socket.ts";
import type { Timers, Timing } from "./Timers.ts";
import type { ClientFrame, ServerFrame } from "./wire.ts";

export type ConnectionState =
  /** There is no session to connect with. */
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  | { readonly kind: "waiting"; readonly waitMs: number }
  /** The server does not accept the token (1008); whether the session is over is being found out. */
  | { readonly kind: "refused" };

export interface ConnectionOptions {
  readonly openSocket: OpenSocket;
  /**
   * Where to connect, the best address first; asked anew at each attempt, for the token and the nearest gateway change.
   * An address that is not reached makes way for the next one.
   */
  readonly urls: () => readonly string[];
  readonly timers: Timers;
  readonly timing: Timing;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onFrame: (frame: ServerFrame) => void;
  /** Called at each change, `online` being when the server has greeted. */
  readonly onState: (state: ConnectionState) => void;
}

export interface Connection {
  /** Sends if online; what must not get lost belongs in the outbox. */
  readonly send: (frame: ClientFrame) => void;
  /** Tries at once instead of waiting on, and looks whether an open connection still answers. */
  readonly wake: () => void;
  /** Looks whether an open connection still answers: something that it should have brought has not come. */
  readonly probe: () => void;
  /** After `refused`: connects again after so long, since the token is good after all. */
  readonly retry: (waitMs: number) => void;
  readonly close: () => void;
}

const POLICY_VIOLATION = 1008;
/** The socket could not even be made. */
const NOT_OPENED = 0;

export function openConnection(options: ConnectionOptions): Connection {
  const { onFrame, onState, openSocket, random, timers, timing, urls } = options;
  let socket: Socket | null = null;
  let isOnline = false;
  let isOver = false;
  let isProbing = false;
  let attempt = 0;
  /** Which of the addresses comes next. */
  let choice = 0;
  let cancelTimer = (): void => undefined;

  const arm = (ms: number, run: () => void): void => {
    cancelTimer();
    cancelTimer = timers.after(ms, run);
  };

  const retryAfter = (waitMs: number): void => {
    arm(waitMs, connect);
    onState({ kind: "waiting", waitMs });
  };

  const lost = (code: number): void => {
    socket = null;
    isProbing = false;
    // The best address that was reached once is tried again first.
    choice = isOnline ? 0 : choice + 1;
    isOnline = false;
    cancelTimer();
    if (code === POLICY_VIOLATION) return onState({ kind: "refused" });
    const waitMs = backoffMs(attempt, random(), timing);
    attempt += 1;
    retryAfter(waitMs);
  };

  /** Drops a socket that no longer answers without waiting for its closing handshake. */
  const drop = (): void => {
    const silent = socket;
    lost(NOT_OPENED);
    silent?.close();
  };

  const receive = (text: string): void => {
    isProbing = false;
    const frame = parseFrame(text);
    if (frame?.type === "CONNECTION_ACK") {
      isOnline = true;
      attempt = 0;
    }
    if (isOnline) arm(timing.silenceMs, drop);
    if (frame === undefined) return;
    onFrame(frame);
    if (frame.type === "CONNECTION_ACK") onState({ kind: "online" });
  };

  const connect = (): void => {
    onState({ kind: "connecting" });
    const addresses = urls();
    const url = addresses[choice % addresses.length] ?? "";
    let opened: Socket | undefined;
    const isCurrent = () => socket === opened && !isOver;
    arm(timing.connectTimeoutMs, drop);
    try {
      opened = openSocket(url, {
        message: (text) => {
          if (isCurrent()) receive(text);
        },
        closed: (code) => {
          if (isCurrent()) lost(code);
        },
      });
      socket = opened;
    } catch {
      // A page over https may not even try ws://, and says so by throwing: an address like one that is not reached.
      lost(NOT_OPENED);
    }
  };

  const probe = (): void => {
    if (!isOnline || isProbing) return;
    isProbing = true;
    socket?.send(JSON.stringify({ type: "PING" } satisfies ClientFrame));
    arm(timing.probeMs, drop);
  };

  connect();
  return {
    send: (frame) => {
      if (isOnline) socket?.send(JSON.stringify(frame));
    },
    wake: () => {
      if (isOver) return;
      if (isOnline) return probe();
      if (socket !== null) return;
      attempt = 0;
      connect();
    },
    probe,
    retry: (waitMs) => {
      if (!isOver && socket === null) retryAfter(waitMs);
    },
    close: () => {
      isOver = true;
      isOnline = false;
      cancelTimer();
      const open = socket;
      socket = null;
      open?.close();
    },
  };
}

/** A frame from the wire; undefined for text that is none. Below its type a frame is trusted. */
function parseFrame(text: string): ServerFrame | undefined {
  const value = objectIn(text);
  return typeof value["type"] === "string" ? (value as unknown as ServerFrame) : undefined;
}
