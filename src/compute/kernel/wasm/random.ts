/**
 * Random numbers: xoroshiro128+ of Blackman and Vigna, seeded by splitmix64 from a question's seed and a chunk's number. So a
 * chunk is dealt the same cards wherever and whenever it is dealt.
 */

let state0: u64 = 0;
let state1: u64 = 0;

const GOLDEN_GAMMA: u64 = 0x9e3779b97f4a7c15;

function splitmix(x: u64): u64 {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

export function seed(question: u32, chunk: u32): void {
  const start = ((<u64>question) << 32) | <u64>chunk;
  // Adjacent seeds must not give adjacent states, and both states zero is the one seed that is none: splitmix64 is a
  // permutation, so of two different numbers at most one becomes 0.
  state0 = splitmix(splitmix(start) + GOLDEN_GAMMA);
  state1 = splitmix(splitmix(start) + 2 * GOLDEN_GAMMA);
}

/** 64 bits; the lowest few are the weakest. */
export function random(): u64 {
  const a = state0;
  const b = state1 ^ a;
  const sum = a + state1;
  state0 = rotl<u64>(a, 24) ^ b ^ (b << 16);
  state1 = rotl<u64>(b, 37);
  return sum;
}
