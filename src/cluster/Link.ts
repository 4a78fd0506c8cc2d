/**
 * One connection between two processes: whole messages, in order, or none any more. What is sent in one turn of the event
 * loop leaves in one write, so that a busy link costs little more than a quiet one.
 *
 * On the wire each frame is its length in four bytes and then that many bytes of MessagePack, an array of messages. Before
 * both have shown who they are (`Hello`, in JSON) a frame may be only small and is not decoded as anything else: a
 * MessagePack decoder believes what a stranger announces.
 */
import type { Socket } from "node:net";
import { Packr, Unpackr } from "msgpackr";
import type { Clock } from "../actor/Clock.ts";
import type { PeerMessage } from "./PeerMessage.ts";
import type { ProcessInfo } from "./ProcessReport.ts";

export interface Hello {
  readonly protocol: number;
  /** The cluster's secret. */
  readonly token: string;
  readonly info: ProcessInfo;
}

export interface LinkEvents {
  readonly hello: (hello: Hello) => void;
  readonly messages: (messages: ReadonlyArray<PeerMessage>) => void;
  /** Called once, whichever end closed it; `code` is the operating system's, such as `ECONNREFUSED`. */
  readonly closed: (cause: string, code?: string) => void;
}

const LENGTH_BYTES = 4;
const MAX_HELLO_BYTES = 4096;
/** A replay of a long race is some megabytes. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
/** Messages in one frame: bounds what one encoding takes of the event loop. */
const MAX_MESSAGES_PER_FRAME = 1000;
/** A peer that leaves so much unread is too slow to be of use: it reconnects and resumes what it had. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;

const packr = new Packr({ useRecords: false });
const unpackr = new Unpackr({ useRecords: false });

export class Link {
  readonly #socket: Socket;
  readonly #events: LinkEvents;
  readonly #clock: Clock;
  #queue: Array<PeerMessage> = [];
  #scheduled = false;
  /** What has been received and not read yet, in the pieces it came in. */
  #received: Array<Buffer> = [];
  #receivedBytes = 0;
  /** Before so many bytes are there, there is nothing to read. */
  #wantedBytes = LENGTH_BYTES;
  #isOpen = true;
  #isIntroduced = false;
  /** When the other end was last heard, by this process's clock. */
  heardAt: number;

  constructor(socket: Socket, clock: Clock, events: LinkEvents) {
    this.#socket = socket;
    this.#clock = clock;
    this.#events = events;
    this.heardAt = clock.now();
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (cause: NodeJS.ErrnoException) => this.close(cause.message, cause.code));
    socket.on("close", () => this.close("the connection was closed"));
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  introduce(hello: Hello): void {
    if (this.#isOpen) this.#write(Buffer.from(JSON.stringify(hello)));
  }

  send(message: PeerMessage): void {
    if (!this.#isOpen) return;
    this.#queue.push(message);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#clock.soon(() => this.#flush());
  }

  close(cause: string, code?: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#queue = [];
    this.#socket.destroy();
    this.#events.closed(cause, code);
  }

  /** Sends what is queued, then closes. */
  end(cause: string): void {
    if (!this.#isOpen) return;
    this.#flush();
    this.#isOpen = false;
    this.#socket.end();
    this.#events.closed(cause);
  }

  #flush(): void {
    this.#scheduled = false;
    while (this.#queue.length > 0 && this.#isOpen) {
      const some = this.#queue.splice(0, MAX_MESSAGES_PER_FRAME);
      this.#write(packr.pack(some));
    }
    if (this.#isOpen && this.#socket.writableLength > MAX_UNREAD_BYTES)
      this.close("the peer reads too slowly");
  }

  #write(body: Buffer): void {
    const length = Buffer.allocUnsafe(LENGTH_BYTES);
    length.writeUInt32BE(body.length);
    this.#socket.cork();
    this.#socket.write(length);
    this.#socket.write(body);
    this.#socket.uncork();
  }

  #take(chunk: Buffer): void {
    this.heardAt = this.#clock.now();
    this.#received.push(chunk);
    this.#receivedBytes += chunk.length;
    // A long frame comes in hundreds of pieces, and is put together once.
    if (this.#receivedBytes < this.#wantedBytes) return;
    let bytes = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    this.#wantedBytes = LENGTH_BYTES;
    try {
      while (this.#isOpen && bytes.length >= LENGTH_BYTES) {
        const length = bytes.readUInt32BE();
        if (length > (this.#isIntroduced ? MAX_FRAME_BYTES : MAX_HELLO_BYTES))
          return this.close(`a frame of ${length} bytes`);
        this.#wantedBytes = LENGTH_BYTES + length;
        if (bytes.length < this.#wantedBytes) break;
        const body = bytes.subarray(LENGTH_BYTES, this.#wantedBytes);
        bytes = bytes.subarray(this.#wantedBytes);
        this.#wantedBytes = LENGTH_BYTES;
        this.#read(body);
      }
      this.#received = bytes.length === 0 ? [] : [bytes];
      this.#receivedBytes = bytes.length;
    } catch (cause) {
      this.close(`not understood: ${String(cause)}`);
    }
  }

  #read(body: Buffer): void {
    if (this.#isIntroduced)
      return this.#events.messages(unpackr.unpack(body) as ReadonlyArray<PeerMessage>);
    this.#events.hello(JSON.parse(body.toString("utf8")) as Hello);
    this.#isIntroduced = true;
  }
}
