import type { OnReadOpts } from "node:net";

/** A read of a busy socket takes this much at most; more would not fit a loopback socket's buffer anyway. */
const READ_BYTES = 256 * 1024;

const buffer = Buffer.allocUnsafe(READ_BYTES);

/**
 * Socket options that read every socket of the process into one buffer: no allocation and no stream machinery per
 * read. libuv fills the buffer and calls back at once, on one thread, so sockets cannot meet in it (on Windows, where
 * reads are posted ahead, they could: there every socket gets its own).
 */
export const sharedReads = (take: (bytes: Buffer) => void): OnReadOpts => {
  const target = process.platform === "win32" ? Buffer.allocUnsafe(READ_BYTES) : buffer;
  return {
    buffer: target,
    callback: (length) => {
      take(target.subarray(0, length));
      return true;
    },
  };
};
