/** All that is left to chance in a simulation, from one seed. Streams by label, so that one draw more here changes none there. */
import { noiseIntegers } from "../../entities/lobby/race/random.ts";

const WORD_RANGE = 2 ** 32;

export class Chance {
  readonly #word: () => number;

  constructor(seed: number, label: string) {
    this.#word = noiseIntegers(seed.toString(16).padStart(64, "0"), label).word;
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return this.#word() / WORD_RANGE;
  }

  /** Uniform in [from, to). */
  between(from: number, to: number): number {
    return from + this.unit() * (to - from);
  }

  /** An integer in from … to. */
  int(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Mostly near `from`, now and then near `to`: how delays are distributed. */
  skewed(from: number, to: number): number {
    return from + (to - from) * this.unit() ** 4;
  }

  pick<A>(from: ReadonlyArray<A>): A {
    const picked = from[this.int(0, from.length - 1)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Array<Name>;
    const total = names.reduce((sum, name) => sum + weights[name], 0);
    let left = this.unit() * total;
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    return this.pick(names);
  }

  hex(bytes: number): string {
    let text = "";
    while (text.length < bytes * 2) text += this.#word().toString(16).padStart(8, "0");
    return text.slice(0, bytes * 2);
  }
}
