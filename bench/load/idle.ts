/**
 * Clients that hold their sockets and say nothing, in one of several processes: a process may have only so many file
 * descriptors, and an address so many ports. Notes when a frame that all await came to the first of them and to the last.
 *
 * Times are the system's monotonic clock, which all processes of a machine share.
 */
import { serveWorker } from "../support/Worker.ts";
import { openRawSocket, type RawSocket } from "./RawSocket.ts";
import { clientFrame, OPCODE } from "./WebSocketFrames.ts";

export type IdleRequest =
  /** Opens a socket for each path, from `localAddress` if the system has it. */
  | {
      readonly type: "connect";
      readonly host: string;
      readonly port: number;
      readonly localAddress?: string;
      readonly paths: ReadonlyArray<string>;
    }
  /** Says `text` on every socket; resolves when each got a frame that contains `answer`. */
  | {
      readonly type: "say";
      readonly text: string;
      readonly answer: string;
      readonly deadlineMs: number;
    }
  /** From now on waits for a frame that contains `text`, on every socket. Answers at once. */
  | { readonly type: "expect"; readonly text: string }
  /** Resolves when every socket got what was expected. */
  | { readonly type: "collect"; readonly deadlineMs: number }
  | { readonly type: "close" };

export interface Arrivals {
  /** Milliseconds of the monotonic clock. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Sockets that the server has closed so far. */
  readonly closed: number;
}

/** Connections opened at once: a server's listening backlog holds a few hundred, and several processes connect. */
const CONNECTING = 64;

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

let sockets: Array<RawSocket> = [];
let closed = 0;

/** What is awaited, and by which sockets it has come. */
class Awaited {
  readonly #text: Buffer;
  readonly #has: Uint8Array;
  #missing: number;
  firstAtMs = 0;
  lastAtMs = 0;
  readonly whole: Promise<void>;
  #resolve = () => {};

  constructor(text: string, count: number) {
    this.#text = Buffer.from(text);
    this.#has = new Uint8Array(count);
    this.#missing = count;
    this.whole = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get missing() {
    return this.#missing;
  }

  take(index: number, bytes: Buffer, start: number, end: number): void {
    if (this.#has[index] === 1 || !bytes.subarray(start, end).includes(this.#text)) return;
    this.#has[index] = 1;
    this.lastAtMs = nowMs();
    if (this.#missing === this.#has.length) this.firstAtMs = this.lastAtMs;
    this.#missing -= 1;
    if (this.#missing === 0) this.#resolve();
  }
}

let awaited: Awaited | undefined;

const connect = async (request: IdleRequest & { readonly type: "connect" }) => {
  const { host, localAddress, paths, port } = request;
  const source = localAddress === undefined ? {} : { localAddress };
  closed = 0;
  sockets = [];
  let next = 0;
  const openNext = async () => {
    for (let index = next++; index < paths.length; index = next++)
      sockets[index] = await openRawSocket({
        host,
        port,
        ...source,
        path: paths[index]!,
        onText: (bytes, start, end) => awaited?.take(index, bytes, start, end),
        onEnd: () => {
          closed += 1;
        },
      });
  };
  await Promise.all(Array.from({ length: CONNECTING }, openNext));
};

const collect = async (deadlineMs: number): Promise<Arrivals> => {
  if (awaited === undefined) throw new Error("Nothing is expected.");
  const { whole } = awaited;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, deadlineMs, "late");
  });
  const ended = await Promise.race([whole, late]);
  clearTimeout(timer);
  const { firstAtMs, lastAtMs, missing } = awaited;
  if (ended === "late")
    throw new Error(
      `${missing} of ${sockets.length} sockets did not get the frame in ${deadlineMs} ms; the server closed ${closed}.`,
    );
  return { firstAtMs, lastAtMs, closed };
};

serveWorker<IdleRequest, Arrivals | undefined>(async (request) => {
  switch (request.type) {
    case "connect":
      await connect(request);
      return undefined;
    case "say": {
      awaited = new Awaited(request.answer, sockets.length);
      const frame = clientFrame(OPCODE.text, Buffer.from(request.text));
      for (const socket of sockets) socket.send(frame);
      return collect(request.deadlineMs);
    }
    case "expect":
      awaited = new Awaited(request.text, sockets.length);
      return undefined;
    case "collect":
      return collect(request.deadlineMs);
    case "close":
      for (const socket of sockets) socket.close();
      sockets = [];
      return undefined;
  }
});
