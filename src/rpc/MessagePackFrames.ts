/**
 * Cuts a stream of MessagePack into whole messages without decoding it, and refuses what could not be one.
 *
 * A decoder believes the sizes it reads: five bytes that announce an array of 33 million elements make it allocate 268 MB
 * at once, before anyone has shown a token, and one that is nested deeper than its stack makes it wait for more. Here sizes
 * are only added up. Every element takes a byte at least, so a message that announces more elements than it may have
 * bytes is refused when it announces them.
 */

/** Not MessagePack, or more of it than a message may have. The connection cannot be understood from here on. */
export class MessageRefused extends Error {
  /** The tag on which the RPC library closes a connection. */
  readonly _tag = "RpcSerializationError";
}

/** Far deeper than any message of a contract, far shallower than a decoder's stack. */
const MAX_DEPTH = 64;

const NOTHING = new Uint8Array(0);

export class MessagePackFrames {
  readonly #maxMessageBytes: number;
  /** The bytes of the message that is not whole yet. */
  #rest: Uint8Array = NOTHING;
  /** Where in them the next value begins. */
  #position = 0;
  /** Elements still to come, of the outermost array or map that is not whole to the innermost. */
  #open: Array<number> = [];
  /** Their sum. */
  #owed = 0;

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /** Takes in what has arrived and gives the bytes of the messages that are whole now. Throws `MessageRefused`. */
  push(chunk: Uint8Array): Uint8Array {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let whole = 0;
    // A value's own bytes may end beyond what has arrived; then it is waited for.
    while (this.#position <= bytes.length) {
      if (this.#open.length === 0) whole = this.#position;
      const value = valueAt(bytes, this.#position);
      if (value === undefined) break;
      this.#position += value.bytes;
      this.#enter(value.elements);
      if (this.#position - whole + this.#owed > this.#maxMessageBytes)
        throw new MessageRefused(`a message of more than ${this.#maxMessageBytes} bytes`);
    }
    this.#rest = bytes.subarray(whole);
    this.#position -= whole;
    return bytes.subarray(0, whole);
  }

  /** One value has begun: its elements are to come, and its place in what it belongs to is taken. */
  #enter(elements: number): void {
    const last = this.#open.length - 1;
    if (last >= 0) {
      this.#open[last]!--;
      this.#owed--;
    }
    if (elements > 0) {
      if (this.#open.push(elements) > MAX_DEPTH)
        throw new MessageRefused(`nested more than ${MAX_DEPTH} deep`);
      this.#owed += elements;
    }
    while (this.#open.at(-1) === 0) this.#open.pop();
  }
}

/** Bytes of a value without its elements, and how many elements follow. */
interface Value {
  readonly bytes: number;
  readonly elements: number;
}

const plain = (bytes: number): Value => ({ bytes, elements: 0 });

/** The value that begins at `at`; undefined while its size has not arrived. */
const valueAt = (bytes: Uint8Array, at: number): Value | undefined => {
  const type = bytes[at];
  if (type === undefined) return undefined;
  if (type <= 0x7f || type >= 0xe0) return plain(1);
  if (type <= 0x8f) return { bytes: 1, elements: 2 * (type & 0x0f) };
  if (type <= 0x9f) return { bytes: 1, elements: type & 0x0f };
  if (type <= 0xbf) return plain(1 + (type & 0x1f));
  const fixed = FIXED_BYTES[type];
  if (fixed !== undefined) return plain(fixed);
  if (type === UNDEFINED[0]) return undefinedAt(bytes, at);
  const sized = SIZED[type];
  if (sized === undefined)
    throw new MessageRefused(`no MessagePack of ours: 0x${type.toString(16)}`);
  if (at + 1 + sized.sizeBytes > bytes.length) return undefined;
  let size = 0;
  for (let i = 1; i <= sized.sizeBytes; i++) size = size * 256 + bytes[at + i]!;
  const head = 1 + sized.sizeBytes;
  return sized.elementsEach === 0
    ? plain(head + size)
    : { bytes: head, elements: size * sized.elementsEach };
};

/** nil, false, true, floats and integers. */
const FIXED_BYTES: Readonly<Record<number, number>> = {
  0xc0: 1,
  0xc2: 1,
  0xc3: 1,
  0xca: 5,
  0xcb: 9,
  0xcc: 2,
  0xcd: 3,
  0xce: 5,
  0xcf: 9,
  0xd0: 2,
  0xd1: 3,
  0xd2: 5,
  0xd3: 9,
};

/** Binaries and strings (no elements), arrays (one each), maps (key and value), by the bytes of their size. */
const SIZED: Readonly<
  Record<number, { readonly sizeBytes: 1 | 2 | 4; readonly elementsEach: 0 | 1 | 2 }>
> = {
  0xc4: { sizeBytes: 1, elementsEach: 0 },
  0xc5: { sizeBytes: 2, elementsEach: 0 },
  0xc6: { sizeBytes: 4, elementsEach: 0 },
  0xd9: { sizeBytes: 1, elementsEach: 0 },
  0xda: { sizeBytes: 2, elementsEach: 0 },
  0xdb: { sizeBytes: 4, elementsEach: 0 },
  0xdc: { sizeBytes: 2, elementsEach: 1 },
  0xdd: { sizeBytes: 4, elementsEach: 1 },
  0xde: { sizeBytes: 2, elementsEach: 2 },
  0xdf: { sizeBytes: 4, elementsEach: 2 },
};

/** Extensions are refused (the decoder's own make it keep state), but for this one: JavaScript's `undefined`. */
const UNDEFINED = [0xd4, 0x00, 0x00] as const;

const undefinedAt = (bytes: Uint8Array, at: number): Value | undefined => {
  if (at + UNDEFINED.length > bytes.length) return undefined;
  if (UNDEFINED.some((byte, i) => bytes[at + i] !== byte))
    throw new MessageRefused("a MessagePack extension");
  return plain(UNDEFINED.length);
};
