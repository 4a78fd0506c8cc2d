/**
 * What a chunk found. Every deal has one pot, which its winners share in equal parts. So all that has to be known of a player
 * is how often it was one of `k` winners, for each `k`: `sums[players * player + (k - 1)]`, weighted by the weights of the
 * hands. Wins, ties, equity and the variance of the equity follow from these `players × players` numbers, and two tallies
 * are added number by number. Where sampled deals have weights, the variance needs the same numbers of squared weights, too.
 */
import type { ChunkTally } from "../../../rpc/equity.ts";

export type Tally = typeof ChunkTally.Type;

/** A tally in the making. */
export class Sums {
  readonly #players: number;
  readonly #sums: Float64Array;

  constructor(players: number) {
    this.#players = players;
    this.#sums = new Float64Array(players * players);
  }

  /** `weight` more deals that `player` wins with `sharers - 1` others. */
  add(player: number, sharers: number, weight: number): void {
    this.#sums[this.#players * player + sharers - 1]! += weight;
  }

  /** Counts by sets of winners, each deal with this weight; `seats[i]` is the player that bit `i` means. */
  addWinners(counts: ArrayLike<number>, weight: number, seats: ReadonlyArray<number>): void {
    for (let winners = 1; winners < counts.length; winners++) {
      const count = counts[winners]!;
      if (count === 0) continue;
      let sharers = 0;
      for (let rest = winners; rest !== 0; rest &= rest - 1) sharers++;
      for (let rest = winners; rest !== 0; rest &= rest - 1)
        this.add(seats[31 - Math.clz32(rest & -rest)]!, sharers, weight * count);
    }
  }

  addAll(sums: Tally["sums"]): void {
    sums.forEach((sum, place) => (this.#sums[place]! += sum));
  }

  /** Of one player: the sum over all numbers of winners of `sum × part(number of winners)`. */
  weigh(player: number, part: (sharers: number) => number): number {
    let sum = 0;
    for (let sharers = 1; sharers <= this.#players; sharers++)
      sum += this.#sums[this.#players * player + sharers - 1]! * part(sharers);
    return sum;
  }

  /** Every deal has one pot: what all players get together is the weight of all deals. */
  get weight(): number {
    let weight = 0;
    for (let player = 0; player < this.#players; player++)
      weight += this.weigh(player, (sharers) => 1 / sharers);
    return weight;
  }

  tally(samples: number, squares?: Sums): Tally {
    const sums = [...this.#sums];
    return squares === undefined
      ? { samples, sums }
      : { samples, sums, squares: [...squares.#sums] };
  }
}
