/**
 * Three ranges on a run-out, exactly.
 *
 * As with two (`twoRanges.ts`), hands are walked through in the order of strength, with what is weaker kept up to date. A hand
 * `h` of one player beats every pair `(p, q)` of weaker hands of the other two in which no card is there twice. Let P and Q be
 * the weights of the weaker hands that avoid the cards of `h`, and P(c), Q(c) the parts of them that have the card `c`. Then
 *
 *     pairs = P·Q − Σ P(c)·Q(c) + Σ p·q over hands that both players can have
 *
 * for a pair with one card in common is taken off once, and a pair of the same two cards twice. P(c) without the cards of `h`
 * is what all hands with `c` weigh, less the two hands of `c` and a card of `h`: a row of a matrix less two others. So the sum
 * over 52 cards is seven vector steps, and no hand of `p` or `q` is looked at.
 *
 * Weights are whole numbers up to 250 (`equity/rangesOnBoard.ts` sees to it). A card is in at most 46 hands of a run-out, so
 * a sum over hands fits 16 bits, and the 14 products of such sums that a lane adds up fit 32.
 */
import { Hand, live, readRanges, sortedHand, sortedStrength, sortHands } from "./ranges";

const PLAYERS = 3;

/** The hands of one player that are weaker than those at hand, or equal to them. Rows have 56 lanes of i16 for 52 cards. */
const ROW: usize = 2 * 56;
/** i16[52][56]: the weight of the hand with these two cards. */
const MATRIX_SIZE: usize = 52 * 112;
const BY_CARD: usize = MATRIX_SIZE;
const TOTAL: usize = BY_CARD + ROW;
const SIDE_SIZE: usize = TOTAL + 16;
const WEAKER: usize = memory.data(3 * (52 * 112 + 112 + 16), 16);
const EQUAL: usize = memory.data(3 * (52 * 112 + 112 + 16), 16);

/** Σ p·q over hands that two players both can have, i32: with each card, and in all. By the player who is left out. */
const SAME_TOTAL: usize = 4 * 52;
const SAME_SIZE: usize = SAME_TOTAL + 16;
const SAME_WEAKER: usize = memory.data(3 * (4 * 52 + 16), 16);
const SAME_EQUAL: usize = memory.data(3 * (4 * 52 + 16), 16);

/** f64[3][3]: the weights of deals that a player wins alone, with one other, with both. */
export const THREE_RANGES: usize = memory.data(9 * 8, 16);

export function startThreeRanges(): void {
  memory.fill(THREE_RANGES, 0, 9 * 8);
  memory.fill(EQUAL, 0, <usize>PLAYERS * SIDE_SIZE);
  memory.fill(SAME_EQUAL, 0, <usize>PLAYERS * SAME_SIZE);
  readRanges(PLAYERS);
}

function unitsOf(hand: Hand, player: i32): i32 {
  return <i32>(player === 0 ? hand.weight0 : player === 1 ? hand.weight1 : hand.weight2);
}

function side(sides: usize, player: i32): usize {
  return sides + <usize>player * SIDE_SIZE;
}
function cell(side: usize, a: i32, b: i32): usize {
  return side + <usize>a * ROW + ((<usize>b) << 1);
}
function byCard(side: usize, card: i32): i32 {
  return <i32>load<i16>(side + BY_CARD + ((<usize>card) << 1));
}
function totalOf(side: usize): i32 {
  return load<i32>(side + TOTAL);
}
function same(sames: usize, leftOut: i32): usize {
  return sames + <usize>leftOut * SAME_SIZE;
}

function add16(at: usize, units: i32): void {
  store<i16>(at, <i16>(<i32>load<i16>(at) + units));
}
function add32(at: usize, units: i32): void {
  store<i32>(at, load<i32>(at) + units);
}

/** Adds a hand to one side of each player, or takes it off with `sign` -1. */
function addHand(sides: usize, sames: usize, hand: Hand, sign: i32): void {
  for (let player = 0; player < PLAYERS; player++) {
    const units = sign * unitsOf(hand, player);
    if (units === 0) continue;
    const one = side(sides, player);
    add16(cell(one, hand.high, hand.low), units);
    add16(cell(one, hand.low, hand.high), units);
    add16(one + BY_CARD + ((<usize>hand.high) << 1), units);
    add16(one + BY_CARD + ((<usize>hand.low) << 1), units);
    add32(one + TOTAL, units);
  }
  addSame(sames, 0, hand, sign * unitsOf(hand, 1) * unitsOf(hand, 2));
  addSame(sames, 1, hand, sign * unitsOf(hand, 0) * unitsOf(hand, 2));
  addSame(sames, 2, hand, sign * unitsOf(hand, 0) * unitsOf(hand, 1));
}

function addSame(sames: usize, leftOut: i32, hand: Hand, units: i32): void {
  if (units === 0) return;
  const both = same(sames, leftOut);
  add32(both + ((<usize>hand.high) << 2), units);
  add32(both + ((<usize>hand.low) << 2), units);
  add32(both + SAME_TOTAL, units);
}

/** Of the hands that both others can have, those without the cards of `hand`; `itself` is what `hand` adds to them. */
function sameWithout(both: usize, hand: Hand, itself: i32): i32 {
  const high = load<i32>(both + ((<usize>hand.high) << 2));
  const low = load<i32>(both + ((<usize>hand.low) << 2));
  return load<i32>(both + SAME_TOTAL) - high - low + itself;
}

/** The weight of pairs of a hand of side `p` with one of side `q`, without the cards of `hand` and with none in common. */
function pairs(p: usize, q: usize, hand: Hand, same: i32): i64 {
  const a = hand.high;
  const b = hand.low;
  const pBoth = <i32>load<i16>(cell(p, a, b));
  const qBoth = <i32>load<i16>(cell(q, a, b));
  const pa = byCard(p, a);
  const pb = byCard(p, b);
  const qa = byCard(q, a);
  const qb = byCard(q, b);
  const weightP = totalOf(p) - pa - pb + pBoth;
  const weightQ = totalOf(q) - qa - qb + qBoth;
  if (weightP === 0 || weightQ === 0) return 0;
  // The sum goes over all 52 cards; what it has for the cards of the hand itself is taken off again.
  const overlap =
    sumOfProducts(p, q, a, b) -
    <i64>(pa - pBoth) * <i64>(qa - qBoth) -
    <i64>(pb - pBoth) * <i64>(qb - qBoth);
  return <i64>weightP * <i64>weightQ - overlap + <i64>same;
}

/** Σ P(c)·Q(c), where the hands with a card `a` or `b` do not count. */
function sumOfProducts(p: usize, q: usize, a: i32, b: i32): i64 {
  const pRowA = p + <usize>a * ROW;
  const pRowB = p + <usize>b * ROW;
  const qRowA = q + <usize>a * ROW;
  const qRowB = q + <usize>b * ROW;
  let sums = i32x4.splat(0);
  for (let at: usize = 0; at < ROW; at += 16) {
    const ofP = i16x8.sub(
      i16x8.sub(v128.load(p + BY_CARD + at), v128.load(pRowA + at)),
      v128.load(pRowB + at),
    );
    const ofQ = i16x8.sub(
      i16x8.sub(v128.load(q + BY_CARD + at), v128.load(qRowA + at)),
      v128.load(qRowB + at),
    );
    sums = i32x4.add(sums, i32x4.dot_i16x8_s(ofP, ofQ));
  }
  return (
    <i64>i32x4.extract_lane(sums, 0) +
    <i64>i32x4.extract_lane(sums, 1) +
    <i64>i32x4.extract_lane(sums, 2) +
    <i64>i32x4.extract_lane(sums, 3)
  );
}

function addTo(player: i32, others: i32, weight: f64): void {
  const at = THREE_RANGES + ((<usize>(PLAYERS * player + others)) << 3);
  store<f64>(at, load<f64>(at) + weight);
}

/** Adds what `player` wins with this hand, the hands at hand being equal to it; `p` and `q` are the others. */
function addPlayer(player: i32, p: i32, q: i32, hand: Hand): void {
  const units = unitsOf(hand, player);
  if (units === 0) return;
  const weakerP = side(WEAKER, p);
  const weakerQ = side(WEAKER, q);
  const equalP = side(EQUAL, p);
  const equalQ = side(EQUAL, q);
  const wins = pairs(weakerP, weakerQ, hand, sameWithout(same(SAME_WEAKER, player), hand, 0));
  addTo(player, 0, <f64>units * <f64>wins);
  // A pair of a weaker hand and an equal one is never the same hand.
  const sharedWithP = totalOf(equalP) === 0 ? 0 : pairs(equalP, weakerQ, hand, 0);
  const sharedWithQ = totalOf(equalQ) === 0 ? 0 : pairs(weakerP, equalQ, hand, 0);
  addTo(player, 1, <f64>units * <f64>(sharedWithP + sharedWithQ));
  if (totalOf(equalP) === 0 || totalOf(equalQ) === 0) return;
  const itself = unitsOf(hand, p) * unitsOf(hand, q);
  const sharedByAll = pairs(
    equalP,
    equalQ,
    hand,
    sameWithout(same(SAME_EQUAL, player), hand, itself),
  );
  addTo(player, 2, <f64>units * <f64>sharedByAll);
}

/** Adds what happens on these five board cards. */
export function addThreeRanges(a: usize, b: usize, c: usize, d: usize, e: usize): void {
  sortHands(a, b, c, d, e);
  memory.fill(WEAKER, 0, <usize>PLAYERS * SIDE_SIZE);
  memory.fill(SAME_WEAKER, 0, <usize>PLAYERS * SAME_SIZE);
  for (let from = 0; from < live;) {
    const strong = sortedStrength(from);
    let to = from;
    for (; to < live && sortedStrength(to) === strong; to++)
      addHand(EQUAL, SAME_EQUAL, sortedHand(to), 1);
    for (let i = from; i < to; i++) {
      const hand = sortedHand(i);
      addPlayer(0, 1, 2, hand);
      addPlayer(1, 0, 2, hand);
      addPlayer(2, 0, 1, hand);
    }
    for (let i = from; i < to; i++) {
      const hand = sortedHand(i);
      addHand(EQUAL, SAME_EQUAL, hand, -1);
      addHand(WEAKER, SAME_WEAKER, hand, 1);
    }
    from = to;
  }
}
