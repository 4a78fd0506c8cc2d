/**
 * Two ranges on a run-out, exactly.
 *
 * For a hand of the first range: which weight of the second range does it beat? All of it that is weaker, without the hands
 * that share a card with it. So, walking up the order of strength, it is enough to keep the weight seen so far and, for each
 * card, the part of it that has this card: `seen - seen with one card - seen with the other`. Both cards together has only the
 * same hand, which is neither weaker nor stronger than itself. A walk costs as much as the hands of the two ranges added, not
 * multiplied.
 */
import { live, readRanges, sortedHand, sortedStrength, sortHands } from "./ranges";

/** f64[52]: weight of the second range with this card, that is weaker than the hands at hand, or equal to them. */
const WEAKER: usize = memory.data(8 * 52, 16);
const EQUAL: usize = memory.data(8 * 52, 16);

/** f64: weights of pairs of hands of which the first wins, which tie, and all. */
export const TWO_RANGES: usize = memory.data(3 * 8, 16);

export function startTwoRanges(): void {
  memory.fill(TWO_RANGES, 0, 3 * 8);
  readRanges(2);
}

function partOf(cards: usize, card: i32): f64 {
  return load<f64>(cards + ((<usize>card) << 3));
}
function put(cards: usize, card: i32, weight: f64): void {
  store<f64>(cards + ((<usize>card) << 3), weight);
}
function addTo(at: usize, weight: f64): void {
  store<f64>(TWO_RANGES + at, load<f64>(TWO_RANGES + at) + weight);
}

/** Adds what happens on these five board cards. */
export function addTwoRanges(a: usize, b: usize, c: usize, d: usize, e: usize): void {
  sortHands(a, b, c, d, e);
  memory.fill(WEAKER, 0, 8 * 52);
  memory.fill(EQUAL, 0, 8 * 52);
  let weaker: f64 = 0;
  let wins: f64 = 0;
  let ties: f64 = 0;
  for (let from = 0; from < live;) {
    const strong = sortedStrength(from);
    let equal: f64 = 0;
    let to = from;
    for (; to < live && sortedStrength(to) === strong; to++) {
      const hand = sortedHand(to);
      const weight = hand.weight1;
      if (weight === 0) continue;
      equal += weight;
      put(EQUAL, hand.high, partOf(EQUAL, hand.high) + weight);
      put(EQUAL, hand.low, partOf(EQUAL, hand.low) + weight);
    }
    for (let i = from; i < to; i++) {
      const hand = sortedHand(i);
      const weight = hand.weight0;
      if (weight === 0) continue;
      wins += weight * (weaker - partOf(WEAKER, hand.high) - partOf(WEAKER, hand.low));
      if (equal !== 0)
        ties +=
          weight * (equal - partOf(EQUAL, hand.high) - partOf(EQUAL, hand.low) + hand.weight1);
    }
    if (equal !== 0)
      for (let i = from; i < to; i++) {
        const hand = sortedHand(i);
        const weight = hand.weight1;
        if (weight === 0) continue;
        put(WEAKER, hand.high, partOf(WEAKER, hand.high) + weight);
        put(WEAKER, hand.low, partOf(WEAKER, hand.low) + weight);
        put(EQUAL, hand.high, 0);
        put(EQUAL, hand.low, 0);
      }
    weaker += equal;
    from = to;
  }
  // Now all hands have been seen.
  let all: f64 = 0;
  for (let i = 0; i < live; i++) {
    const hand = sortedHand(i);
    if (hand.weight0 === 0) continue;
    const others = weaker - partOf(WEAKER, hand.high) - partOf(WEAKER, hand.low) + hand.weight1;
    all += hand.weight0 * others;
  }
  addTo(0, wins);
  addTo(8, ties);
  addTo(16, all);
}
