/**
 * Match-ups of two hands before the flop, and of two ranges, put together from what `headsUp.ts` finds for their ranks.
 *
 * A match-up of ranks has one result by ranks and a correction for each case: which of the four hole cards are of a suit. A
 * match-up of hands is the first plus four corrections, one for each suit. Each is computed when it is first needed. Those of
 * a full deck are kept: 4,186 match-ups of ranks, 640 KB in all. With dead cards the suits differ from each other, so there
 * are corrections per suit, and they are forgotten when the next match-up of ranks begins.
 */
import { highRank, leftOfSuit, lowRank, makeBoards, RANK_PAIRS, rankPair } from "./boards";
import { bitOf } from "./evaluate";
import { compareRanks, correct, firstWins, secondWins } from "./headsUp";
import { clearWinners, addWinners } from "./winners";

const SUITS = 4;
/** Which of four cards are of a suit: the first player's higher and lower, then the second's. */
const CASES = 16;
/** Two i32: boards won by the first player, by the second. */
const COUNTS_SIZE: usize = 8;

/** Of each match-up of ranks with `first >= second`: the counts by ranks, then a correction for each case; u8: is it made? */
const SLOTS: usize = 17;
const TABLE: usize = memory.data(4186 * 17 * 8, 16);
const IS_IN_TABLE: usize = memory.data(4186 * 17, 16);
/** The same for a single match-up, with corrections for each suit. */
const SUITED_SLOTS: usize = 65;
const SINGLE: usize = memory.data(65 * 8, 16);
const IS_IN_SINGLE: usize = memory.data(65, 16);

/** The match-up of ranks at hand. */
let first = 0;
let second = 0;
let dead: i64 = 0;
let counts: usize = 0;
let isMade: usize = 0;
/** Its results by ranks are what `headsUp.ts` has at hand, too. */
let isCompared = false;

/** Begins a match-up of ranks, `firstPair >= secondPair`, of a full deck: what is found of it is kept. */
function beginKept(firstPair: i32, secondPair: i32): void {
  const index = <usize>(((firstPair * (firstPair + 1)) >> 1) + secondPair);
  first = firstPair;
  second = secondPair;
  dead = 0;
  counts = TABLE + index * (SLOTS * COUNTS_SIZE);
  isMade = IS_IN_TABLE + index * SLOTS;
  isCompared = false;
}

/** The same with dead cards: it is forgotten. */
function beginSingle(firstPair: i32, secondPair: i32, deadCards: i64): void {
  first = firstPair;
  second = secondPair;
  dead = deadCards;
  counts = SINGLE;
  isMade = IS_IN_SINGLE;
  memory.fill(IS_IN_SINGLE, 0, SUITED_SLOTS);
  isCompared = false;
}

function keep(slot: usize): void {
  store<i32>(counts + slot * COUNTS_SIZE, firstWins);
  store<i32>(counts + slot * COUNTS_SIZE, secondWins, 4);
  store<u8>(isMade + slot, 1);
}

/** For `compareRanks` it only counts how many cards of a rank are gone, so any that is not gone yet will do. */
function takeAny(used: i64, rank: i32): i64 {
  for (let suit = 0; suit < SUITS; suit++) {
    const bit = bitOf(<usize>(4 * rank + suit));
    if ((used & bit) === 0) return used | bit;
  }
  return used;
}

function compare(): void {
  if (isCompared) return;
  isCompared = true;
  let used = takeAny(takeAny(dead, highRank(first)), lowRank(first));
  used = takeAny(takeAny(used, highRank(second)), lowRank(second));
  compareRanks(first, second, used);
}

/** The result by ranks, in slot 0. */
function needRanks(): void {
  if (load<u8>(isMade)) return;
  isCompared = false;
  compare();
  keep(0);
}

/** The correction for a case of a suit; gives its slot. */
function needCorrection(suit: i32, which: i32): usize {
  const slot = <usize>(dead === 0 ? 1 + which : 1 + CASES * suit + which);
  if (load<u8>(isMade + slot)) return slot;
  compare();
  const a = ((which & 1) << highRank(first)) | (((which >> 1) & 1) << lowRank(first));
  const b = (((which >> 2) & 1) << highRank(second)) | ((which >> 3) << lowRank(second));
  correct(a, b, leftOfSuit(dead, suit) & ~(a | b));
  keep(slot);
  return slot;
}

let wins = 0;
let losses = 0;

/** Boards won by each side, of the hands with these four cards, each side's higher rank first. */
function lookUp(high1: i32, low1: i32, high2: i32, low2: i32): void {
  // Four bits a suit: the case.
  const cases =
    (1 << (4 * (high1 & 3))) |
    (2 << (4 * (low1 & 3))) |
    (4 << (4 * (high2 & 3))) |
    (8 << (4 * (low2 & 3)));
  needRanks();
  wins = load<i32>(counts);
  losses = load<i32>(counts, 4);
  for (let suit = 0; suit < SUITS; suit++) {
    const at = counts + needCorrection(suit, (cases >> (4 * suit)) & 15) * COUNTS_SIZE;
    wins += load<i32>(at);
    losses += load<i32>(at, 4);
  }
}

function boardsWithout(dead: i64): i32 {
  const left = 48 - <i32>popcnt<i64>(dead);
  return (((((left * (left - 1) * (left - 2)) / 6) * (left - 3)) / 4) * (left - 4)) / 5;
}

/** Two known hands, any cards in any order; counts boards in WINNERS. */
export function headsUp(a: i32, b: i32, c: i32, d: i32, deadCards: i64): void {
  makeBoards();
  const one = rankPair(a >> 2, b >> 2);
  const other = rankPair(c >> 2, d >> 2);
  const isSwapped = one < other;
  // Who asks for one match-up often asks for another of the same ranks.
  if (deadCards === 0) beginKept(max(one, other), min(one, other));
  else beginSingle(max(one, other), min(one, other), deadCards);
  if (isSwapped) lookUp(max(c, d), min(c, d), max(a, b), min(a, b));
  else lookUp(max(a, b), min(a, b), max(c, d), min(c, d));
  clearWinners(2);
  addWinners(isSwapped ? 2 : 1, wins);
  addWinners(isSwapped ? 1 : 2, losses);
  addWinners(3, boardsWithout(deadCards) - wins - losses);
}

// ── Ranges ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** f64[2][1326]: the weights of two ranges, 0 for a hand with a dead card. */
export const RANGE_WEIGHTS: usize = memory.data(2 * 1326 * 8, 16);
const RANGE_SIZE: usize = 1326 * 8;
/** f64: boards won by the first player, by the second, and shared, times the weights of the hands. */
export const SHARES: usize = memory.data(3 * 8, 16);

export function clearShares(): void {
  memory.fill(SHARES, 0, 3 * 8);
}

function addShare(which: usize, value: f64): void {
  store<f64>(SHARES + (which << 3), load<f64>(SHARES + (which << 3)) + value);
}

function weightOf(range: usize, high: i32, low: i32): f64 {
  const combination = <usize>(((high * (high - 1)) >> 1) + low);
  return load<f64>(RANGE_WEIGHTS + range * RANGE_SIZE + (combination << 3));
}

/**
 * Adds to SHARES the match-ups of the first range's hands with the ranks `onePair` and the second's with `otherPair`, and the
 * other way round where the two pairs of ranks differ.
 */
export function addRangeMatchup(onePair: i32, otherPair: i32, deadCards: i64): void {
  makeBoards();
  const high = max(onePair, otherPair);
  const low = min(onePair, otherPair);
  if (deadCards === 0) beginKept(high, low);
  else beginSingle(high, low, deadCards);
  addHands(0, 1);
  if (high !== low) addHands(1, 0);
}

/** Hands of the range `one` with the first pair of ranks against hands of the range `other` with the second. */
function addHands(one: usize, other: usize): void {
  const boards = <f64>boardsWithout(dead);
  let won: f64 = 0;
  let lost: f64 = 0;
  let shared: f64 = 0;
  const high1 = highRank(first) << 2;
  const low1 = lowRank(first) << 2;
  const high2 = highRank(second) << 2;
  const low2 = lowRank(second) << 2;
  for (let a = high1; a < high1 + SUITS; a++)
    for (let b = low1; b < min(low1 + SUITS, a); b++) {
      const weight = weightOf(one, a, b);
      if (weight === 0) continue;
      for (let c = high2; c < high2 + SUITS; c++) {
        if (c === a || c === b) continue;
        for (let d = low2; d < min(low2 + SUITS, c); d++) {
          if (d === a || d === b) continue;
          const both = weight * weightOf(other, c, d);
          if (both === 0) continue;
          lookUp(a, b, c, d);
          won += both * <f64>wins;
          lost += both * <f64>losses;
          shared += both * (boards - <f64>(wins + losses));
        }
      }
    }
  addShare(one, won);
  addShare(other, lost);
  addShare(2, shared);
}

/** Fills the table: every match-up of two hands that there is. */
export function makeAllMatchups(): void {
  makeBoards();
  for (let one = 0; one < RANK_PAIRS; one++)
    for (let other = 0; other <= one; other++) {
      beginKept(one, other);
      needRanks();
      for (let which = 0; which < CASES; which++) if (isPossible(which)) needCorrection(0, which);
    }
}

/** No card is in two places. */
function isPossible(which: i32): bool {
  const a = ((which & 1) << highRank(first)) | (((which >> 1) & 1) << lowRank(first));
  const b = (((which >> 2) & 1) << highRank(second)) | ((which >> 3) << lowRank(second));
  return popcnt(a) + popcnt(b) === popcnt(which) && (a & b) === 0;
}

/** Forgets the table. */
export function forgetMatchups(): void {
  memory.fill(IS_IN_TABLE, 0, 4186 * SLOTS);
}
