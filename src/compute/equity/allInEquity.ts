/** Equity of players whose cards are all known, of the games in which the cards to come are common: hold'em and Omaha. */
import type { HandGame } from "../../../rpc/hand.ts";
import { DECK_SIZE, parseCard, type Card } from "../cards/Card.ts";
import { cardSet, cardsOutside } from "../cards/CardSet.ts";
import { HOLE_CARDS } from "../cards/holeCards.ts";
import type { Kernel } from "../kernel/Kernel.ts";
import { omahaEquity } from "./omaha.ts";
import { BOARD_SIZES, FULL_BOARD, MAX_PLAYERS, MIN_PLAYERS } from "./Table.ts";
import { Sums } from "./Tally.ts";

export interface AllIn {
  readonly game: HandGame;
  /** Cards as text, each player's own. */
  readonly hands: ReadonlyArray<ReadonlyArray<string>>;
  /** 0, 3, 4 or 5 cards. */
  readonly board: ReadonlyArray<string>;
  /** Cards that are known to be out of the deck. */
  readonly dead: ReadonlyArray<string>;
}

/** None of games without common cards. */
const CARDS_HELD: Readonly<Partial<Record<HandGame, number>>> = HOLE_CARDS;

/** The standard error of an equity is then at most 0.0036. */
const SAMPLED_BOARDS = 20_000;

/**
 * Each player's part of the pot on average, 0 to 1, together 1. Exact for hold'em, and for Omaha from the flop on; before it
 * Omaha is sampled, always alike. `undefined` for other games, and for cards that do not make a spot: too few or too many,
 * no cards, one of them twice.
 */
export const makeAllInEquity =
  (kernel: Kernel, sampledBoards = SAMPLED_BOARDS) =>
  ({ game, hands, board, dead }: AllIn): ReadonlyArray<number> | undefined => {
    const holeCards = CARDS_HELD[game];
    const cardsOf = hands.map(readAll);
    const common = readAll(board);
    const gone = readAll(dead);
    const all = [...cardsOf.flat(), ...common, ...gone];
    if (holeCards === undefined || all.includes(undefined)) return undefined;
    const known = cardSet(all as ReadonlyArray<Card>);
    const deck = cardsOutside(known);
    const isSpot =
      hands.length >= MIN_PLAYERS &&
      hands.length <= MAX_PLAYERS &&
      hands.every(({ length }) => length === holeCards) &&
      BOARD_SIZES.includes(board.length) &&
      deck.length === DECK_SIZE - all.length &&
      deck.length >= FULL_BOARD - board.length;
    if (!isSpot) return undefined;
    const players = cardsOf as ReadonlyArray<ReadonlyArray<Card>>;
    const spot = { hands: players, board: common as ReadonlyArray<Card> };
    if (game === "holdem") return holdemEquity(kernel, spot, gone as ReadonlyArray<Card>);
    const isHiLo = game === "omaha_hilo" || game === "omaha5_hilo";
    return omahaEquity({ ...spot, deck, isHiLo, sampledBoards });
  };

const readAll = (texts: ReadonlyArray<string>): ReadonlyArray<Card | undefined> =>
  texts.map(parseCard);

interface Spot {
  readonly hands: ReadonlyArray<ReadonlyArray<Card>>;
  readonly board: ReadonlyArray<Card>;
}

const holdemEquity = (
  kernel: Kernel,
  { hands, board }: Spot,
  dead: ReadonlyArray<Card>,
): ReadonlyArray<number> => {
  const seats = hands.map((_, player) => player);
  const sums = new Sums(hands.length);
  sums.addWinners(kernel.showdown(hands, board, cardSet(dead)), 1, seats);
  return seats.map((player) => sums.weigh(player, (sharers) => 1 / sharers) / sums.weight);
};
