/**
 * A client that reads more slowly than its topics are written must neither hold memory without bound nor miss frames
 * without knowing. uWebSockets skips a socket silently once its buffer has `maxBackpressure` bytes, and a close frame
 * sent then is skipped too. So that limit is set far away, and long before it a sweep closes the socket with 1013: the
 * close frame goes out behind what is buffered, the client reads to the end without a gap and resumes.
 */
import { CLOSE, type Socket } from "./Socket.ts";

/** What may wait for one client: some five hundred frames, half a minute of a race at 20 Hz. */
export const MAX_WAITING_BYTES = 256 * 1024;

/** uWebSockets' own limit, reached only by a burst of this size within one sweep; the socket is then closed as well. */
export const HARD_LIMIT_BYTES = 8 * 1024 * 1024;

/** Reading 5,000 sockets' buffers takes about a millisecond. */
export const SWEEP_MS = 250;

const REASON = "reading too slowly; connect again and resume";

export const closeSlowReaders = (sockets: Iterable<Socket>): number => {
  let closed = 0;
  for (const socket of sockets) {
    if (socket.waitingBytes <= MAX_WAITING_BYTES) continue;
    socket.close(CLOSE.tryAgainLater, REASON);
    closed += 1;
  }
  return closed;
};

/** For a socket that has already missed a frame: nothing more may reach it. */
export const closeSkipped = (socket: Socket): void => socket.close(CLOSE.tryAgainLater, REASON);
