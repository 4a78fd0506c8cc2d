/**
 * The WebAssembly kernel with types: what `wasm/` computes, each kind of question as one method. A kernel computes in the
 * turn in which it is called and keeps nothing between calls but the match-ups it has already found; a thread has one.
 *
 * Players' hands go in as cards or as weights by combination. Nothing is checked here: cards that are there twice give
 * numbers without meaning. `src/compute/equity/plan.ts` is where questions are checked.
 */
import { RANKS, type Card } from "../cards/Card.ts";
import type { CardSet } from "../cards/CardSet.ts";
import { evaluatorTables, type RankTable } from "../evaluator/tables.ts";
import { COMBINATIONS } from "../range/Combination.ts";
import type { KernelExports } from "./KernelExports.ts";

/** How often each set of players won, by the set's bits: player `i` is bit `i`. */
export type WinnerCounts = Uint32Array;

/** A range as Monte Carlo draws from it: made once by `equity/choices.ts`, one way for each way of dealing. */
export interface Choices {
  readonly count: number;
  /** `count` records as `wasm/deals.ts` has them. */
  readonly bytes: Uint8Array;
}

/** Players come in this order: with known cards, with a range, with any two cards; so the bits of the winners, too. */
export interface Deal {
  readonly known: ReadonlyArray<ReadonlyArray<Card>>;
  readonly ranges: ReadonlyArray<Choices>;
  readonly anyTwo: number;
  readonly board: ReadonlyArray<Card>;
  readonly dead: CardSet;
  /** Ends after so many deals, or after so many draws of hands for the ranges. */
  readonly deals: number;
  readonly draws: number;
  /** Of the question, and of this part of it: 32 bits each. */
  readonly seed: number;
  readonly chunk: number;
}

const playersOf = ({ anyTwo, known, ranges }: Deal): number =>
  known.length + ranges.length + anyTwo;

const HISTOGRAM_SIZE = 7463;
const CARDS_OF_HAND = 7;
const FLUSH_TABLE_SIZE = 8192;

export class Kernel {
  readonly #wasm: KernelExports;

  /** Use `loadKernel`. */
  constructor(wasm: KernelExports) {
    this.#wasm = wasm;
    const { seven, flush } = evaluatorTables();
    this.#putTables(seven, flush);
    wasm.makeCards();
  }

  #putTables({ keys, low, high, ranks }: RankTable, flush: Uint16Array): void {
    const { RANK_KEYS, LOW, HIGH, STRENGTHS, FLUSHES } = this.#wasm;
    this.#u32(RANK_KEYS, RANKS.length).set(keys);
    this.#u16(LOW, low.length).set(low);
    this.#u16(HIGH, high.length).set(high);
    this.#u16(STRENGTHS, ranks.length).set(ranks);
    this.#u16(FLUSHES, FLUSH_TABLE_SIZE).set(flush);
  }

  /** The ranks, 1 to 7,462, of hands of seven cards each, one behind the other in `cards`. */
  rankHands(cards: Uint8Array): Uint16Array {
    const count = cards.length / CARDS_OF_HAND;
    const ranks = new Uint16Array(count);
    const batch = this.#wasm.BATCH.value;
    for (let from = 0; from < count; from += batch) {
      const size = Math.min(batch, count - from);
      this.gatherHands(cards.subarray(CARDS_OF_HAND * from, CARDS_OF_HAND * (from + size)));
      ranks.set(this.rankGathered(size), from);
    }
    return ranks;
  }

  /** Adds up the cards of at most 8,192 hands, for `rankGathered`. */
  gatherHands(cards: Uint8Array): void {
    const { HAND_CARDS, gatherHands } = this.#wasm;
    this.#u8(HAND_CARDS, cards.length).set(cards);
    gatherHands(cards.length / CARDS_OF_HAND);
  }

  /** The ranks of the first `count` gathered hands: valid until the next call. */
  rankGathered(count: number): Uint16Array {
    this.#wasm.rankHands(count);
    return this.#u16(this.#wasm.HAND_STRENGTHS, count);
  }

  /** How many of the 133,784,560 hands of seven cards have each rank: the index is the rank. Takes a second or so. */
  countAllHands(): Uint32Array {
    const LAST_FIRST_CARD = 45;
    for (let first = 0; first <= LAST_FIRST_CARD; first++) this.#wasm.countHands(first);
    return this.#u32(this.#wasm.HISTOGRAM, HISTOGRAM_SIZE).slice();
  }

  /**
   * Known hands of two to nine players on a board of 0, 3, 4 or 5 cards: every board that can come, who wins on it. Valid
   * until the next call.
   */
  showdown(
    hands: ReadonlyArray<ReadonlyArray<Card>>,
    board: ReadonlyArray<Card>,
    dead: CardSet,
  ): WinnerCounts {
    const [one, other] = hands;
    if (hands.length === 2 && board.length === 0)
      this.#wasm.headsUp(one![0]!, one![1]!, other![0]!, other![1]!, dead);
    else {
      this.#putCards(hands, board);
      this.#wasm.showdown(hands.length, board.length, dead);
    }
    return this.#u32(this.#wasm.WINNERS, 1 << hands.length);
  }

  /**
   * Two ranges before the flop: for each pair of pairs of ranks (`rankPair`), the hands of one range with the first against
   * the hands of the other with the second, and the other way round. Gives boards won by the first range, by the second, and
   * shared, times the weights of the hands. Weights are 0 for hands with a dead card.
   */
  matchups(
    weights: readonly [Float64Array, Float64Array],
    pairs: Iterable<readonly [onePair: number, otherPair: number]>,
    dead: CardSet,
  ): readonly [firstWins: number, secondWins: number, shared: number] {
    const { RANGE_WEIGHTS, SHARES, addRangeMatchup, clearShares } = this.#wasm;
    this.#putWeights(RANGE_WEIGHTS.value, weights);
    clearShares();
    for (const [onePair, otherPair] of pairs) addRangeMatchup(onePair, otherPair, dead);
    const [firstWins, secondWins, shared] = this.#f64(SHARES, 3);
    return [firstWins!, secondWins!, shared!];
  }

  /** Finds all match-ups of two hands before the flop and keeps them. */
  makeAllMatchups(): void {
    this.#wasm.makeAllMatchups();
  }

  /** Forgets what was found before: for measuring. */
  forgetMatchups(): void {
    this.#wasm.forgetMatchups();
  }

  /** Two ranges on run-outs of five board cards. Gives the weights of deals that the first wins, that tie, and of all. */
  twoRanges(
    weights: readonly [Float64Array, Float64Array],
    runouts: Iterable<ReadonlyArray<Card>>,
  ): readonly [wins: number, ties: number, all: number] {
    const { WEIGHTS, TWO_RANGES, startTwoRanges, addTwoRanges } = this.#wasm;
    this.#putWeights(WEIGHTS.value, weights);
    startTwoRanges();
    for (const [a, b, c, d, e] of runouts) addTwoRanges(a!, b!, c!, d!, e!);
    const [wins, ties, all] = this.#f64(TWO_RANGES, 3);
    return [wins!, ties!, all!];
  }

  /**
   * Three ranges on run-outs of five board cards. Weights are whole numbers up to 250. Gives, for each player, the weights of
   * deals that it wins alone, with one other, with both: nine numbers.
   */
  threeRanges(
    weights: readonly [Float64Array, Float64Array, Float64Array],
    runouts: Iterable<ReadonlyArray<Card>>,
  ): ReadonlyArray<number> {
    const { WEIGHTS, THREE_RANGES, startThreeRanges, addThreeRanges } = this.#wasm;
    this.#putWeights(WEIGHTS.value, weights);
    startThreeRanges();
    for (const [a, b, c, d, e] of runouts) addThreeRanges(a!, b!, c!, d!, e!);
    return [...this.#f64(THREE_RANGES, 9)];
  }

  /** Deals at random, each deal as good as any other. The counts are valid until the next call. */
  deal(deal: Deal): { readonly deals: number; readonly winners: WinnerCounts } {
    const deals = this.#deal(deal, this.#wasm.deal);
    return { deals, winners: this.#u32(this.#wasm.WINNERS, 1 << playersOf(deal)) };
  }

  /**
   * Deals at random, each deal with a count of its own (`wasm/deals.ts` says why). Gives the sums of the counts and of their
   * squares by winners, as `WinnerCounts`, valid until the next call.
   */
  dealWeighted(deal: Deal): {
    readonly deals: number;
    readonly sums: Float64Array;
    readonly squares: Float64Array;
  } {
    const { SQUARES, SUMS } = this.#wasm;
    const deals = this.#deal(deal, this.#wasm.dealWeighted);
    const sets = 1 << playersOf(deal);
    return { deals, sums: this.#f64(SUMS, sets), squares: this.#f64(SQUARES, sets) };
  }

  #deal(
    { known, ranges, anyTwo, board, dead, deals, draws, seed, chunk }: Deal,
    dealAtRandom: KernelExports["deal"],
  ): number {
    const { CHOICES, CHOICE_COUNTS, CHOICE_SIZE } = this.#wasm;
    this.#putCards(known, board);
    const counts = this.#u32(CHOICE_COUNTS, ranges.length);
    ranges.forEach(({ count, bytes }, range) => {
      counts[range] = count;
      const at = CHOICES.value + range * COMBINATIONS * CHOICE_SIZE.value;
      new Uint8Array(this.#buffer, at, bytes.length).set(bytes);
    });
    this.#wasm.seed(seed, chunk);
    return dealAtRandom(known.length, ranges.length, anyTwo, board.length, dead, deals, draws);
  }

  #putCards(hands: ReadonlyArray<ReadonlyArray<Card>>, board: ReadonlyArray<Card>): void {
    const { HOLE_CARDS, BOARD_CARDS } = this.#wasm;
    this.#u8(HOLE_CARDS, 2 * hands.length).set(hands.flat());
    this.#u8(BOARD_CARDS, board.length).set(board);
  }

  #putWeights(at: number, weights: ReadonlyArray<Float64Array>): void {
    weights.forEach((weights, range) =>
      new Float64Array(
        this.#buffer,
        at + range * COMBINATIONS * Float64Array.BYTES_PER_ELEMENT,
        COMBINATIONS,
      ).set(weights),
    );
  }

  /** The memory never grows, so views stay valid. */
  get #buffer(): ArrayBuffer {
    return this.#wasm.memory.buffer;
  }
  #u8({ value }: { readonly value: number }, length: number): Uint8Array {
    return new Uint8Array(this.#buffer, value, length);
  }
  #u16({ value }: { readonly value: number }, length: number): Uint16Array {
    return new Uint16Array(this.#buffer, value, length);
  }
  #u32({ value }: { readonly value: number }, length: number): Uint32Array {
    return new Uint32Array(this.#buffer, value, length);
  }
  #f64({ value }: { readonly value: number }, length: number): Float64Array {
    return new Float64Array(this.#buffer, value, length);
  }
}

/** A compiled `kernel.wasm`, of which kernels are made, and which can be sent to workers. */
export type KernelModule = object;

/** What of WebAssembly is needed, the same in Node and in browsers; neither's types are there for both. */
declare const WebAssembly: {
  readonly compile: (bytes: Uint8Array<ArrayBuffer>) => Promise<KernelModule>;
  readonly instantiate: (
    module: KernelModule,
    imports: object,
  ) => Promise<{ readonly exports: unknown }>;
};

/** Rejects with a `WebAssembly.CompileError` where the engine has no SIMD. */
export const compileKernel = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> =>
  WebAssembly.compile(bytes);

const isBytes = (wasm: KernelModule | Uint8Array<ArrayBuffer>): wasm is Uint8Array<ArrayBuffer> =>
  wasm instanceof Uint8Array;

/** A kernel with a memory of its own, some 7 MB. */
export const loadKernel = async (wasm: KernelModule | Uint8Array<ArrayBuffer>): Promise<Kernel> => {
  const module = isBytes(wasm) ? await compileKernel(wasm) : wasm;
  const { exports } = await WebAssembly.instantiate(module, {});
  return new Kernel(exports as KernelExports);
};
