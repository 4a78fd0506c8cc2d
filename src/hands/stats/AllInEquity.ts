/** Who wins how much of a pot on average, asked when no more money can go in. */
import type { HandGame } from "../../../rpc/hand.ts";

/** Cards as text, `Ah`. What is in `hands` is not repeated in `dead`; no card occurs twice. */
export interface AllInSpot {
  readonly game: HandGame;
  /** All cards of each player that plays for the pot; two or more players. */
  readonly hands: ReadonlyArray<ReadonlyArray<string>>;
  /** None, three or four cards: what was dealt when the last money went in. */
  readonly board: ReadonlyArray<string>;
  /** Known cards that cannot come: of folded players, and of those who play for another pot. */
  readonly dead: ReadonlyArray<string>;
}

/**
 * Each hand's share, 0 to 1, in the order of `hands`; they sum to 1. The same spot gives the same shares. Undefined where
 * there is no way to tell: games without a board.
 */
export type AllInEquity = (spot: AllInSpot) => ReadonlyArray<number> | undefined;

/**
 * Where a spot is sampled, so many boards are enough for counting: the standard error of 1.6 % of one pot is a thirtieth of
 * what the cards themselves vary by, and an import must not wait for more.
 */
export const COUNTED_BOARDS = 1_000;
