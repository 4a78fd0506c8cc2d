/**
 * Two known hands before the flop, exactly.
 *
 * First the ranks alone: over all rank sets of boards, who is stronger when nobody has a flush (`compareRanks`). What that
 * says depends on the two pairs of ranks only, not on suits. Then each suit is put right (`correct`): of the boards on which
 * this suit makes a flush, the result by ranks is taken back and the true one put in its place. No two suits have three
 * cards of five, so no board is put right twice. A correction depends on the pairs of ranks and on which of the four cards
 * are of the suit; there are 16 such cases, and so all of the 812,175 match-ups of two hands are 4,186 match-ups of ranks
 * with 16 corrections each (`matchups.ts`).
 */
import {
  FIVE_MASKS,
  FIVES,
  FOUR_MASKS,
  FOURS,
  fullWithPair,
  fullWithRank,
  BOARDS,
  countOtherPairs,
  countOthers,
  makeBoards,
  OTHER_PAIRS,
  OTHERS,
  PAIR_ROW,
  RANK_ROW,
  strengthRow,
  THREE_MASKS,
  THREES,
  weigh,
  WEIGHTS,
  WITH_PAIR,
  WITH_RANK,
} from "./boards";
import { strengthOfFlush, WEAKEST_STRAIGHT_FLUSH } from "./evaluate";

/** u8: who wins on a rank set, 0 for nobody. */
const RESULTS: usize = memory.data(6208, 16);
const FIRST: u8 = 1;
const SECOND: u8 = 2;
/** The same for four ranks and one, and for three and two, in the order of WITH_RANK and WITH_PAIR. */
const RESULTS_WITH_RANK: usize = memory.data(715 * 16, 16);
const RESULTS_WITH_PAIR: usize = memory.data(286 * 96, 16);
/** Boards that the first and the second player win: of `compareRanks`, of `correct`. */
export let firstWins = 0;
export let secondWins = 0;

let first = 0;
let second = 0;
let hasPairResults = false;

function sum32(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
function sum16(lanes: v128): i32 {
  return sum32(i32x4.extadd_pairwise_i16x8_u(lanes));
}

/** By ranks alone: fills the two counts and what `correct` needs. `used` are the cards that no board can have. */
export function compareRanks(firstPair: i32, secondPair: i32, used: i64): void {
  makeBoards();
  weigh(used);
  first = firstPair;
  second = secondPair;
  hasPairResults = false;
  const rowA = strengthRow(firstPair);
  const rowB = strengthRow(secondPair);
  const ones = i16x8.splat(1);
  const isFirst = i8x16.splat(FIRST);
  const isSecond = i8x16.splat(SECOND);
  let wins = i32x4.splat(0);
  let losses = i32x4.splat(0);
  for (let i: usize = 0; i < BOARDS; i += 16) {
    const at = i << 1;
    const a0 = v128.load(rowA + at);
    const a1 = v128.load(rowA + at, 16);
    const b0 = v128.load(rowB + at);
    const b1 = v128.load(rowB + at, 16);
    const weights0 = v128.load(WEIGHTS + at);
    const weights1 = v128.load(WEIGHTS + at, 16);
    const more0 = i16x8.gt_s(a0, b0);
    const more1 = i16x8.gt_s(a1, b1);
    const less0 = i16x8.lt_s(a0, b0);
    const less1 = i16x8.lt_s(a1, b1);
    wins = i32x4.add(wins, i32x4.dot_i16x8_s(v128.and(weights0, more0), ones));
    wins = i32x4.add(wins, i32x4.dot_i16x8_s(v128.and(weights1, more1), ones));
    losses = i32x4.add(losses, i32x4.dot_i16x8_s(v128.and(weights0, less0), ones));
    losses = i32x4.add(losses, i32x4.dot_i16x8_s(v128.and(weights1, less1), ones));
    const result = v128.or(
      v128.and(i8x16.narrow_i16x8_s(more0, more1), isFirst),
      v128.and(i8x16.narrow_i16x8_s(less0, less1), isSecond),
    );
    v128.store(RESULTS + i, result);
  }
  firstWins = sum32(wins);
  secondWins = sum32(losses);
  for (let i: usize = 0; i < FOURS * RANK_ROW; i++)
    store<u8>(RESULTS_WITH_RANK + i, load<u8>(RESULTS + <usize>load<u16>(WITH_RANK + (i << 1))));
}

/** Needed only where a player has two cards of a suit. */
function makePairResults(): void {
  if (hasPairResults) return;
  hasPairResults = true;
  for (let i: usize = 0; i < THREES * PAIR_ROW; i++)
    store<u8>(RESULTS_WITH_PAIR + i, load<u8>(RESULTS + <usize>load<u16>(WITH_PAIR + (i << 1))));
}

/**
 * After `compareRanks`: what changes by a suit of which the players hold the ranks of these masks and of which the ranks
 * `left` are left for the board.
 */
export function correct(firstRanks: i32, secondRanks: i32, left: i32): void {
  firstWins = 0;
  secondWins = 0;
  correctFives(firstRanks, secondRanks, left);
  if ((firstRanks | secondRanks) === 0) return;
  const others = countOthers(left);
  correctFours(firstRanks, secondRanks, left, others);
  if (popcnt(firstRanks) < 2 && popcnt(secondRanks) < 2) return;
  makePairResults();
  correctThrees(firstRanks, secondRanks, left, countOtherPairs());
}

/** Boards all of the suit. */
function correctFives(firstRanks: i32, secondRanks: i32, left: i32): void {
  for (let i: usize = 0; i < FIVES; i++) {
    const board = <i32>load<u16>(FIVE_MASKS + (i << 1));
    if (board & ~left) continue;
    const byRanks = load<u8>(RESULTS + i);
    const a = strengthOfFlush(board | firstRanks);
    const b = strengthOfFlush(board | secondRanks);
    firstWins += i32(a > b) - i32(byRanks === FIRST);
    secondWins += i32(a < b) - i32(byRanks === SECOND);
  }
}

/** Boards with four of the suit and one other card: who holds one of the suit has a flush. */
function correctFours(firstRanks: i32, secondRanks: i32, left: i32, count: i32): void {
  const both = firstRanks !== 0 && secondRanks !== 0;
  const flushRanks = firstRanks ? firstRanks : secondRanks;
  const full = fullWithRank(firstRanks ? second : first);
  const others = v128.load(OTHERS);
  const isFirst = i8x16.splat(FIRST);
  const isSecond = i8x16.splat(SECOND);
  let firstByRanks = i16x8.splat(0);
  let secondByRanks = i16x8.splat(0);
  let beaten = i16x8.splat(0);
  let flushes = 0;
  let firstFlushes = 0;
  for (let i: usize = 0; i < FOURS; i++) {
    const board = <i32>load<u16>(FOUR_MASKS + (i << 1));
    if (board & ~left) continue;
    const byRanks = v128.load(RESULTS_WITH_RANK + i * RANK_ROW);
    firstByRanks = i16x8.add(
      firstByRanks,
      i16x8.extadd_pairwise_i8x16_u(v128.and(others, i8x16.eq(byRanks, isFirst))),
    );
    secondByRanks = i16x8.add(
      secondByRanks,
      i16x8.extadd_pairwise_i8x16_u(v128.and(others, i8x16.eq(byRanks, isSecond))),
    );
    flushes += count;
    if (both) {
      if (strengthOfFlush(board | firstRanks) > strengthOfFlush(board | secondRanks))
        firstFlushes += count;
    } else if (strengthOfFlush(board | flushRanks) < WEAKEST_STRAIGHT_FLUSH)
      beaten = i16x8.add(
        beaten,
        i16x8.extadd_pairwise_i8x16_u(v128.and(others, v128.load(full + i * RANK_ROW))),
      );
  }
  firstWins -= sum16(firstByRanks);
  secondWins -= sum16(secondByRanks);
  if (both) addFlushes(firstFlushes, flushes - firstFlushes);
  else addFlush(firstRanks !== 0, flushes, sum16(beaten));
}

/** Boards with three of the suit and two other cards: who holds two of the suit has a flush. */
function correctThrees(firstRanks: i32, secondRanks: i32, left: i32, count: i32): void {
  const isFirstFlush = popcnt(firstRanks) === 2;
  const both = isFirstFlush && popcnt(secondRanks) === 2;
  const flushRanks = isFirstFlush ? firstRanks : secondRanks;
  const full = fullWithPair(isFirstFlush ? second : first);
  const isFirst = i8x16.splat(FIRST);
  const isSecond = i8x16.splat(SECOND);
  let firstByRanks = i32x4.splat(0);
  let secondByRanks = i32x4.splat(0);
  let beaten = i32x4.splat(0);
  let flushes = 0;
  let firstFlushes = 0;
  for (let i: usize = 0; i < THREES; i++) {
    const board = <i32>load<u16>(THREE_MASKS + (i << 1));
    if (board & ~left) continue;
    const row = RESULTS_WITH_PAIR + i * PAIR_ROW;
    let firsts = i8x16.splat(0);
    let seconds = i8x16.splat(0);
    // At most nine pairs of cards a pair of ranks, six times: no byte overflows.
    for (let at: usize = 0; at < PAIR_ROW; at += 16) {
      const pairs = v128.load(OTHER_PAIRS + at);
      const byRanks = v128.load(row + at);
      firsts = i8x16.add(firsts, v128.and(pairs, i8x16.eq(byRanks, isFirst)));
      seconds = i8x16.add(seconds, v128.and(pairs, i8x16.eq(byRanks, isSecond)));
    }
    firstByRanks = addBytes(firstByRanks, firsts);
    secondByRanks = addBytes(secondByRanks, seconds);
    flushes += count;
    if (both) {
      if (strengthOfFlush(board | firstRanks) > strengthOfFlush(board | secondRanks))
        firstFlushes += count;
    } else if (strengthOfFlush(board | flushRanks) < WEAKEST_STRAIGHT_FLUSH) {
      let fulls = i8x16.splat(0);
      for (let at: usize = 0; at < PAIR_ROW; at += 16)
        fulls = i8x16.add(
          fulls,
          v128.and(v128.load(OTHER_PAIRS + at), v128.load(full + i * PAIR_ROW + at)),
        );
      beaten = addBytes(beaten, fulls);
    }
  }
  firstWins -= sum32(firstByRanks);
  secondWins -= sum32(secondByRanks);
  if (both) addFlushes(firstFlushes, flushes - firstFlushes);
  else addFlush(isFirstFlush, flushes, sum32(beaten));
}

function addBytes(sums: v128, bytes: v128): v128 {
  return i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
}

/** Two flushes of a suit are never equal: each needs a card of its player. */
function addFlushes(firsts: i32, seconds: i32): void {
  firstWins += firsts;
  secondWins += seconds;
}

/** One player has a flush, beaten on some boards by the other's full house. */
function addFlush(isFirst: bool, flushes: i32, beaten: i32): void {
  addFlushes(isFirst ? flushes - beaten : beaten, isFirst ? beaten : flushes - beaten);
}
