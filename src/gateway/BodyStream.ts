/**
 * The body of a request, for one reader that takes it in pieces. What has come and was not taken yet is kept here; the client
 * is held up while that is much, so that a fast client and a slow reader need no memory.
 */

/** Above this the client is held up. */
const PAUSE_AT_BYTES = 1024 * 1024;
/** Below this it goes on: half of the above, so that it is not told with every piece. */
const RESUME_AT_BYTES = PAUSE_AT_BYTES / 2;

export interface Flow {
  readonly pause: () => void;
  readonly resume: () => void;
}

export class BodyStream implements AsyncIterable<Uint8Array> {
  readonly #flow: Flow;
  #pieces: Array<Uint8Array> = [];
  #waitingBytes = 0;
  #isPaused = false;
  #isOver = false;
  #wake: (() => void) | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** The piece becomes the stream's own. */
  push(piece: Uint8Array): void {
    if (this.#isOver) return;
    this.#pieces.push(piece);
    this.#waitingBytes += piece.byteLength;
    if (!this.#isPaused && this.#waitingBytes > PAUSE_AT_BYTES) {
      this.#isPaused = true;
      this.#flow.pause();
    }
    this.#wake?.();
  }

  /** No more comes; what has come is still to be read. */
  end(): void {
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#flow.resume();
    }
    this.cut();
  }

  /** The same, of a connection that is gone and may not be touched. */
  cut(): void {
    this.#isOver = true;
    this.#isPaused = false;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const pieces = this.#pieces;
      if (pieces.length === 0) {
        if (this.#isOver) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = undefined;
        continue;
      }
      this.#pieces = [];
      for (const piece of pieces) {
        yield piece;
        this.#taken(piece.byteLength);
      }
    }
  }

  #taken(bytes: number): void {
    this.#waitingBytes -= bytes;
    if (!this.#isPaused || this.#waitingBytes > RESUME_AT_BYTES) return;
    this.#isPaused = false;
    this.#flow.resume();
  }
}
