/**
 * What has been read of a file, as much as it takes to know it again: its beginning and the last of it. The fingerprint of a
 * place is made of these bytes, which are those that the hands before it were made of, and not of the file, which may have
 * been written over meanwhile.
 */
import { EDGE_BYTES, edgeOf, type Edges, fingerprint } from "./fingerprint.ts";

/** A place that a reading comes to lies one unfinished hand behind what has been read, or one piece. */
const KEPT_BYTES = 1 << 15;

export class SeenBytes {
  readonly #head = Buffer.alloc(EDGE_BYTES);
  /** The bytes from `#from` to `#to` stand at its beginning. */
  #last = Buffer.allocUnsafe(2 * KEPT_BYTES);
  #from: number;
  #to: number;

  /** Of a file of which `readTo` bytes have been read before, with these edges. */
  constructor(readTo: number, { head, tail }: Edges) {
    this.#head.set(head);
    this.#last.set(tail);
    this.#from = readTo - tail.length;
    this.#to = readTo;
  }

  get readTo(): number {
    return this.#to;
  }

  add(bytes: Uint8Array): void {
    if (this.#to < EDGE_BYTES) this.#head.set(bytes.subarray(0, EDGE_BYTES - this.#to), this.#to);
    if (this.#to - this.#from + bytes.length > this.#last.length) this.#forget(bytes.length);
    this.#last.set(bytes, this.#to - this.#from);
    this.#to += bytes.length;
  }

  /** Of the first `readTo` bytes; undefined where they end before what is remembered. */
  fingerprintAt(readTo: number): string | undefined {
    const edge = edgeOf(readTo);
    if (readTo - edge < this.#from || readTo > this.#to) return undefined;
    const head = this.#head.subarray(0, edge);
    return fingerprint({
      head,
      tail: this.#last.subarray(readTo - edge - this.#from, readTo - this.#from),
    });
  }

  /** Keeps the last bytes, with room for more. */
  #forget(more: number): void {
    const kept = Math.min(KEPT_BYTES, this.#to - this.#from);
    const start = this.#to - this.#from - kept;
    if (kept + more > this.#last.length) {
      const larger = Buffer.allocUnsafe(kept + more);
      this.#last.copy(larger, 0, start, start + kept);
      this.#last = larger;
    } else this.#last.copyWithin(0, start, start + kept);
    this.#from = this.#to - kept;
  }
}
