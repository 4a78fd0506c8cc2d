/**
 * A WebSocket client on a bare TCP socket. The load runs on the cores that it measures, so what the client spends is
 * taken from the server: this one costs a fraction of a general client (see the README), for it gives up what a load
 * does not need: extensions, fragments, streams, an object per message.
 */
import { createHash, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { sharedReads } from "./SharedReads.ts";
import { clientFrame, FrameReader, OPCODE, type FrameSink } from "./WebSocketFrames.ts";

/** Of RFC 6455 §1.3: proves that the peer speaks WebSocket. */
const ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const HEAD_END = "\r\n\r\n";

export interface RawSocketOptions {
  readonly host: string;
  readonly port: number;
  /** The address to come from: an address has some 28,000 ports to connect from. The system's choice by default. */
  readonly localAddress?: string;
  /** With query, such as `/ws?token=…`. */
  readonly path: string;
  /** Text frames only; pings are answered and closes reported without it. */
  readonly onText: (bytes: Buffer, start: number, end: number) => void;
  /** Called when every frame of one read has been handed out: the moment to send what they made possible. */
  readonly onBatchEnd?: () => void;
  /** The connection ended, whoever ended it. `code` is the close frame's, if one came. */
  readonly onEnd: (code: number | undefined) => void;
}

export interface RawSocket {
  /** Whole frames, made by `clientFrame`. */
  readonly send: (frames: Buffer) => void;
  /** Ends the connection at once; `onEnd` is not called. */
  readonly close: () => void;
}

const acceptFor = (key: string) =>
  createHash("sha1")
    .update(key + ACCEPT_GUID)
    .digest("base64");

/** Connects and upgrades. Rejects when the server refuses. */
export const openRawSocket = (options: RawSocketOptions): Promise<RawSocket> =>
  new Promise((resolve, reject) => {
    const key = randomBytes(16).toString("base64");
    let head = "";
    let open = false;
    let closed = false;
    let closeCode: number | undefined;

    const onFrame: FrameSink = (bytes, start, end, opcode) => {
      if (opcode === OPCODE.text) return options.onText(bytes, start, end);
      const payload = Buffer.from(bytes.subarray(start, end));
      if (opcode === OPCODE.ping) socket.write(clientFrame(OPCODE.pong, payload));
      if (opcode !== OPCODE.close) return;
      if (payload.length >= 2) closeCode = payload.readUInt16BE(0);
      socket.end(clientFrame(OPCODE.close, payload));
    };
    const reader = new FrameReader(onFrame);

    const upgrade = (bytes: Buffer) => {
      head += bytes.toString("latin1");
      const headEnd = head.indexOf(HEAD_END);
      if (headEnd < 0) return;
      const answer = head.slice(0, headEnd);
      if (!answer.startsWith("HTTP/1.1 101") || !answer.includes(acceptFor(key))) {
        closed = true;
        socket.destroy();
        reject(new Error(`The WebSocket was refused: ${answer.split("\r\n", 1)[0]}`));
        return;
      }
      open = true;
      resolve({
        send: (frames) => {
          socket.write(frames);
        },
        close: () => {
          closed = true;
          socket.destroy();
        },
      });
      // Frames may have come with the answer; they wait until the caller has its socket.
      const first = Buffer.from(head.slice(headEnd + HEAD_END.length), "latin1");
      head = "";
      if (first.length > 0) queueMicrotask(() => reader.push(first));
    };

    const socket: Socket = connect({
      host: options.host,
      port: options.port,
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
      noDelay: true,
      onread: sharedReads((bytes) => {
        if (!open) return upgrade(bytes);
        reader.push(bytes);
        options.onBatchEnd?.();
      }),
    });
    socket.once("connect", () => {
      socket.write(
        `GET ${options.path} HTTP/1.1\r\nHost: ${options.host}:${options.port}\r\nUpgrade: websocket\r\n` +
          `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
    });
    socket.once("error", (error) => {
      if (!open) reject(error);
    });
    socket.once("close", () => {
      if (!open) reject(new Error("The connection ended before the WebSocket was open."));
      else if (!closed) options.onEnd(closeCode);
      closed = true;
    });
  });
