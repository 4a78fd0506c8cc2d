/**
 * Chance that can be had again: the same seed gives the same throws on every machine. (`sfc32`, which passes PractRand; not
 * for secrets.)
 */
export class Dice {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    this.#c = Math.trunc(seed / 2 ** 32) | 0;
    for (let warmUp = 0; warmUp < 12; warmUp++) this.#word();
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 to `sides - 1`. The bias, below `sides / 2^32`, matters to nobody here. */
  below(sides: number): number {
    return Math.floor((this.#word() / 2 ** 32) * sides);
  }

  /** Both ends included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<A>(list: ReadonlyArray<A>): A {
    return list[this.below(list.length)]!;
  }

  /** `count` different ones. */
  sample<A>(list: ReadonlyArray<A>, count: number): Array<A> {
    const rest = [...list];
    for (let at = 0; at < count; at++) {
      const other = at + this.below(rest.length - at);
      [rest[at], rest[other]] = [rest[other]!, rest[at]!];
    }
    return rest.slice(0, count);
  }
}
