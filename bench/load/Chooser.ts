/**
 * How a crowd picks numbers, ours and the peer's alike. In a **rush** each buyer has numbers of its own in mind, at random and
 * no one else's, so every request is a reservation. In a **fight** each wants some at random among those that are not known
 * to be taken, and after a refusal others: most requests are refused, and the last numbers are fought for.
 */

export type Crowd = "rush" | "fight";

/** Mulberry32: small, and the same on both sides for the same seed. */
const randomOf = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export class Chooser {
  readonly #random: () => number;
  /** Numbers not known to be taken, in no order, and where each of them is. */
  readonly #free: Int32Array;
  readonly #at: Int32Array;
  #count: number;
  readonly #crowd: Crowd;
  #next = 0;

  constructor(crowd: Crowd, totalNumbers: number, seed: number) {
    this.#crowd = crowd;
    this.#random = randomOf(seed);
    this.#free = Int32Array.from({ length: totalNumbers }, (_, number) => number);
    this.#at = this.#free.slice();
    this.#count = totalNumbers;
    if (crowd === "rush")
      for (let place = 0; place < totalNumbers; place += 1)
        this.#swap(place, place + Math.floor(this.#random() * (totalNumbers - place)));
  }

  /** Different numbers, fewer when not so many are left. */
  choose(count: number): ReadonlyArray<number> {
    if (this.#crowd === "rush") {
      const from = this.#next;
      this.#next += count;
      return [...this.#free.subarray(from, this.#next)];
    }
    const chosen: Array<number> = [];
    // The first of a shuffle: what is chosen goes to the front and stays free until it is known to be taken.
    for (let place = 0; place < Math.min(count, this.#count); place += 1) {
      this.#swap(place, place + Math.floor(this.#random() * (this.#count - place)));
      chosen.push(this.#free[place]!);
    }
    return chosen;
  }

  taken(numbers: ReadonlyArray<number>): void {
    if (this.#crowd === "rush") return;
    for (const number of numbers) {
      const at = this.#at[number]!;
      if (at >= this.#count) continue;
      this.#count -= 1;
      this.#swap(at, this.#count);
    }
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#free[a]!, this.#free[b]!];
    this.#free[a] = other;
    this.#free[b] = one;
    this.#at[other] = a;
    this.#at[one] = b;
  }
}
