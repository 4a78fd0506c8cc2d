/**
 * The part of RFC 6455 that a load client needs: it sends whole text frames and reads unfragmented, uncompressed ones
 * (it offers no extension, and servers of one JSON message a frame do not fragment). Many frames arrive in one chunk and
 * are handed out as offsets into it, so reading allocates nothing.
 */

export const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

const FINAL = 0x80;
const MASKED = 0x80;
const LENGTH_16_BITS = 126;
const LENGTH_64_BITS = 127;
const MASK_BYTES = 4;

/**
 * A client's frame. Clients must mask (RFC 6455 §5.3); the key zero leaves the payload as it is, so a prepared
 * message can be changed in place. The key's randomness protects proxies from hostile scripts, of which there are none.
 */
export const clientFrame = (opcode: number, payload: Buffer): Buffer => {
  const mask = Buffer.alloc(MASK_BYTES);
  if (payload.length < LENGTH_16_BITS)
    return Buffer.concat([Buffer.of(FINAL | opcode, MASKED | payload.length), mask, payload]);
  const head = Buffer.of(FINAL | opcode, MASKED | LENGTH_16_BITS, 0, 0);
  // Throws beyond 65,535 bytes, which no request comes near.
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, mask, payload]);
};

/** Takes a frame's payload: bytes `start` to `end` of `bytes`, valid until it returns. */
export type FrameSink = (bytes: Buffer, start: number, end: number, opcode: number) => void;

/** Cuts a byte stream from a server into frames, wherever the chunks end. */
export class FrameReader {
  #rest: Buffer | undefined;
  readonly #sink: FrameSink;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** `chunk` may be reused by the caller afterwards; what is left over of it is copied. */
  push(chunk: Buffer): void {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = undefined;
    let at = 0;
    for (;;) {
      const left = bytes.length - at;
      if (left < 2) break;
      const short = bytes[at + 1]! & 0x7f;
      const head = short < LENGTH_16_BITS ? 2 : short === LENGTH_16_BITS ? 4 : 10;
      if (left < head) break;
      const length =
        short < LENGTH_16_BITS
          ? short
          : short === LENGTH_64_BITS
            ? Number(bytes.readBigUInt64BE(at + 2))
            : bytes.readUInt16BE(at + 2);
      const end = at + head + length;
      if (end > bytes.length) break;
      this.#sink(bytes, at + head, end, bytes[at]! & 0x0f);
      at = end;
    }
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
  }
}
