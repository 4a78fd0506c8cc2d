/**
 * A set of a raffle's numbers, a bit each, that is never changed: adding and removing give another set. The bits lie in
 * chunks, and a change copies the chunks it touches and the list of chunks: some hundred bytes, whatever the set holds.
 */

/** A change copies a chunk for each number at worst and the list once: at 100,000 numbers 256 bytes and 49 places. */
const CHUNK_BYTES = 256;
const CHUNK_BITS = CHUNK_BYTES * 8;

/** Shared by all chunks without a number. Nothing writes to a chunk that another set may have. */
const EMPTY = new Uint8Array(CHUNK_BYTES);

export class NumberSet {
  /** The numbers are 0 to one less than this. */
  readonly size: number;
  /** How many are in it. */
  readonly count: number;
  readonly #chunks: ReadonlyArray<Uint8Array>;

  private constructor(size: number, count: number, chunks: ReadonlyArray<Uint8Array>) {
    this.size = size;
    this.count = count;
    this.#chunks = chunks;
  }

  static empty(size: number): NumberSet {
    return new NumberSet(
      size,
      0,
      Array.from({ length: Math.ceil(size / CHUNK_BITS) }, () => EMPTY),
    );
  }

  has(number: number): boolean {
    const chunk = this.#chunks[Math.floor(number / CHUNK_BITS)];
    return chunk !== undefined && bitOf(chunk, number) !== 0;
  }

  /** With these too; those that it has already change nothing. Throws a `RangeError` for a number that cannot be in it. */
  add(numbers: Iterable<number>): NumberSet {
    return this.#changed(numbers, true);
  }

  /** Without these; those that it does not have change nothing. Throws a `RangeError` as `add` does. */
  remove(numbers: Iterable<number>): NumberSet {
    return this.#changed(numbers, false);
  }

  #changed(numbers: Iterable<number>, isIn: boolean): NumberSet {
    let chunks: Array<Uint8Array> | undefined;
    let count = this.count;
    for (const number of numbers) {
      if (!Number.isInteger(number) || number < 0 || number >= this.size)
        throw new RangeError(`there is no ${number}`);
      if (this.#isIn(chunks, number) === isIn) continue;
      const at = Math.floor(number / CHUNK_BITS);
      chunks ??= this.#chunks.slice();
      let chunk = chunks[at] ?? EMPTY;
      if (chunk === this.#chunks[at]) chunks[at] = chunk = chunk.slice();
      chunk[byteOf(number)]! ^= maskOf(number);
      count += isIn ? 1 : -1;
    }
    return chunks === undefined ? this : new NumberSet(this.size, count, chunks);
  }

  #isIn(chunks: ReadonlyArray<Uint8Array> | undefined, number: number): boolean {
    const chunk = (chunks ?? this.#chunks)[Math.floor(number / CHUNK_BITS)];
    return chunk !== undefined && bitOf(chunk, number) !== 0;
  }

  /** Ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (let number = 0; number < this.size; number++) if (this.has(number)) yield number;
  }

  /** A bit a number, the lowest number in the lowest bit of the first byte. */
  toBase64(): string {
    const bytes = Buffer.alloc(this.#chunks.length * CHUNK_BYTES);
    this.#chunks.forEach((chunk, i) => bytes.set(chunk, i * CHUNK_BYTES));
    return bytes.toString("base64", 0, Math.ceil(this.size / 8));
  }

  /** What `toBase64` gave. Throws a `RangeError` for the text of a larger set. */
  static fromBase64(text: string, size: number): NumberSet {
    const bytes = Buffer.from(text, "base64");
    const numbers: Array<number> = [];
    for (let number = 0; number < bytes.length * 8; number++)
      if ((bytes[number >> 3]! & maskOf(number)) !== 0) numbers.push(number);
    return NumberSet.empty(size).add(numbers);
  }
}

const byteOf = (number: number): number => (number % CHUNK_BITS) >> 3;
const maskOf = (number: number): number => 1 << (number & 7);
const bitOf = (chunk: Uint8Array, number: number): number =>
  chunk[byteOf(number)]! & maskOf(number);
