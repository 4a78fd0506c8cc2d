/**
 * Monte Carlo: deals at random, and counts who wins.
 *
 * Players come in three groups: those whose cards are known, those with a range, those with any two cards. Players with any
 * two cards need no care, for whatever the others hold, as many hands are left to them: they are dealt from the rest of the
 * deck. Hands of ranges are drawn in one of two ways.
 *
 * - `deal`: independently of each other, and the whole draw is thrown away when a card is there twice. So each possible set of
 *   hands has the probability that its weights ask for, and each deal counts as one, in WINNERS. Nothing is cheaper, while
 *   ranges leave each other room.
 * - `dealWeighted`: one after the other, each from those of its hands that the players before have left. Where ranges are
 *   narrow and alike, hardly a draw is lost so; but a set of hands is drawn with a probability of its own: the product, over
 *   the players, of its hand's weight by what was left to choose from. So the deal counts as that product of what was left
 *   (as parts of the ranges, at most 1). Probability times count is then the product of the hands' weights, as it ought to
 *   be, and all sums are right on average: those of the counts in SUMS, and those of their squares in SQUARES, which tell
 *   how far the sums may be off. A draw that leaves somebody nothing counts 0.
 *
 * Ranges may leave each other next to nothing, so a chunk is a number of deals and a number of draws, whichever is reached
 * first: its time is bounded. The deals that come of it are as good as any.
 */
import {
  bitOf,
  card,
  DECK_SIZE,
  Holding,
  HOLDING_SIZE,
  holdingAt,
  NO_CARDS,
  strength,
} from "./evaluate";
import { random } from "./random";
import { BOARD_CARDS, HOLE_CARDS } from "./showdown";
import { addWinners, clearWinners } from "./winners";

/**
 * The hands of a range for drawing by Walker's alias method: one is drawn evenly, and is taken with its probability `keep` or
 * else gives way to its alias. JavaScript writes the cards, `keep` in 2^-32, and the alias. For `dealWeighted`, `keep` is the
 * hand's weight, a whole number, and there is no alias.
 */
@unmanaged
class Choice {
  key: i64;
  mask: i64;
  cards: i64;
  keep: u32;
  alias: u16;
  high: u8;
  low: u8;
}
export const CHOICE_SIZE: usize = 32;
const RANGE_SIZE: usize = 1326 * 32;
export const CHOICES: usize = memory.data(9 * 1326 * 32, 16);
/** u32: the number of hands of each range. */
export const CHOICE_COUNTS: usize = memory.data(4 * 9, 16);

/** u32: for each hand of the range that is drawn from, the weight of those up to it that are left. */
const LEFT: usize = memory.data(4 * 1326, 16);
/** f64: the weight of all hands of each range. */
const RANGE_WEIGHTS: usize = memory.data(8 * 9, 16);
/** f64 for each set of players, as WINNERS: sums of the deals' counts, and of their squares. */
export const SUMS: usize = memory.data(8 * 512, 16);
export const SQUARES: usize = memory.data(8 * 512, 16);

/** The cards of a deal that are not known, as holdings. */
const DECK: usize = memory.data(52 * 16, 16);
/** The cards in DECK: u8. */
const DECK_CARDS: usize = memory.data(52, 16);
/** What each player holds. */
const HOLES: usize = memory.data(9 * 16, 16);

/**
 * Several small random numbers come from one draw of 64 bits: its upper 58, as a fraction, times the number of possibilities
 * is a number and a fraction again. Five cards leave 30 bits of fraction, so no card is likelier than another by more than
 * a part in 2^30.
 */
const FRACTION_BITS: u64 = 58;
const FRACTION_MASK: u64 = ((<u64>1) << 58) - 1;
const CARDS_PER_DRAW = 5;

let knownKey: i64 = 0;
let knownMask: i64 = 0;
let used: i64 = 0;
let deckSize = 0;

function choiceAt(range: i32, index: u32): Choice {
  return changetype<Choice>(CHOICES + <usize>range * RANGE_SIZE + <usize>index * CHOICE_SIZE);
}
function hole(player: i32): Holding {
  return holdingAt(HOLES + <usize>player * HOLDING_SIZE);
}

function setHole(player: i32, key: i64, mask: i64): void {
  const holding = hole(player);
  holding.key = key;
  holding.mask = mask;
}

/**
 * Deals to `known + ranges + anyTwo` players until `deals` deals are counted or `draws` draws of hands are spent, whichever
 * comes first. Of the board `boardCards` are known; `dead` cards are nowhere. Says how many deals there were.
 */
export function deal(
  known: i32,
  ranges: i32,
  anyTwo: i32,
  boardCards: i32,
  dead: i64,
  deals: i32,
  draws: i32,
): i32 {
  clearWinners(known + ranges + anyTwo);
  prepare(known, ranges, boardCards, dead);
  if (ranges === 0) {
    dealFromDeck(known, anyTwo, 5 - boardCards, deals);
    return deals;
  }
  return dealRanges(known, ranges, anyTwo, 5 - boardCards, deals, draws);
}

/** The same with counts, in SUMS and SQUARES. Says how many deals there were that count. */
export function dealWeighted(
  known: i32,
  ranges: i32,
  anyTwo: i32,
  boardCards: i32,
  dead: i64,
  deals: i32,
  draws: i32,
): i32 {
  const players = known + ranges + anyTwo;
  memory.fill(SUMS, 0, (<usize>8) << players);
  memory.fill(SQUARES, 0, (<usize>8) << players);
  prepare(known, ranges, boardCards, dead);
  for (let range = 0; range < ranges; range++) weighRange(range);
  let counted = 0;
  fractionsLeft = 0;
  for (let draw = 0; draw < draws && counted < deals; draw++) {
    const count = drawHandsInTurn(known, ranges);
    if (count === 0) continue;
    counted++;
    const at = (<usize>dealTheRest(known + ranges, players, 5 - boardCards)) << 3;
    store<f64>(SUMS + at, load<f64>(SUMS + at) + count);
    store<f64>(SQUARES + at, load<f64>(SQUARES + at) + count * count);
  }
  return counted;
}

/** What is the same in all deals of a chunk. */
function prepare(known: i32, ranges: i32, boardCards: i32, dead: i64): void {
  knownKey = NO_CARDS;
  knownMask = 0;
  used = dead;
  for (let i = 0; i < boardCards; i++) {
    const index = <usize>load<u8>(BOARD_CARDS + <usize>i);
    used |= bitOf(index);
    knownKey += card(index).key;
    knownMask += card(index).mask;
  }
  for (let player = 0; player < known; player++) {
    const one = <usize>load<u8>(HOLE_CARDS + ((<usize>player) << 1));
    const other = <usize>load<u8>(HOLE_CARDS + ((<usize>player) << 1), 1);
    used |= bitOf(one) | bitOf(other);
    setHole(player, card(one).key + card(other).key, card(one).mask + card(other).mask);
  }
  makeDeck();
  for (let range = 0; range < ranges; range++) makeChoices(range);
}

function makeDeck(): void {
  deckSize = 0;
  for (let index: usize = 0; index < DECK_SIZE; index++) {
    if (used & bitOf(index)) continue;
    v128.store(DECK + <usize>deckSize * HOLDING_SIZE, v128.load(changetype<usize>(card(index))));
    store<u8>(DECK_CARDS + <usize>deckSize, <u8>index);
    deckSize++;
  }
}

function makeChoices(range: i32): void {
  const count = load<u32>(CHOICE_COUNTS + ((<usize>range) << 2));
  for (let i: u32 = 0; i < count; i++) {
    const choice = choiceAt(range, i);
    const one = card(<usize>choice.high);
    const other = card(<usize>choice.low);
    choice.key = one.key + other.key;
    choice.mask = one.mask + other.mask;
    choice.cards = bitOf(<usize>choice.high) | bitOf(<usize>choice.low);
  }
}

/** Who has the best hand on this board. */
function winnersOf(players: i32, key: i64, mask: i64): i32 {
  let best = 0;
  let winners = 0;
  let bit = 1;
  const end = HOLES + <usize>players * HOLDING_SIZE;
  for (let at = HOLES; at < end; at += HOLDING_SIZE) {
    const strong = strength(key + holdingAt(at).key, mask + holdingAt(at).mask);
    winners = strong > best ? bit : winners | select<i32>(bit, 0, strong === best);
    best = max(best, strong);
    bit <<= 1;
  }
  return winners;
}

/** Nobody has a range: the deck's first cards are shuffled (Fisher and Yates) and dealt, the board first. */
function dealFromDeck(known: i32, anyTwo: i32, boardCards: i32, deals: i32): void {
  const players = known + anyTwo;
  const boardEnd = DECK + <usize>boardCards * HOLDING_SIZE;
  const end = boardEnd + <usize>(2 * anyTwo) * HOLDING_SIZE;
  const board = i64x2(knownKey, knownMask);
  for (let i = 0; i < deals; i++) {
    let fraction: u64 = 0;
    let left = 0;
    let rest = <u64>deckSize;
    for (let at = DECK; at < end; at += HOLDING_SIZE) {
      if (left === 0) {
        fraction = random() >>> 6;
        left = CARDS_PER_DRAW;
      }
      left--;
      fraction = (fraction & FRACTION_MASK) * rest;
      rest--;
      const other = at + <usize>(fraction >>> FRACTION_BITS) * HOLDING_SIZE;
      const swapped = v128.load(at);
      v128.store(at, v128.load(other));
      v128.store(other, swapped);
    }
    let sum = board;
    for (let at = DECK; at < boardEnd; at += HOLDING_SIZE) sum = i64x2.add(sum, v128.load(at));
    let to = HOLES + <usize>known * HOLDING_SIZE;
    for (let at = boardEnd; at < end; at += 2 * HOLDING_SIZE) {
      v128.store(to, i64x2.add(v128.load(at), v128.load(at, 16)));
      to += HOLDING_SIZE;
    }
    addWinners(winnersOf(players, i64x2.extract_lane(sum, 0), i64x2.extract_lane(sum, 1)), 1);
  }
}

let drawn: i64 = 0;

/** One hand for each range; false when two of them share a card. */
function drawHands(known: i32, ranges: i32): bool {
  drawn = used;
  for (let range = 0; range < ranges; range++) {
    const bits = random();
    const count = <u64>load<u32>(CHOICE_COUNTS + ((<usize>range) << 2));
    let choice = choiceAt(range, <u32>(((bits >>> 32) * count) >>> 32));
    if (<u32>bits > choice.keep) choice = choiceAt(range, <u32>choice.alias);
    if (choice.cards & drawn) return false;
    drawn |= choice.cards;
    setHole(known + range, choice.key, choice.mask);
  }
  return true;
}

let fractions: u64 = 0;
let fractionsLeft = 0;

/** The place in the deck of a card that has not been drawn. */
function drawCard(): usize {
  for (;;) {
    if (fractionsLeft === 0) {
      fractions = random() >>> 6;
      fractionsLeft = CARDS_PER_DRAW;
    }
    fractionsLeft--;
    fractions = (fractions & FRACTION_MASK) * <u64>deckSize;
    const place = <usize>(fractions >>> FRACTION_BITS);
    const bit = bitOf(<usize>load<u8>(DECK_CARDS + place));
    if (drawn & bit) continue;
    drawn |= bit;
    return DECK + place * HOLDING_SIZE;
  }
}

function dealRanges(
  known: i32,
  ranges: i32,
  anyTwo: i32,
  boardCards: i32,
  deals: i32,
  draws: i32,
): i32 {
  const players = known + ranges + anyTwo;
  let counted = 0;
  fractionsLeft = 0;
  for (let draw = 0; draw < draws && counted < deals; draw++) {
    if (!drawHands(known, ranges)) continue;
    counted++;
    addWinners(dealTheRest(known + ranges, players, boardCards), 1);
  }
  return counted;
}

/** Once the ranges have their hands: the players from `first` on get any two, and the board comes. Gives who wins. */
function dealTheRest(first: i32, players: i32, boardCards: i32): i32 {
  for (let player = first; player < players; player++) {
    const one = holdingAt(drawCard());
    const other = holdingAt(drawCard());
    setHole(player, one.key + other.key, one.mask + other.mask);
  }
  let key = knownKey;
  let mask = knownMask;
  for (let i = 0; i < boardCards; i++) {
    const next = holdingAt(drawCard());
    key += next.key;
    mask += next.mask;
  }
  return winnersOf(players, key, mask);
}

function weighRange(range: i32): void {
  const hands = load<u32>(CHOICE_COUNTS + ((<usize>range) << 2));
  let weight: f64 = 0;
  for (let i: u32 = 0; i < hands; i++) weight += <f64>choiceAt(range, i).keep;
  store<f64>(RANGE_WEIGHTS + ((<usize>range) << 3), weight);
}

/** One hand for each range, of those that are left to it. Gives what the deal counts; 0 when somebody is left nothing. */
function drawHandsInTurn(known: i32, ranges: i32): f64 {
  drawn = used;
  let count: f64 = 1;
  for (let range = 0; range < ranges; range++) {
    const hands = load<u32>(CHOICE_COUNTS + ((<usize>range) << 2));
    let left: u32 = 0;
    for (let i: u32 = 0; i < hands; i++) {
      const choice = choiceAt(range, i);
      left += select<u32>(choice.keep, 0, (choice.cards & drawn) === 0);
      store<u32>(LEFT + ((<usize>i) << 2), left);
    }
    if (left === 0) return 0;
    // Of what is left this much lies before the hand that is drawn: it is the first behind which there is more.
    const before = <u32>(((random() >>> 32) * <u64>left) >>> 32);
    let low: u32 = 0;
    let high = hands - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (load<u32>(LEFT + ((<usize>middle) << 2)) > before) high = middle;
      else low = middle + 1;
    }
    const choice = choiceAt(range, low);
    drawn |= choice.cards;
    setHole(known + range, choice.key, choice.mask);
    count *= <f64>left / load<f64>(RANGE_WEIGHTS + ((<usize>range) << 3));
  }
  return count;
}
