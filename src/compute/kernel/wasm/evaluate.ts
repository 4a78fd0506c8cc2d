/**
 * The strength of seven cards: 1 to 7,462, as `src/compute/evaluator/tables.ts` explains, whose tables are copied here at the
 * start.
 *
 * Cards, holes and boards are all the same: a holding, two 64-bit numbers that are added up.
 *
 *   key   bits  0 to 15  sum of the keys of ranks 2 to 7, in bytes: the place in LOW
 *         bits 16 to 47  sum of the keys of ranks 8 to A, in bytes: the place in HIGH
 *         bits 48 to 63  four counters of suits; three each is where counting begins, so the fifth card sets the top bit
 *   mask  four masks of ranks, sixteen bits a suit
 *
 * So the strength of a player on a board is two additions, a test for a flush and three loads.
 */

const LOWER_RANKS = 6;
export const LOW: usize = memory.data(2 * 10552, 16);
export const HIGH: usize = memory.data(2 * 43718, 16);
export const STRENGTHS: usize = memory.data(2 * 49205, 16);
/** By the mask of the ranks of a suit. */
export const FLUSHES: usize = memory.data(2 * 8192, 16);
/** The key of each of the 13 ranks, as JavaScript has them: u32. */
export const RANK_KEYS: usize = memory.data(4 * 13, 16);

export const DECK_SIZE: usize = 52;
const KEY_OF_HIGHER_RANKS: i64 = 16;
const KEY_OF_SUITS: i64 = 48;
/** What every board begins with. */
export const NO_CARDS: i64 = 0x3333_0000_0000_0000;
const FIVE_OF_A_SUIT: i64 = 0x8888_0000_0000_0000;
/** The bit that the fifth spade sets. */
const FIVE_SPADES = 51;
const RANKS_OF_A_SUIT: i64 = 0x1fff;

/** The weakest full house, the weakest straight flush. Nothing between a flush and these beats a flush. */
export const WEAKEST_FULL_HOUSE = 7141;
export const WEAKEST_STRAIGHT_FLUSH = 7453;

@unmanaged
export class Holding {
  key: i64;
  mask: i64;
}
export const HOLDING_SIZE: usize = 16;
export const CARDS: usize = memory.data(52 * 16, 16);

export function holdingAt(address: usize): Holding {
  return changetype<Holding>(address);
}

/** The holding that is this card and nothing else. */
export function card(index: usize): Holding {
  return holdingAt(CARDS + index * HOLDING_SIZE);
}

export function bitOf(index: usize): i64 {
  return (<i64>1) << (<i64>index);
}

/** What a card of this rank adds to a key, its suit apart. */
export function rankKey(rank: i32): i64 {
  const bytes = 2 * <i64>load<u32>(RANK_KEYS + ((<usize>rank) << 2));
  return rank < LOWER_RANKS ? bytes : bytes << KEY_OF_HIGHER_RANKS;
}

/** Once the tables have been copied. */
export function makeCards(): void {
  for (let index: usize = 0; index < DECK_SIZE; index++) {
    const rank = <i32>index >> 2;
    const suit = <i32>index & 3;
    const one = card(index);
    one.key = rankKey(rank) + ((<i64>1) << (KEY_OF_SUITS + 4 * <i64>suit));
    one.mask = (<i64>1) << (16 * <i64>suit + <i64>rank);
  }
}

/** Without regard to suits. */
export function strengthOfRanks(key: i64): i32 {
  const high = <usize>load<u16>(HIGH + <usize>(<u32>(key >>> KEY_OF_HIGHER_RANKS)));
  const low = <usize>load<u16>(LOW + <usize>(<u32>key & 0xffff));
  return <i32>load<u16>(STRENGTHS + ((high + low) << 1));
}

/** Of at least five ranks of one suit; 0 of fewer. */
export function strengthOfFlush(ranks: i32): i32 {
  return <i32>load<u16>(FLUSHES + ((<usize>ranks) << 1));
}

/** No two suits have five of seven cards, and no full house goes with a flush: so a flush is all that there is. */
export function strength(key: i64, mask: i64): i32 {
  const flush = key & FIVE_OF_A_SUIT;
  if (flush === 0) return strengthOfRanks(key & 0xffff_ffff_ffff);
  const suit = (ctz<i64>(flush) - FIVE_SPADES) >> 2;
  return strengthOfFlush(<i32>((mask >>> (suit << 4)) & RANKS_OF_A_SUIT));
}
