/**
 * Bytes into lines, with constant memory. A history file is UTF-8, with a byte order mark or without, or Windows-1252, or
 * both in turn where two clients wrote to one file; so each line is decoded by itself: as UTF-8 if it is that, as
 * Windows-1252 if not. Pieces may be cut anywhere, inside a character too: nothing is decoded before its line is whole.
 */
import { Buffer, isUtf8 } from "node:buffer";

/** The longest line that a client writes is a list of blind levels, 3 KB. What is longer is no history. */
export const MAX_LINE_BYTES = 64 * 1024;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = "\uFEFF";

/** The euro sign's three bytes, each taken for a Windows-1252 letter and encoded once more. */
const TWICE_ENCODED_EURO = "â‚¬";
/** The euro sign's Windows-1252 byte, taken for Latin-1. */
const LATIN_EURO = "\u0080";

/**
 * Windows-1252 differs from Latin-1 in the bytes 0x80 to 0x9F. (Some versions of Node's `TextDecoder` take the one for the
 * other.) A byte that it does not define stays the control character that it is in Latin-1.
 */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
const FIRST_DIFFERENT = 0x80;
const DIFFERENT = /[\u0080-\u009F]/g;

export interface LineSink {
  /** `start`: its first byte; `end`: the byte after its line break. */
  readonly onLine: (text: string, start: number, end: number) => void;
  /** A line beyond `MAX_LINE_BYTES`; what it said is lost. */
  readonly onLongLine: (start: number, end: number) => void;
}

export class LineReader {
  readonly #sink: LineSink;
  /** The beginning of a line whose end has not come. */
  #pieces: Array<Buffer> = [];
  #pieceBytes = 0;
  /** The line has outgrown its limit: its bytes are counted and dropped. */
  #long = false;
  /** Where the line begins that has not ended. */
  #start: number;

  constructor(sink: LineSink, offset: number) {
    this.#sink = sink;
    this.#start = offset;
  }

  write(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = chunk.indexOf(NEWLINE);
    if (first === -1) {
      this.#keep(chunk);
      return;
    }
    let from = 0;
    if (this.#pieceBytes > 0) {
      this.#keep(chunk.subarray(0, first + 1));
      this.#endKept();
      from = first + 1;
    }
    const last = chunk.lastIndexOf(NEWLINE) + 1;
    // One look at all the lines instead of one at each: most files are UTF-8 throughout.
    const allUtf8 = isUtf8(chunk.subarray(from, last));
    while (from < last) {
      const end = chunk.indexOf(NEWLINE, from) + 1;
      if (end - from > MAX_LINE_BYTES) this.#skip(end - from);
      else this.#emit(chunk, from, end, allUtf8);
      from = end;
    }
    if (last < chunk.length) this.#keep(chunk.subarray(last));
  }

  /** Bytes of all the lines that were given out. */
  get offset(): number {
    return this.#start;
  }

  /** The last line counts though no line break ends it. */
  end(): void {
    if (this.#pieceBytes > 0) this.#endKept();
  }

  #keep(piece: Buffer): void {
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes > MAX_LINE_BYTES) {
      this.#long = true;
      this.#pieces = [];
    } else {
      // A copy: who wrote may use his bytes again.
      this.#pieces.push(Buffer.from(piece));
    }
  }

  #endKept(): void {
    if (this.#long) {
      this.#skip(this.#pieceBytes);
    } else {
      const line = Buffer.concat(this.#pieces, this.#pieceBytes);
      this.#emit(line, 0, line.length, isUtf8(line));
    }
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#long = false;
  }

  #skip(length: number): void {
    const start = this.#start;
    this.#start += length;
    this.#sink.onLongLine(start, this.#start);
  }

  #emit(bytes: Buffer, from: number, end: number, knownUtf8: boolean): void {
    const start = this.#start;
    this.#start += end - from;
    let to = end;
    if (to > from && bytes[to - 1] === NEWLINE) to -= 1;
    if (to > from && bytes[to - 1] === CARRIAGE_RETURN) to -= 1;
    this.#sink.onLine(decode(bytes, from, to, knownUtf8), start, this.#start);
  }
}

function decode(bytes: Buffer, from: number, to: number, knownUtf8: boolean): string {
  if (!knownUtf8 && !isUtf8(bytes.subarray(from, to))) {
    return bytes
      .toString("latin1", from, to)
      .replaceAll(DIFFERENT, (letter) => WINDOWS_1252[letter.charCodeAt(0) - FIRST_DIFFERENT]!);
  }
  let text = bytes.toString("utf8", from, to);
  if (text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
  if (text.includes(TWICE_ENCODED_EURO)) text = text.replaceAll(TWICE_ENCODED_EURO, "€");
  if (text.includes(LATIN_EURO)) text = text.replaceAll(LATIN_EURO, "€");
  return text;
}
