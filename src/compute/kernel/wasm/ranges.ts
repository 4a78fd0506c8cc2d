/**
 * The hands of two or three ranges that are possible on a board, and their order of strength on a run-out.
 *
 * A hand that several ranges have is there once, with a weight for each. On each run-out the hands without its cards are
 * sorted by strength (two passes of seven bits), so that one walk from the weakest to the strongest sees, for each hand, all
 * that it beats.
 */
import { bitOf, card, DECK_SIZE, NO_CARDS, strength } from "./evaluate";

/** f64[3][1326]: the weights of the ranges, by combination, 0 for a hand that cannot be. JavaScript writes them. */
export const WEIGHTS: usize = memory.data(3 * 1326 * 8, 16);
const RANGE_SIZE: usize = 1326 * 8;

@unmanaged
export class Hand {
  key: i64;
  mask: i64;
  /** The bits of its two cards. */
  cards: i64;
  weight0: f64;
  weight1: f64;
  weight2: f64;
  high: i32;
  low: i32;
}
const HAND_SIZE: usize = 56;
const HANDS: usize = memory.data(1326 * 56, 16);

/** u32, the strength in the higher half, the hand's place in HANDS in the lower; the second is for sorting. */
const SORTED: usize = memory.data(4 * 1326, 16);
const HALF_SORTED: usize = memory.data(4 * 1326, 16);
const DIGIT_BITS = 7;
const DIGITS: usize = 128;
const DIGIT_MASK: u32 = 127;
const LOW_DIGITS: usize = memory.data(4 * 128, 16);
const HIGH_DIGITS: usize = memory.data(4 * 128, 16);
const STRENGTH_SHIFT = 16;

let hands = 0;
/** Hands that the run-out at hand leaves. */
export let live = 0;

function handAt(index: usize): Hand {
  return changetype<Hand>(HANDS + index * HAND_SIZE);
}

function entry(place: i32): u32 {
  return load<u32>(SORTED + ((<usize>place) << 2));
}

/** The hand at a place in the order of strength, and its strength. */
export function sortedHand(place: i32): Hand {
  return handAt(<usize>(entry(place) & 0xffff));
}
export function sortedStrength(place: i32): u32 {
  return entry(place) >>> STRENGTH_SHIFT;
}

function weightOf(range: usize, combination: usize): f64 {
  return load<f64>(WEIGHTS + range * RANGE_SIZE + (combination << 3));
}

/** Reads the weights of `ranges` ranges: hands with one above 0 are those to be sorted. */
export function readRanges(ranges: i32): void {
  hands = 0;
  let combination: usize = 0;
  for (let high = 1; high < <i32>DECK_SIZE; high++)
    for (let low = 0; low < high; low++, combination++) {
      const weight0 = weightOf(0, combination);
      const weight1 = weightOf(1, combination);
      const weight2 = ranges > 2 ? weightOf(2, combination) : 0;
      if (weight0 === 0 && weight1 === 0 && weight2 === 0) continue;
      const hand = handAt(<usize>hands);
      hands++;
      const one = card(<usize>high);
      const other = card(<usize>low);
      hand.key = one.key + other.key;
      hand.mask = one.mask + other.mask;
      hand.cards = bitOf(<usize>high) | bitOf(<usize>low);
      hand.weight0 = weight0;
      hand.weight1 = weight1;
      hand.weight2 = weight2;
      hand.high = high;
      hand.low = low;
    }
}

/** Evaluates and sorts the hands on five board cards. */
export function sortHands(a: usize, b: usize, c: usize, d: usize, e: usize): void {
  const key = NO_CARDS + card(a).key + card(b).key + card(c).key + card(d).key + card(e).key;
  const mask = card(a).mask + card(b).mask + card(c).mask + card(d).mask + card(e).mask;
  const board = bitOf(a) | bitOf(b) | bitOf(c) | bitOf(d) | bitOf(e);
  memory.fill(LOW_DIGITS, 0, 4 * DIGITS);
  memory.fill(HIGH_DIGITS, 0, 4 * DIGITS);
  live = 0;
  for (let i: usize = 0; i < <usize>hands; i++) {
    const hand = handAt(i);
    if (hand.cards & board) continue;
    const strong = <u32>strength(key + hand.key, mask + hand.mask);
    store<u32>(SORTED + ((<usize>live) << 2), (strong << STRENGTH_SHIFT) | <u32>i);
    live++;
    countDigit(LOW_DIGITS, strong & DIGIT_MASK);
    countDigit(HIGH_DIGITS, strong >>> DIGIT_BITS);
  }
  distribute(SORTED, HALF_SORTED, LOW_DIGITS, STRENGTH_SHIFT);
  distribute(HALF_SORTED, SORTED, HIGH_DIGITS, STRENGTH_SHIFT + DIGIT_BITS);
}

function countDigit(digits: usize, digit: u32): void {
  const at = digits + ((<usize>digit) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** One pass of the sort: by the seven bits from `shift` on. */
function distribute(from: usize, to: usize, digits: usize, shift: u32): void {
  let start: u32 = 0;
  for (let digit: usize = 0; digit < DIGITS; digit++) {
    const at = digits + (digit << 2);
    const count = load<u32>(at);
    store<u32>(at, start);
    start += count;
  }
  for (let i = 0; i < live; i++) {
    const one = load<u32>(from + ((<usize>i) << 2));
    const at = digits + ((<usize>((one >>> shift) & DIGIT_MASK)) << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u32>(to + ((<usize>place) << 2), one);
  }
}
