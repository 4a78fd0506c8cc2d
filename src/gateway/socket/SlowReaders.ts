/**
 * A client that reads more slowly than its topics are written must neither hold memory without bound nor miss frames
 * without knowing. uWebSockets skips a socket silently once its buffer has `maxBackpressure` bytes, and a close frame
 * sent then is skipped too. So that limit is set far away, and long before it a sweep closes the socket with 1013: the
 * close frame goes out behind what is buffered, the client reads to the end without a gap and resumes.
 */
import type { Clock } from "../../actor/Clock.ts";
import { CLOSE, type Socket } from "./Socket.ts";

/** What may wait for one client: some five hundred frames, half a minute of a race at 20 Hz. */
const MAX_WAITING_BYTES = 256 * 1024;

/** Swept after so much was published, however soon that is: no socket's buffer can have grown by more. */
const SWEEP_AFTER_BYTES = 1024 * 1024;

/** Swept at least so often. Reading 5,000 sockets' buffers takes about a millisecond. */
const SWEEP_MS = 250;

/** uWebSockets' own limit. Only a burst of this size within one turn of the event loop reaches it. */
export const HARD_LIMIT_BYTES = 8 * 1024 * 1024;

const REASON = "reading too slowly; connect again and resume";

export class SlowReaders {
  private publishedBytes = 0;
  private readonly sockets: Iterable<Socket>;
  private readonly clock: Clock;
  private readonly report: (closed: number) => void;
  private readonly timer: NodeJS.Timeout;

  /** `report` is told how many a sweep has closed. */
  constructor(options: {
    readonly sockets: Iterable<Socket>;
    readonly clock: Clock;
    readonly report: (closed: number) => void;
  }) {
    this.sockets = options.sockets;
    this.clock = options.clock;
    this.report = options.report;
    this.timer = setInterval(() => this.sweep(), SWEEP_MS);
  }

  /** So much goes to all sockets of a topic. */
  published(bytes: number): void {
    const before = this.publishedBytes;
    this.publishedBytes = before + bytes;
    // uWebSockets writes at the end of the turn; only then do the buffers show it.
    if (before < SWEEP_AFTER_BYTES && this.publishedBytes >= SWEEP_AFTER_BYTES)
      this.clock.soon(() => this.sweep());
  }

  /** For a socket that has already missed a frame: nothing more may reach it. */
  skipped(socket: Socket): void {
    // Heard of from within the fan-out, where no socket may be closed.
    this.clock.soon(() => socket.close(CLOSE.tryAgainLater, REASON));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sweep(): void {
    this.publishedBytes = 0;
    let closed = 0;
    for (const socket of this.sockets) {
      if (socket.waitingBytes <= MAX_WAITING_BYTES) continue;
      socket.close(CLOSE.tryAgainLater, REASON);
      closed += 1;
    }
    if (closed > 0) this.report(closed);
  }
}
