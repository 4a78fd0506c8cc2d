/**
 * A hand history in parts, each of whole hands, with constant memory. So an import of any length is a row of short
 * requests: one that is lost is sent again, and no reader holds a connection for minutes.
 */

/** A browser's `File` or `Blob`, or Node's. */
export interface BlobLike {
  readonly size: number;
  readonly stream: () => {
    readonly getReader: () => {
      readonly read: () => Promise<{
        readonly done: boolean;
        readonly value?: Uint8Array | undefined;
      }>;
      readonly cancel: () => Promise<void>;
    };
  };
}

/** A file, its text or bytes, or what comes of it piece by piece: a Node stream is that. */
export type HistorySource = string | Uint8Array | BlobLike | AsyncIterable<Uint8Array | string>;

export interface HistoryPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Lines of the source before it. */
  readonly firstLine: number;
}

/** Some 700 hands: stored in a tenth of a second, sent in ten over a poor line. */
const PART_BYTES = 1024 * 1024;
/** Where no hand begins for so long there is no history: cut anywhere. Below what the server takes at once. */
const MAX_PART_BYTES = 16 * 1024 * 1024;
const NEWLINE = 10;
/** How a hand begins in every encoding that histories have; anything else may stand within one. */
const HEADER = /^Winamax Poker - .{1,200} - HandId: #/;
const HEADER_BYTES = 300;
const FIRST_LETTER = "W".charCodeAt(0);

/** In how many bytes it is, where that is known beforehand. */
export function sizeOf(source: HistorySource): number | null {
  if (typeof source === "string") return encoder.encode(source).length;
  if (source instanceof Uint8Array) return source.length;
  return "size" in source ? source.size : null;
}

/** Throws what reading the source throws. */
export async function* historyParts(
  source: HistorySource,
  partBytes = PART_BYTES,
): AsyncGenerator<HistoryPart, void, undefined> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let firstLine = 0;
  /** From how many bytes on a cut is looked for: later and later while there is none. */
  let dueAt = partBytes;
  for await (const piece of piecesOf(source)) {
    pieces.push(piece);
    size += piece.length;
    while (size >= dueAt) {
      const whole = joined(pieces, size);
      const cut = size >= MAX_PART_BYTES ? (lastHand(whole) ?? size) : lastHand(whole);
      if (cut === undefined) {
        pieces = [whole];
        dueAt = Math.min(size + partBytes, MAX_PART_BYTES);
        break;
      }
      const bytes = whole.slice(0, cut);
      yield { bytes, firstLine };
      firstLine += linesIn(bytes);
      pieces = [whole.slice(cut)];
      size -= cut;
      dueAt = partBytes;
    }
  }
  if (size > 0) yield { bytes: joined(pieces, size), firstLine };
}

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");

async function* piecesOf(source: HistorySource): AsyncGenerator<Uint8Array> {
  if (typeof source === "string") return yield* sliced(encoder.encode(source));
  if (source instanceof Uint8Array) return yield* sliced(source);
  if (Symbol.asyncIterator in source) {
    for await (const piece of source)
      yield* sliced(typeof piece === "string" ? encoder.encode(piece) : piece);
    return;
  }
  // Not every browser iterates over a stream.
  const reader = source.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      yield* sliced(value);
    }
  } finally {
    await reader.cancel();
  }
}

/** A large piece bit by bit, so that joining and cutting costs no more than its length. */
function* sliced(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART_BYTES) yield bytes.subarray(at, at + PART_BYTES);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Where the last hand begins that does not begin the part; its whole header must be there. */
function lastHand(bytes: Uint8Array): number | undefined {
  for (
    let at = bytes.lastIndexOf(FIRST_LETTER);
    at > 0;
    at = bytes.lastIndexOf(FIRST_LETTER, at - 1)
  )
    if (
      bytes[at - 1] === NEWLINE &&
      HEADER.test(latin1.decode(bytes.subarray(at, at + HEADER_BYTES)))
    )
      return at;
  return undefined;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
