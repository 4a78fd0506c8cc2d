/**
 * The boards that can come of one that has begun, numbered, so that parts of them can be looked at anywhere: a choice of
 * places in the deck `a < b < c …` has the number `(a choose 1) + (b choose 2) + (c choose 3) …`.
 */
import type { Card } from "../cards/Card.ts";

const FULL_BOARD = 5;

/** Ways to choose `count` of `from`. */
const choose = (from: number, count: number): number => {
  let ways = 1;
  for (let nth = 0; nth < count; nth++) ways = (ways * (from - nth)) / (nth + 1);
  return ways;
};

export const countRunouts = (board: ReadonlyArray<Card>, deck: ReadonlyArray<Card>): number =>
  choose(deck.length, FULL_BOARD - board.length);

/** The places of the choice with this number. */
const placesOf = (number: number, count: number, deckSize: number): Array<number> => {
  const places: Array<number> = [];
  let rest = number;
  let place = deckSize - 1;
  for (let nth = count; nth > 0; nth--) {
    while (choose(place, nth) > rest) place--;
    rest -= choose(place, nth);
    places[nth - 1] = place;
  }
  return places;
};

/** The boards numbered `from` to `to`, the second not included. Each is the same array with other cards: do not keep it. */
export function* runoutsBetween(
  board: ReadonlyArray<Card>,
  deck: ReadonlyArray<Card>,
  [from, to]: readonly [from: number, to: number],
): Generator<ReadonlyArray<Card>, void> {
  const known = board.length;
  const count = FULL_BOARD - known;
  const places = placesOf(from, count, deck.length);
  const runout = [...board, ...places.map((place) => deck[place]!)];
  for (let number = from; number < to; number++) {
    yield runout;
    // The next: the first place that can be counted up is, and those before it begin again.
    let nth = 0;
    while (nth + 1 < count && places[nth]! + 1 === places[nth + 1]) nth++;
    for (let first = 0; first < nth; first++) {
      places[first] = first;
      runout[known + first] = deck[first]!;
    }
    if (nth === count) continue;
    places[nth]! += 1;
    runout[known + nth] = deck[places[nth]!]!;
  }
}
