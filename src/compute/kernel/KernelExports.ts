/** What `kernel.wasm` exports, as `wasm/index.ts` says: addresses of memory, and functions. */

interface Address {
  readonly value: number;
}

export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  // The evaluator's tables.
  readonly LOW: Address;
  readonly HIGH: Address;
  readonly STRENGTHS: Address;
  readonly FLUSHES: Address;
  readonly RANK_KEYS: Address;
  readonly makeCards: () => void;
  // Single hands.
  readonly BATCH: Address;
  readonly HAND_CARDS: Address;
  readonly HAND_STRENGTHS: Address;
  readonly HISTOGRAM: Address;
  readonly gatherHands: (count: number) => void;
  readonly rankHands: (count: number) => void;
  readonly countHands: (first: number) => void;
  // Known hands.
  readonly WINNERS: Address;
  readonly HOLE_CARDS: Address;
  readonly BOARD_CARDS: Address;
  readonly showdown: (players: number, boardCards: number, dead: bigint) => void;
  readonly headsUp: (a: number, b: number, c: number, d: number, dead: bigint) => void;
  // Two ranges before the flop.
  readonly RANGE_WEIGHTS: Address;
  readonly SHARES: Address;
  readonly clearShares: () => void;
  readonly addRangeMatchup: (onePair: number, otherPair: number, dead: bigint) => void;
  readonly makeAllMatchups: () => void;
  readonly forgetMatchups: () => void;
  // Two and three ranges on a board.
  readonly WEIGHTS: Address;
  readonly TWO_RANGES: Address;
  readonly startTwoRanges: () => void;
  readonly addTwoRanges: AddRunout;
  readonly THREE_RANGES: Address;
  readonly startThreeRanges: () => void;
  readonly addThreeRanges: AddRunout;
  // Monte Carlo.
  readonly CHOICES: Address;
  readonly CHOICE_COUNTS: Address;
  readonly CHOICE_SIZE: Address;
  readonly seed: (question: number, chunk: number) => void;
  readonly deal: DealAtRandom;
  readonly SUMS: Address;
  readonly SQUARES: Address;
  readonly dealWeighted: DealAtRandom;
}

type DealAtRandom = (
  known: number,
  ranges: number,
  anyTwo: number,
  boardCards: number,
  dead: bigint,
  deals: number,
  draws: number,
) => number;

type AddRunout = (a: number, b: number, c: number, d: number, e: number) => void;
