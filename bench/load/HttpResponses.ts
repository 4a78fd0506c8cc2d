/**
 * Cuts a byte stream from an HTTP/1.1 server into responses, wherever the chunks end. It reads what a load needs: the
 * status, and the length of the body so as to find the next response, given by `Content-Length` or in chunks.
 */

const HEAD_END = "\r\n\r\n";
const STATUS_AT = "HTTP/1.1 ".length;

/** Where a chunked body that begins at `at` ends, or -1 while it is not whole. */
const chunkedEnd = (text: string, at: number): number => {
  for (let next = at; ;) {
    const line = text.indexOf("\r\n", next);
    if (line < 0) return -1;
    const size = Number.parseInt(text.slice(next, line), 16);
    if (Number.isNaN(size)) throw new Error("The server sent a malformed chunk.");
    next = line + 2 + size + 2;
    if (next > text.length) return -1;
    if (size === 0) return next;
  }
};

const bodyEnd = (text: string, headEnd: number, start: number): number => {
  const head = text.slice(start, headEnd).toLowerCase();
  const at = headEnd + HEAD_END.length;
  const length = head.indexOf("\r\ncontent-length:");
  if (length >= 0) {
    const end = at + Number.parseInt(head.slice(length + "\r\ncontent-length:".length), 10);
    return end <= text.length ? end : -1;
  }
  if (head.includes("\r\ntransfer-encoding: chunked")) return chunkedEnd(text, at);
  throw new Error("The server sent a response without a length.");
};

export class HttpResponses {
  #rest = "";
  readonly #sink: (status: number, body: () => string) => void;

  /** `body` gives the bytes as Latin-1 text, undecoded if they came in chunks; valid until the sink returns. */
  constructor(sink: (status: number, body: () => string) => void) {
    this.#sink = sink;
  }

  push(chunk: Buffer): void {
    const text = this.#rest + chunk.toString("latin1");
    let at = 0;
    while (at < text.length) {
      const headEnd = text.indexOf(HEAD_END, at);
      if (headEnd < 0) break;
      const end = bodyEnd(text, headEnd, at);
      if (end < 0) break;
      const bodyAt = headEnd + HEAD_END.length;
      this.#sink(Number.parseInt(text.slice(at + STATUS_AT, at + STATUS_AT + 3), 10), () =>
        text.slice(bodyAt, end),
      );
      at = end;
    }
    this.#rest = text.slice(at);
  }
}
