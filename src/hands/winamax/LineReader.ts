/**
 * Bytes into lines, with constant memory. A history file is UTF-8, with a byte order mark or without, or Windows-1252, or
 * both in turn where two clients wrote to one file. Lines are decoded many at a time, as UTF-8; where that is not what they
 * all are, one by one, each as what it is. Pieces may be cut anywhere, inside a character too: nothing is decoded before its
 * line is whole.
 */

/** The longest line that a client writes is a list of blind levels, 3 KB. What is longer is no history. */
export const MAX_LINE_BYTES = 64 * 1024;

const NEWLINE = 10;
const BYTE_ORDER_MARK = "\uFEFF";
/** What a decoder puts where the bytes are not of its encoding. */
const REPLACEMENT = "\uFFFD";

/** The euro sign's three bytes, each taken for a Windows-1252 letter and encoded once more. */
const TWICE_ENCODED_EURO = "â‚¬";
/** The euro sign's Windows-1252 byte, taken for Latin-1. */
const LATIN_EURO = "\u0080";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");

/**
 * Windows-1252 differs from Latin-1 in the bytes 0x80 to 0x9F, and some versions of Node take the one for the other: there
 * these letters are what the control characters stand for. A byte that Windows-1252 does not define stays one.
 */
const WINDOWS_LETTERS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
const FIRST_WINDOWS_LETTER = 0x80;
const CONTROL_CHARACTERS = /[\u0080-\u009F]/g;

export interface LineSink {
  /** `start`: its first byte; `end`: the byte after its line break. */
  readonly onLine: (text: string, start: number, end: number) => void;
  /** A line beyond `MAX_LINE_BYTES`; what it said is lost. */
  readonly onLongLine: (start: number, end: number) => void;
}

export class LineReader {
  readonly #sink: LineSink;
  /** The beginning of a line whose end has not come. */
  #pieces: Array<Uint8Array> = [];
  #pieceBytes = 0;
  /** Where the line begins that has not ended. */
  #start: number;

  constructor(sink: LineSink, offset: number) {
    this.#sink = sink;
    this.#start = offset;
  }

  /** Bytes of all the lines that were given out. */
  get offset(): number {
    return this.#start;
  }

  write(bytes: Uint8Array): void {
    let from = 0;
    if (this.#pieceBytes > 0) {
      const end = bytes.indexOf(NEWLINE) + 1;
      this.#keep(end === 0 ? bytes : bytes.subarray(0, end));
      if (end === 0) return;
      this.#endKept();
      from = end;
    }
    while (from < bytes.length) {
      const end = endOfBlock(bytes, from);
      if (end === 0) {
        this.#keep(bytes.subarray(from));
        return;
      }
      if (end - from > MAX_LINE_BYTES) this.#skip(end - from);
      else this.#emit(bytes.subarray(from, end));
      from = end;
    }
  }

  /** The last line counts though no line break ends it. */
  end(): void {
    if (this.#pieceBytes > 0) this.#endKept();
  }

  #keep(piece: Uint8Array): void {
    this.#pieceBytes += piece.length;
    // A copy, which `slice` of a Buffer is not: who wrote may use his bytes again. Of a line that has grown too long only the length is kept.
    if (this.#pieceBytes > MAX_LINE_BYTES) this.#pieces = [];
    else this.#pieces.push(new Uint8Array(piece));
  }

  #endKept(): void {
    if (this.#pieceBytes > MAX_LINE_BYTES) {
      this.#skip(this.#pieceBytes);
    } else {
      const line = new Uint8Array(this.#pieceBytes);
      let at = 0;
      for (const piece of this.#pieces) {
        line.set(piece, at);
        at += piece.length;
      }
      this.#emit(line);
    }
    this.#pieces = [];
    this.#pieceBytes = 0;
  }

  #skip(length: number): void {
    const start = this.#start;
    this.#start += length;
    this.#sink.onLongLine(start, this.#start);
  }

  /** Whole lines, of at most `MAX_LINE_BYTES` together. */
  #emit(block: Uint8Array): void {
    const text = decodeStrictly(block);
    let textAt = 0;
    for (let from = 0; from < block.length;) {
      const newline = block.indexOf(NEWLINE, from);
      const end = newline === -1 ? block.length : newline + 1;
      let line: string;
      if (text === undefined) {
        line = decodeLine(block.subarray(from, end));
      } else {
        const next = newline === -1 ? text.length : text.indexOf("\n", textAt) + 1;
        line = text.slice(textAt, next);
        textAt = next;
      }
      const start = this.#start;
      this.#start += end - from;
      from = end;
      this.#sink.onLine(tidy(line), start, this.#start);
    }
  }
}

/**
 * The end of as many whole lines as come to `MAX_LINE_BYTES`, one at least: a longer one is a block of its own. 0 if there is
 * none.
 */
function endOfBlock(bytes: Uint8Array, from: number): number {
  const limit = from + MAX_LINE_BYTES;
  const last =
    bytes.length <= limit ? bytes.lastIndexOf(NEWLINE) : bytes.lastIndexOf(NEWLINE, limit - 1);
  return last >= from ? last + 1 : bytes.indexOf(NEWLINE, limit) + 1;
}

function decodeStrictly(block: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(block);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function decodeLine(line: Uint8Array): string {
  const text = utf8.decode(line);
  if (!text.includes(REPLACEMENT)) return text;
  return windows1252
    .decode(line)
    .replaceAll(
      CONTROL_CHARACTERS,
      (letter) => WINDOWS_LETTERS[letter.charCodeAt(0) - FIRST_WINDOWS_LETTER]!,
    );
}

/** Without its line break and a byte order mark, which stands in the middle of files that were put together. */
function tidy(line: string): string {
  const to = line.endsWith("\r\n") ? -2 : line.endsWith("\n") ? -1 : undefined;
  let text = line.slice(line.startsWith(BYTE_ORDER_MARK) ? 1 : 0, to);
  if (text.includes(TWICE_ENCODED_EURO)) text = text.replaceAll(TWICE_ENCODED_EURO, "€");
  return text.includes(LATIN_EURO) ? text.replaceAll(LATIN_EURO, "€") : text;
}
