/** Single hands by the thousand: from cards to holdings to strengths, and every hand of a deck. */
import { card, CARDS, DECK_SIZE, HOLDING_SIZE, holdingAt, NO_CARDS, strength } from "./evaluate";

/** The most hands of one call. */
export const BATCH = 8192;
const CARDS_OF_HAND: usize = 7;
/** u8[BATCH][7]: seven cards of each hand; the hands as holdings; u16: their strengths. */
export const HAND_CARDS: usize = memory.data(8192 * 7, 16);
const HANDS: usize = memory.data(8192 * 16, 16);
export const HAND_STRENGTHS: usize = memory.data(8192 * 2, 16);
/** u32: how many hands of a deck have each strength. */
export const HISTOGRAM: usize = memory.data(4 * 7463, 16);

/** Adds up the cards of `count` hands. */
export function gatherHands(count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    let key = NO_CARDS;
    let mask: i64 = 0;
    const cards = HAND_CARDS + i * CARDS_OF_HAND;
    for (let nth: usize = 0; nth < CARDS_OF_HAND; nth++) {
      const one = card(<usize>load<u8>(cards + nth));
      key += one.key;
      mask += one.mask;
    }
    const hand = holdingAt(HANDS + i * HOLDING_SIZE);
    hand.key = key;
    hand.mask = mask;
  }
}

/** Looks up the strengths of `count` gathered hands. */
export function rankHands(count: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    const hand = holdingAt(HANDS + i * HOLDING_SIZE);
    store<u16>(HAND_STRENGTHS + (i << 1), strength(hand.key, hand.mask));
  }
}

/** Evaluates all 133,784,560 hands of seven cards that have `first` as their first card; 0 to 45 make up all. */
export function countHands(first: i32): void {
  if (first === 0) memory.fill(HISTOGRAM, 0, 4 * 7463);
  const end = CARDS + DECK_SIZE * HOLDING_SIZE;
  const a = card(<usize>first);
  for (let b = changetype<usize>(a) + HOLDING_SIZE; b < end; b += HOLDING_SIZE) {
    const key2 = NO_CARDS + a.key + holdingAt(b).key;
    const mask2 = a.mask + holdingAt(b).mask;
    for (let c = b + HOLDING_SIZE; c < end; c += HOLDING_SIZE) {
      const key3 = key2 + holdingAt(c).key;
      const mask3 = mask2 + holdingAt(c).mask;
      for (let d = c + HOLDING_SIZE; d < end; d += HOLDING_SIZE)
        countLastThree(d + HOLDING_SIZE, end, key3 + holdingAt(d).key, mask3 + holdingAt(d).mask);
    }
  }
}

function countLastThree(from: usize, end: usize, key4: i64, mask4: i64): void {
  for (let e = from; e < end; e += HOLDING_SIZE) {
    const key5 = key4 + holdingAt(e).key;
    const mask5 = mask4 + holdingAt(e).mask;
    for (let f = e + HOLDING_SIZE; f < end; f += HOLDING_SIZE) {
      const key6 = key5 + holdingAt(f).key;
      const mask6 = mask5 + holdingAt(f).mask;
      for (let g = f + HOLDING_SIZE; g < end; g += HOLDING_SIZE) {
        const strong = strength(key6 + holdingAt(g).key, mask6 + holdingAt(g).mask);
        const at = HISTOGRAM + ((<usize>strong) << 2);
        store<u32>(at, load<u32>(at) + 1);
      }
    }
  }
}
