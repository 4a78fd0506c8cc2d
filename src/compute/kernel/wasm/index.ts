/**
 * The equity kernel, compiled to WebAssembly. What it exports is numbers that are addresses, for JavaScript to write what is
 * asked and read what is found, and functions that compute. `src/compute/kernel/Kernel.ts` gives it types; nothing else
 * should import it.
 *
 * Read `evaluate.ts` first, then `boards.ts` and `headsUp.ts`; `twoRanges.ts` and `threeRanges.ts` stand by themselves.
 *
 * All memory is static: each file asks for its own with `memory.data`, which makes an address known at compile time. Nothing
 * is allocated while the kernel runs. It computes one thing at a time.
 */
export { FLUSHES, HIGH, LOW, makeCards, RANK_KEYS, STRENGTHS } from "./evaluate";
export { WINNERS } from "./winners";
export {
  BATCH,
  countHands,
  gatherHands,
  HAND_CARDS,
  HAND_STRENGTHS,
  HISTOGRAM,
  rankHands,
} from "./hands";
export { BOARD_CARDS, HOLE_CARDS, showdown } from "./showdown";
export {
  addRangeMatchup,
  clearShares,
  forgetMatchups,
  headsUp,
  makeAllMatchups,
  RANGE_WEIGHTS,
  SHARES,
} from "./matchups";
export { WEIGHTS } from "./ranges";
export { addTwoRanges, startTwoRanges, TWO_RANGES } from "./twoRanges";
export { addThreeRanges, startThreeRanges, THREE_RANGES } from "./threeRanges";
export { CHOICE_COUNTS, CHOICE_SIZE, CHOICES, deal, dealWeighted, SQUARES, SUMS } from "./deals";
export { seed } from "./random";
