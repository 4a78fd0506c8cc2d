/**
 * Boards by their ranks. There are 1,712,304 boards for two known hands, but only 6,175 sets of five ranks (with repetition),
 * and while nobody has a flush the ranks decide. So a question before the flop is asked of 6,175 rank sets, each weighted by
 * the number of boards it stands for, and flushes are put right afterwards (`headsUp.ts`, `showdown.ts`).
 *
 * Rank sets are ordered by kind: five different ranks, a pair, two pairs, three of a kind, a full house, four of a kind; each
 * kind begins at a multiple of 16, for they are worked on 8 or 16 at a time. A gap is a set of ranks that do not exist, of
 * which there are 0 boards.
 *
 * For each of the 91 pairs of ranks that a player can hold there is a row with its strength on each of these sets.
 */
import { rankKey, strengthOfRanks, WEAKEST_FULL_HOUSE } from "./evaluate";

const RANKS = 13;
const ALL_RANKS = 0x1fff;
const MAX_SAME_RANK = 4;
/** Pairs of ranks, equal ones included. */
export const RANK_PAIRS = 91;

const DIFFERENT = 0;
const PAIR = 1296;
const TWO_PAIRS = 4160;
const TRIPS = 5024;
const FULL_HOUSE = 5888;
const QUADS = 6048;
/** Rank sets, gaps included. */
export const BOARDS: usize = 6208;

/** Sets of three, four and five different ranks: the ranks of a suit on a board that makes a flush possible. */
export const THREES: usize = 286;
export const FOURS: usize = 715;
export const FIVES: usize = 1287;
/** Beside three of a suit lie two other cards, beside four one: so many, and so many with gaps. */
export const PAIR_ROW: usize = 96;
export const RANK_ROW: usize = 16;

/** The masks of these sets, u16, ordered by mask. The place of five ranks is that of the rank set, too. */
export const THREE_MASKS: usize = memory.data(2 * 286, 16);
export const FOUR_MASKS: usize = memory.data(2 * 715, 16);
export const FIVE_MASKS: usize = memory.data(2 * 1287, 16);
/** u16: the rank set that three ranks and a pair of ranks, or four ranks and one, make up. */
export const WITH_PAIR: usize = memory.data(2 * 286 * 96, 16);
export const WITH_RANK: usize = memory.data(2 * 715 * 16, 16);
/** u8: the two ranks of each of the 91 pairs, the higher first. */
export const PAIR_RANKS: usize = memory.data(2 * 91, 16);

/** u16[91][BOARDS]: the strength of two hole ranks on a rank set, flushes apart. */
const STRENGTH_ROWS: usize = memory.data(2 * 91 * 6208, 16);
/** u8: 255 where two hole ranks make a full house or better, which a flush does not beat, in the order of the tables above. */
const FULL_WITH_PAIR: usize = memory.data(91 * 286 * 96, 16);
const FULL_WITH_RANK: usize = memory.data(91 * 715 * 16, 16);

/** u8, five rows: the rank in each of a set's slots. A slot may stand for two, three or four cards: the kind says so. */
const SLOTS: usize = memory.data(5 * 6208, 16);
const NO_RANK: u8 = 15;

/** u8, four rows of 16: the number of ways to have one, two, three, four cards of a rank from those that are left. */
const WAYS: usize = memory.data(4 * 16, 16);
/** u16: how many boards have the ranks of the set. */
export const WEIGHTS: usize = memory.data(2 * 6208, 16);

export function rankPair(one: i32, other: i32): i32 {
  const high = max(one, other);
  return ((high * (high + 1)) >> 1) + min(one, other);
}
export function highRank(pair: i32): i32 {
  return <i32>load<u8>(PAIR_RANKS + ((<usize>pair) << 1));
}
export function lowRank(pair: i32): i32 {
  return <i32>load<u8>(PAIR_RANKS + ((<usize>pair) << 1), 1);
}
export function strengthRow(pair: i32): usize {
  return STRENGTH_ROWS + <usize>pair * (2 * BOARDS);
}
export function fullWithPair(pair: i32): usize {
  return FULL_WITH_PAIR + <usize>pair * (THREES * PAIR_ROW);
}
export function fullWithRank(pair: i32): usize {
  return FULL_WITH_RANK + <usize>pair * (FOURS * RANK_ROW);
}

// ── The numbering of rank sets ──────────────────────────────────────────────────────────────────────────────────────

/** Ways to choose `count` of `from`. */
function choose(from: i32, count: i32): i32 {
  let ways = 1;
  for (let i = 0; i < count; i++) ways = (ways * (from - i)) / (i + 1);
  return count > from ? 0 : ways;
}

/** The place of a set of different ranks among those of its size, ordered by mask. */
function placeOfMask(mask: i32): i32 {
  let place = 0;
  for (let nth = 1; mask; nth++) {
    place += choose(ctz(mask), nth);
    mask &= mask - 1;
  }
  return place;
}

/** The mask as it is when this rank does not exist. */
function squeeze(mask: i32, rank: i32): i32 {
  const below = (1 << rank) - 1;
  return (mask & below) | ((mask >> 1) & ~below);
}

/** A rank set in the making: masks of the ranks that are there once, twice, … */
let once = 0;
let twice = 0;
let thrice = 0;
let four = 0;

function startSet(mask: i32): void {
  once = mask;
  twice = thrice = four = 0;
}

/** False when there is no fifth card of a rank. */
function addRank(rank: i32): bool {
  const bit = 1 << rank;
  if (four & bit) return false;
  if (thrice & bit) {
    thrice ^= bit;
    four |= bit;
  } else if (twice & bit) {
    twice ^= bit;
    thrice |= bit;
  } else if (once & bit) {
    once ^= bit;
    twice |= bit;
  } else once |= bit;
  return true;
}

/** The place of the rank set. */
function placeOfSet(): i32 {
  if (four) return QUADS + ctz(four) * 12 + ctz(squeeze(once, ctz(four)));
  if (thrice) {
    const rank = ctz(thrice);
    if (twice) return FULL_HOUSE + rank * 12 + ctz(squeeze(twice, rank));
    return TRIPS + rank * 66 + placeOfMask(squeeze(once, rank));
  }
  if (!twice) return DIFFERENT + placeOfMask(once);
  const high = 31 - clz(twice);
  if (popcnt(twice) === 1) return PAIR + high * 220 + placeOfMask(squeeze(once, high));
  const low = ctz(twice);
  return TWO_PAIRS + placeOfMask(twice) * 11 + ctz(squeeze(squeeze(once, high), low));
}

/** Writes the ranks of a mask into the slots from `slot` on. */
function putSlots(place: i32, slot: i32, mask: i32): i32 {
  while (mask) {
    const high = 31 - clz(mask);
    store<u8>(SLOTS + <usize>slot * BOARDS + <usize>place, high);
    mask ^= 1 << high;
    slot++;
  }
  return slot;
}

const KEYS: usize = memory.data(8 * 6208, 16);

/** Adds up to five cards of each rank of the mask, of the other ranks none, until there are five: all sets with these ranks. */
function putSets(mask: i32, from: i32, cards: i32): void {
  if (cards === 5) {
    const place = placeOfSet();
    let slot = putSlots(place, 0, four);
    slot = putSlots(place, slot, thrice);
    slot = putSlots(place, slot, twice);
    putSlots(place, slot, once);
    let key: i64 = 0;
    for (let rank = 0; rank < RANKS; rank++) {
      const bit = 1 << rank;
      const count =
        i32((once & bit) !== 0) +
        2 * i32((twice & bit) !== 0) +
        3 * i32((thrice & bit) !== 0) +
        4 * i32((four & bit) !== 0);
      key += count * rankKey(rank);
    }
    store<i64>(KEYS + ((<usize>place) << 3), key);
    return;
  }
  for (let rank = from; rank < RANKS; rank++) {
    if (((mask >> rank) & 1) === 0) continue;
    const was1 = once,
      was2 = twice,
      was3 = thrice,
      was4 = four;
    if (addRank(rank)) putSets(mask, rank, cards + 1);
    once = was1;
    twice = was2;
    thrice = was3;
    four = was4;
  }
}

// ── Tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────

let made = false;

/** Makes the tables at the first call, in some milliseconds. */
export function makeBoards(): void {
  if (made) return;
  made = true;
  for (let high = 0; high < RANKS; high++)
    for (let low = 0; low <= high; low++) {
      const at = PAIR_RANKS + ((<usize>rankPair(high, low)) << 1);
      store<u8>(at, high);
      store<u8>(at, low, 1);
    }
  memory.fill(SLOTS, NO_RANK, 5 * BOARDS);
  for (let mask = 1; mask <= ALL_RANKS; mask++) {
    const ranks = popcnt(mask);
    if (ranks > 5) continue;
    const at = (<usize>placeOfMask(mask)) << 1;
    if (ranks === 3) store<u16>(THREE_MASKS + at, mask);
    if (ranks === 4) store<u16>(FOUR_MASKS + at, mask);
    if (ranks === 5) store<u16>(FIVE_MASKS + at, mask);
    startSet(mask);
    putSets(mask, 0, ranks);
  }
  makeCombined();
  for (let pair = 0; pair < RANK_PAIRS; pair++) makeRows(pair);
}

function makeCombined(): void {
  for (let i: usize = 0; i < FOURS; i++)
    for (let rank = 0; rank < RANKS; rank++) {
      startSet(<i32>load<u16>(FOUR_MASKS + (i << 1)));
      addRank(rank);
      store<u16>(WITH_RANK + ((i * RANK_ROW + <usize>rank) << 1), placeOfSet());
    }
  for (let i: usize = 0; i < THREES; i++)
    for (let pair = 0; pair < RANK_PAIRS; pair++) {
      startSet(<i32>load<u16>(THREE_MASKS + (i << 1)));
      addRank(highRank(pair));
      addRank(lowRank(pair));
      store<u16>(WITH_PAIR + ((i * PAIR_ROW + <usize>pair) << 1), placeOfSet());
    }
}

function makeRows(pair: i32): void {
  const hole = rankKey(highRank(pair)) + rankKey(lowRank(pair));
  const row = strengthRow(pair);
  for (let i: usize = 0; i < BOARDS; i++)
    store<u16>(row + (i << 1), strengthOfRanks(load<i64>(KEYS + (i << 3)) + hole));
  markFull(row, fullWithRank(pair), WITH_RANK, FOURS * RANK_ROW);
  markFull(row, fullWithPair(pair), WITH_PAIR, THREES * PAIR_ROW);
}

function markFull(row: usize, marks: usize, sets: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const set = <usize>load<u16>(sets + (i << 1));
    const isFull = <i32>load<u16>(row + (set << 1)) >= WEAKEST_FULL_HOUSE;
    store<u8>(marks + i, isFull ? 255 : 0);
  }
}

// ── Weights ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How many cards of a rank are left, after the last `weigh`. */
export function leftOf(rank: i32): i32 {
  return <i32>load<u8>(WAYS + <usize>rank);
}

/** Ranks of this suit (a mask) that are left, when `used` are gone. */
export function leftOfSuit(used: i64, suit: i32): i32 {
  let ranks = 0;
  for (let rank = 0; rank < RANKS; rank++)
    if (((used >> (4 * rank + suit)) & 1) === 0) ranks |= 1 << rank;
  return ranks;
}

/** Counts the boards of each rank set, when the cards `used` are gone. */
export function weigh(used: i64): void {
  for (let rank = 0; rank < RANKS; rank++) {
    const left = MAX_SAME_RANK - <i32>popcnt<i64>((used >> (4 * rank)) & 15);
    for (let count = 1; count <= MAX_SAME_RANK; count++)
      store<u8>(WAYS + <usize>(16 * (count - 1) + rank), choose(left, count));
  }
  const one = v128.load(WAYS);
  const two = v128.load(WAYS, 16);
  const three = v128.load(WAYS, 32);
  const four = v128.load(WAYS, 48);
  const no = i8x16.splat(1);
  weighKind(DIFFERENT, PAIR, one, one, one, one, one, 5);
  weighKind(PAIR, TWO_PAIRS, two, one, one, one, no, 4);
  weighKind(TWO_PAIRS, TRIPS, two, two, one, no, no, 3);
  weighKind(TRIPS, FULL_HOUSE, three, one, one, no, no, 3);
  weighKind(FULL_HOUSE, QUADS, three, two, no, no, no, 2);
  weighKind(QUADS, <i32>BOARDS, four, one, no, no, no, 2);
}

/** The ways of the first slot times those of the second, and so on, for 16 rank sets at a time. */
function weighKind(
  from: i32,
  to: i32,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  slots: i32,
): void {
  for (let i = <usize>from; i < <usize>to; i += 16) {
    const first = multiply(slot(a, 0, i), slot(b, 1, i));
    const rest =
      slots < 3 ? c : slots === 3 ? slot(c, 2, i) : multiply(slot(c, 2, i), slot(d, 3, i));
    let low = i16x8.extmul_low_i8x16_u(first, rest);
    let high = i16x8.extmul_high_i8x16_u(first, rest);
    if (slots === 5) {
      const last = slot(e, 4, i);
      low = i16x8.mul(low, i16x8.extend_low_i8x16_u(last));
      high = i16x8.mul(high, i16x8.extend_high_i8x16_u(last));
    }
    v128.store(WEIGHTS + (i << 1), low);
    v128.store(WEIGHTS + (i << 1), high, 16);
  }
}

/** For 16 rank sets: what a row of ways has for the ranks in this slot. */
function slot(ways: v128, slot: i32, at: usize): v128 {
  return i8x16.swizzle(ways, v128.load(SLOTS + <usize>slot * BOARDS + at));
}

/** Products of 16 bytes; none of them exceeds 255. */
function multiply(a: v128, b: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.extmul_low_i8x16_u(a, b), i16x8.extmul_high_i8x16_u(a, b));
}

// ── Cards of other suits ────────────────────────────────────────────────────────────────────────────────────────────

/** u8: how many cards of each rank, or pairs of cards of each pair of ranks, are left that are not of the suit at hand. */
export const OTHERS: usize = memory.data(16, 16);
export const OTHER_PAIRS: usize = memory.data(96, 16);

/** Fills OTHERS for a suit of which the ranks `left` are left, after `weigh`; says how many cards they are. */
export function countOthers(left: i32): i32 {
  let count = 0;
  for (let rank = 0; rank < RANKS; rank++) {
    const others = leftOf(rank) - ((left >> rank) & 1);
    store<u8>(OTHERS + <usize>rank, others);
    count += others;
  }
  return count;
}

/** Fills OTHER_PAIRS from OTHERS; says how many pairs of cards they are. */
export function countOtherPairs(): i32 {
  let count = 0;
  for (let pair = 0; pair < RANK_PAIRS; pair++) {
    const high = <i32>load<u8>(OTHERS + <usize>highRank(pair));
    const low = <i32>load<u8>(OTHERS + <usize>lowRank(pair));
    const pairs = highRank(pair) === lowRank(pair) ? (high * (high - 1)) >> 1 : high * low;
    store<u8>(OTHER_PAIRS + <usize>pair, pairs);
    count += pairs;
  }
  return count;
}
