/**
 * Two to nine known hands on every board that can come, exactly.
 *
 * From the flop on there are at most 990 run-outs, and each is looked at. Before it, boards are taken by their ranks as for
 * two hands (`headsUp.ts`), but the other way round: the boards on which somebody has a flush are taken out of the weights
 * of the rank sets first, and counted one by one or in rows; what is left of each rank set is then decided by ranks, eight
 * sets at a time.
 */
import {
  BOARDS,
  countOtherPairs,
  countOthers,
  FIVE_MASKS,
  FIVES,
  FOUR_MASKS,
  FOURS,
  fullWithPair,
  fullWithRank,
  leftOfSuit,
  makeBoards,
  OTHER_PAIRS,
  OTHERS,
  PAIR_ROW,
  RANK_PAIRS,
  RANK_ROW,
  rankPair,
  strengthRow,
  THREE_MASKS,
  THREES,
  weigh,
  WEIGHTS,
  WITH_PAIR,
  WITH_RANK,
} from "./boards";
import {
  bitOf,
  card,
  DECK_SIZE,
  HOLDING_SIZE,
  holdingAt,
  NO_CARDS,
  strength,
  strengthOfFlush,
  WEAKEST_STRAIGHT_FLUSH,
} from "./evaluate";
import { addWinners, clearWinners } from "./winners";

/** u8: two cards for each player; the known cards of the board. JavaScript writes them. */
export const HOLE_CARDS: usize = memory.data(2 * 9, 16);
export const BOARD_CARDS: usize = memory.data(5, 16);

/** The players' hole cards as holdings. */
const HOLES: usize = memory.data(9 * 16, 16);
const SUITS = 4;

let players = 0;

function holeCard(player: i32, nth: usize): usize {
  return <usize>load<u8>(HOLE_CARDS + ((<usize>player) << 1) + nth);
}

/** Counts the deals to `count` players with known hole cards, on a board of which `known` cards are known, in WINNERS. */
export function showdown(count: i32, known: i32, dead: i64): void {
  players = count;
  clearWinners(players);
  let used = dead;
  for (let player = 0; player < players; player++)
    used |= bitOf(holeCard(player, 0)) | bitOf(holeCard(player, 1));
  if (known === 0) beforeFlop(used);
  else onBoard(known, used);
}

// ── From the flop on ────────────────────────────────────────────────────────────────────────────────────────────────

function onBoard(known: i32, dead: i64): void {
  for (let player = 0; player < players; player++) {
    const one = card(holeCard(player, 0));
    const other = card(holeCard(player, 1));
    const hole = holdingAt(HOLES + <usize>player * HOLDING_SIZE);
    hole.key = one.key + other.key;
    hole.mask = one.mask + other.mask;
  }
  let used = dead;
  let key = NO_CARDS;
  let mask: i64 = 0;
  for (let i = 0; i < known; i++) {
    const index = <usize>load<u8>(BOARD_CARDS + <usize>i);
    used |= bitOf(index);
    key += card(index).key;
    mask += card(index).mask;
  }
  if (known === 5) return countWinners(key, mask);
  for (let turn: usize = 0; turn < DECK_SIZE; turn++) {
    if (used & bitOf(turn)) continue;
    const turnKey = key + card(turn).key;
    const turnMask = mask + card(turn).mask;
    if (known === 4) {
      countWinners(turnKey, turnMask);
      continue;
    }
    for (let river: usize = 0; river < turn; river++)
      if ((used & bitOf(river)) === 0)
        countWinners(turnKey + card(river).key, turnMask + card(river).mask);
  }
}

function countWinners(key: i64, mask: i64): void {
  let best = 0;
  let winners = 0;
  for (let player = 0; player < players; player++) {
    const hole = holdingAt(HOLES + <usize>player * HOLDING_SIZE);
    const strong = strength(key + hole.key, mask + hole.mask);
    const bit = 1 << player;
    winners = strong > best ? bit : winners | select<i32>(bit, 0, strong === best);
    best = max(best, strong);
  }
  addWinners(winners, 1);
}

// ── Before the flop ─────────────────────────────────────────────────────────────────────────────────────────────────

/** i32 per player: the pair of its hole cards' ranks, and the mask of those of the suit at hand. */
const PAIRS: usize = memory.data(4 * 9, 16);
const SUITED: usize = memory.data(4 * 9, 16);
/** u16[8]: who wins on eight rank sets. */
const EIGHT_WINNERS: usize = memory.data(16, 16);

function pairOf(player: i32): i32 {
  return load<i32>(PAIRS + ((<usize>player) << 2));
}
function suitedOf(player: i32): i32 {
  return load<i32>(SUITED + ((<usize>player) << 2));
}

function beforeFlop(used: i64): void {
  makeBoards();
  weigh(used);
  for (let player = 0; player < players; player++)
    store<i32>(
      PAIRS + ((<usize>player) << 2),
      rankPair(<i32>(holeCard(player, 0) >> 2), <i32>(holeCard(player, 1) >> 2)),
    );
  for (let suit = 0; suit < SUITS; suit++) takeOutFlushes(suit, used);
  countByRanks();
}

/** Counts the boards on which this suit makes a flush, and takes them out of the weights. */
function takeOutFlushes(suit: i32, used: i64): void {
  let most = 0;
  for (let player = 0; player < players; player++) {
    let ranks = 0;
    for (let nth: usize = 0; nth < 2; nth++) {
      const index = <i32>holeCard(player, nth);
      if ((index & 3) === suit) ranks |= 1 << (index >> 2);
    }
    store<i32>(SUITED + ((<usize>player) << 2), ranks);
    most = max(most, popcnt(ranks));
  }
  const left = leftOfSuit(used, suit);
  takeOutFives(left);
  if (most === 0) return;
  takeOutFours(left, countOthers(left));
  if (most === 2) takeOutThrees(left, countOtherPairs());
}

function takeOut(set: usize, boards: u16): void {
  const at = WEIGHTS + (set << 1);
  store<u16>(at, load<u16>(at) - boards);
}

let bestFlush = 0;
/** The players with the best flush, of those who have at least `least` cards of the suit. */
function flushWinners(board: i32, least: i32): i32 {
  let best = 0;
  let winners = 0;
  for (let player = 0; player < players; player++) {
    const ranks = suitedOf(player);
    if (popcnt(ranks) < least) continue;
    const strong = strengthOfFlush(board | ranks);
    const bit = 1 << player;
    winners = strong > best ? bit : winners | select<i32>(bit, 0, strong === best);
    best = max(best, strong);
  }
  bestFlush = best;
  return winners;
}

let bestOther = 0;
/** The strongest on a rank set, of those who have fewer than `least` cards of the suit. */
function otherWinners(set: usize, least: i32): i32 {
  let best = 0;
  let winners = 0;
  for (let player = 0; player < players; player++) {
    if (popcnt(suitedOf(player)) >= least) continue;
    const strong = <i32>load<u16>(strengthRow(pairOf(player)) + (set << 1));
    const bit = 1 << player;
    winners = strong > best ? bit : winners | select<i32>(bit, 0, strong === best);
    best = max(best, strong);
  }
  bestOther = best;
  return winners;
}

/** Boards all of the suit: everybody has a flush. */
function takeOutFives(left: i32): void {
  for (let i: usize = 0; i < FIVES; i++) {
    const board = <i32>load<u16>(FIVE_MASKS + (i << 1));
    if (board & ~left) continue;
    takeOut(i, 1);
    addWinners(flushWinners(board, 0), 1);
  }
}

/** Boards with four of the suit: who holds one of it has a flush, which only another's full house beats. */
function takeOutFours(left: i32, count: i32): void {
  for (let i: usize = 0; i < FOURS; i++) {
    const board = <i32>load<u16>(FOUR_MASKS + (i << 1));
    if (board & ~left) continue;
    const winners = flushWinners(board, 1);
    const sets = WITH_RANK + ((i * RANK_ROW) << 1);
    for (let rank: usize = 0; rank < 13; rank++)
      takeOut(<usize>load<u16>(sets + (rank << 1)), <u16>load<u8>(OTHERS + rank));
    let boards = count;
    if (bestFlush < WEAKEST_STRAIGHT_FLUSH) {
      let full = i8x16.splat(0);
      for (let player = 0; player < players; player++)
        if (suitedOf(player) === 0)
          full = v128.or(full, v128.load(fullWithRank(pairOf(player)) + i * RANK_ROW));
      boards -= takeOutBeaten(i8x16.bitmask(full), sets, OTHERS, 1);
    }
    addWinners(winners, boards);
  }
}

/** Boards with three of the suit: who holds two of it has a flush. */
function takeOutThrees(left: i32, count: i32): void {
  for (let i: usize = 0; i < THREES; i++) {
    const board = <i32>load<u16>(THREE_MASKS + (i << 1));
    if (board & ~left) continue;
    const winners = flushWinners(board, 2);
    const sets = WITH_PAIR + ((i * PAIR_ROW) << 1);
    for (let pair: usize = 0; pair < <usize>RANK_PAIRS; pair++)
      takeOut(<usize>load<u16>(sets + (pair << 1)), <u16>load<u8>(OTHER_PAIRS + pair));
    let boards = count;
    if (bestFlush < WEAKEST_STRAIGHT_FLUSH)
      for (let at: usize = 0; at < PAIR_ROW; at += 16) {
        let full = i8x16.splat(0);
        for (let player = 0; player < players; player++)
          if (popcnt(suitedOf(player)) < 2)
            full = v128.or(full, v128.load(fullWithPair(pairOf(player)) + i * PAIR_ROW + at));
        boards -= takeOutBeaten(i8x16.bitmask(full), sets + (at << 1), OTHER_PAIRS + at, 2);
      }
    addWinners(winners, boards);
  }
}

/**
 * Of 16 boards beside each other, those of `marked`, on which somebody without a flush has a full house: counts for the
 * stronger side those that the flush does not win, and says how many they are.
 */
function takeOutBeaten(marked: i32, sets: usize, weights: usize, least: i32): i32 {
  let beaten = 0;
  for (; marked; marked &= marked - 1) {
    const nth = <usize>ctz(marked);
    const boards = <i32>load<u8>(weights + nth);
    if (boards === 0) continue;
    const winners = otherWinners(<usize>load<u16>(sets + (nth << 1)), least);
    if (bestOther <= bestFlush) continue;
    addWinners(winners, boards);
    beaten += boards;
  }
  return beaten;
}

/** What is left in the weights: boards on which nobody has a flush. */
function countByRanks(): void {
  for (let at: usize = 0; at < 2 * BOARDS; at += 16) {
    const weights = v128.load(WEIGHTS + at);
    if (!v128.any_true(weights)) continue;
    let best = i16x8.splat(0);
    let winners = i16x8.splat(0);
    for (let player = 0; player < players; player++) {
      const strong = v128.load(strengthRow(pairOf(player)) + at);
      const bit = i16x8.splat((<i16>1) << (<i16>player));
      const isBetter = i16x8.gt_s(strong, best);
      const isEqual = i16x8.eq(strong, best);
      winners = v128.bitselect(bit, v128.or(winners, v128.and(isEqual, bit)), isBetter);
      best = i16x8.max_s(best, strong);
    }
    v128.store(EIGHT_WINNERS, winners);
    for (let lane: usize = 0; lane < 16; lane += 2)
      addWinners(<i32>load<u16>(EIGHT_WINNERS + lane), <i32>load<u16>(WEIGHTS + at + lane));
  }
}
