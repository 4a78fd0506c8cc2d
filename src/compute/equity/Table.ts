/** What all questions have, whatever the game: a number of players, a board, dead cards. */
import type { EquityQuestion } from "../../../rpc/equity.ts";
import { DECK_SIZE, formatCard, parseCards, type Card } from "../cards/Card.ts";
import { impossible, invalid } from "./Refused.ts";

export const MIN_PLAYERS = 2;
export const MAX_PLAYERS = 9;
/** Nothing, a flop, a turn, a river. */
export const BOARD_SIZES: ReadonlyArray<number> = [0, 3, 4, 5];
export const FULL_BOARD = 5;

export interface Table {
  readonly board: ReadonlyArray<Card>;
  readonly dead: ReadonlyArray<Card>;
  /** Cards that are neither dead nor on the board. */
  readonly cardsLeft: number;
}

/** Throws a `Refused`, also where too few cards are left for all players. */
export const readTable = (
  { board: boardText, dead: deadText, players: { length: players } }: EquityQuestion,
  holeCards: number,
): Table => {
  if (players < MIN_PLAYERS || players > MAX_PLAYERS)
    invalid("players", `there are ${players}; ${MIN_PLAYERS} to ${MAX_PLAYERS} can play`);
  const board = readCards("board", boardText);
  if (!BOARD_SIZES.includes(board.length))
    invalid("board", `it has ${board.length} cards; a board has none, 3, 4 or 5`);
  const dead = readCards("dead", deadText);
  const both = board.find((card) => dead.includes(card));
  if (both !== undefined) invalid("dead", `${formatCard(both)} is on the board`);
  const cardsLeft = DECK_SIZE - board.length - dead.length;
  if (cardsLeft < holeCards * players + FULL_BOARD - board.length)
    impossible(`${cardsLeft} cards are left, too few for ${players} players`);
  return { board, dead, cardsLeft };
};

/** No cards of an empty text. Throws a `Refused`. */
export const readCards = (where: string, text: string): ReadonlyArray<Card> => {
  if (text === "") return [];
  const read = parseCards(text);
  return read.ok ? read.value : invalid(where, read.reason);
};
