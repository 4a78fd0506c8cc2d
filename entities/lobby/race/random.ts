/**
 * Random integers that anyone can recompute.
 *
 * A stream is named by a seed and a label; the same pair gives the same integers on every machine, in Node and in the
 * browser. Two sources stand behind one interface:
 *
 * - `drawIntegers` reads HMAC-SHA256(key = seed text, message = `label:counter`) as eight big-endian 32-bit words a
 *   block. It is what a player can check with any HMAC tool, so it draws what has a meaning of its own (forms).
 * - `noiseIntegers` seeds sfc32 with the first block of the same HMAC. A word costs a few additions instead of an eighth of
 *   an HMAC, some hundred times less; it feeds the hundreds of small draws of a race.
 *
 * Both make `below(n)` unbiased by rejection: a word in the incomplete last run of `n` is thrown away. Only unsigned
 * 32-bit integers are involved, so nothing depends on how a machine rounds.
 */
import { hmacSha256 } from "./hash.ts";

const WORD_RANGE = 0x1_0000_0000;

/** sfc32's authors ask for at least 12 rounds before the first output, so that every seed bit reaches every word. */
const SFC32_WARM_UP_ROUNDS = 16;

/** A stream of integers; each call advances it. */
export interface RandomIntegers {
  /** Uniform in 0 … 2^32 − 1. */
  readonly word: () => number;
  /** Uniform in 0 … n − 1, for an integer n in 1 … 2^32; throws a `RangeError` for any other n. */
  readonly below: (n: number) => number;
  /** Uniform in −n … n, for an integer n in 0 … 2^31 − 1. */
  readonly within: (n: number) => number;
}

/** The provable source: one HMAC for eight words. */
export function drawIntegers(seedHex: string, label: string): RandomIntegers {
  let counter = 0;
  let words = hmacWords(seedHex, `${label}:0`);
  let next = 0;
  return fromWords(() => {
    if (next === words.length) {
      counter += 1;
      words = hmacWords(seedHex, `${label}:${counter}`);
      next = 0;
    }
    return words[next++]!;
  });
}

/** The fast source: sfc32 (Chris Doty-Humphrey, PractRand) keyed by one HMAC block. */
export function noiseIntegers(seedHex: string, label: string): RandomIntegers {
  const key = hmacWords(seedHex, `${label}:0`);
  let a = key[0]! | 0;
  let b = key[1]! | 0;
  let c = key[2]! | 0;
  let counter = 1;
  const word = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < SFC32_WARM_UP_ROUNDS; round++) word();
  return fromWords(word);
}

function fromWords(word: () => number): RandomIntegers {
  const below = (n: number) => {
    if (!Number.isInteger(n) || n < 1 || n > WORD_RANGE) throw new RangeError(`below(${n})`);
    const limit = WORD_RANGE - (WORD_RANGE % n);
    let drawn = word();
    while (drawn >= limit) drawn = word();
    return drawn % n;
  };
  return { word, below, within: (n) => below(2 * n + 1) - n };
}

function hmacWords(key: string, message: string): Uint32Array {
  const bytes = hmacSha256(key, message);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: 8 }, (_, index) => view.getUint32(index * 4));
}
