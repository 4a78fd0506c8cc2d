/**
 * Adds up the chunks of a plan, in their order, and makes the answer of them.
 *
 * Monte Carlo ends with the first chunk after which every player's standard error is at most the target. This is decided on
 * chunk boundaries and nowhere else, so the answer is the same however the chunks were computed.
 *
 * An equity is a mean over deals, weighted where deals have weights `w`: Σ w·part / Σ w. Its standard error is the root of
 * Σ w²·(part − equity)² / (Σ w)², which is the usual one where all weights are 1. `(Σ w)² / Σ w²` is how many deals of equal
 * weight would tell as much.
 */
import type { EquityAnswer, PlayerEquity } from "../../../rpc/equity.ts";
import type { Plan } from "./plan.ts";
import { Sums, type Tally } from "./Tally.ts";

/** Of a normal distribution, 95 % lies so many standard deviations around the mean. */
const STD_ERRORS_OF_95_PERCENT = 1.959964;
/** A few deals may all end alike, and then their variance says nothing. Deals of equal weight, that is. */
const MIN_SAMPLES = 1_000;
/** Ranges that have led to no deal in so many chunks, twenty million draws, leave nothing or as good as nothing. */
const MAX_BARREN_CHUNKS = 10;

export interface Merge {
  /** The next chunk, in order. Once it is done, another is ignored. */
  readonly add: (tally: Tally) => void;
  /** No further chunk would change the answer. */
  readonly done: boolean;
  readonly added: number;
  /** By the chunks so far; `undefined` when they have no deal. Exact only when it is done. */
  readonly answer: () => EquityAnswer | undefined;
}

export const startMerge = (plan: Plan): Merge => new ChunkMerge(plan);

class ChunkMerge implements Merge {
  readonly #plan: Plan;
  readonly #sums: Sums;
  /** The same of squared weights. Where no deal has a weight, it is the same. */
  readonly #squares: Sums;
  #samples = 0;
  #added = 0;
  #converged = false;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#sums = new Sums(plan.players);
    this.#squares = new Sums(plan.players);
  }

  get added(): number {
    return this.#added;
  }

  get done(): boolean {
    const isBarren = this.#samples === 0 && this.#added >= MAX_BARREN_CHUNKS;
    return this.#converged || this.#added >= this.#plan.chunks || isBarren;
  }

  add(tally: Tally): void {
    if (this.done) return;
    this.#added++;
    this.#samples += tally.samples;
    this.#sums.addAll(tally.sums);
    const { method, targetStdError } = this.#plan;
    if (method === "exact") return;
    this.#squares.addAll(tally.squares ?? tally.sums);
    if (this.#evenSamples < MIN_SAMPLES) return;
    this.#converged = this.#players().every(({ stdError }) => stdError <= targetStdError);
  }

  answer(): EquityAnswer | undefined {
    const { method } = this.#plan;
    if (this.#samples === 0) return undefined;
    return {
      method,
      players: this.#players(),
      samples: this.#samples,
      converged: method === "exact" || this.#converged,
    };
  }

  /** Of Monte Carlo: so many deals of equal weight would tell as much. */
  get #evenSamples(): number {
    const squares = this.#squares.weight;
    return squares === 0 ? 0 : this.#sums.weight ** 2 / squares;
  }

  /** The mean square of how far the player's part of the pot is from the equity, by squared weights. */
  #variance(player: number, equity: number): number {
    const mean = (part: (sharers: number) => number) =>
      this.#squares.weigh(player, part) / this.#squares.weight;
    const square = mean((sharers) => 1 / sharers ** 2);
    return Math.max(0, square - 2 * equity * mean((sharers) => 1 / sharers) + equity ** 2);
  }

  #players(): ReadonlyArray<PlayerEquity> {
    const { method, players } = this.#plan;
    const seats = Array.from({ length: players }, (_, player) => player);
    const total = this.#sums.weight;
    const evenSamples = method === "exact" ? undefined : this.#evenSamples;
    return seats.map((player) => {
      const equity = this.#sums.weigh(player, (sharers) => 1 / sharers) / total;
      const win = this.#sums.weigh(player, (sharers) => (sharers === 1 ? 1 : 0)) / total;
      const tie = this.#sums.weigh(player, (sharers) => (sharers > 1 ? 1 : 0)) / total;
      const stdError =
        evenSamples === undefined
          ? 0
          : Math.sqrt(this.#variance(player, equity) / Math.max(1, evenSamples - 1));
      // Some of all deals are no sample of them: until all are there, an exact answer can be anywhere.
      const isPart = method === "exact" && !this.done;
      const halfWidth = isPart ? 1 : STD_ERRORS_OF_95_PERCENT * stdError;
      return {
        equity,
        win,
        tie,
        lose: Math.max(0, 1 - win - tie),
        stdError,
        low: Math.max(0, equity - halfWidth),
        high: Math.min(1, equity + halfWidth),
      };
    });
  }
}
