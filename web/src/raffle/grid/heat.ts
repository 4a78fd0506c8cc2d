/**
 * All numbers of a raffle in a strip: how full each piece of it is, so that one sees at a glance where there is room. Pure.
 */
import { BOUGHT, HELD, PICKED, RESERVED, SOLD } from "./Board.ts";
import type { Board } from "./Board.ts";

export interface Piece {
  /** Shares of the piece's numbers, from 0 to 1. */
  readonly sold: number;
  readonly reserved: number;
  /** One of its numbers is the player's: picked, reserved or bought. */
  readonly hasOwn: boolean;
}

/** The numbers of piece `index` of `pieces`: from `first` to `end`, which is the next piece's. */
export function numbersOfPiece(
  total: number,
  pieces: number,
  index: number,
): { readonly first: number; readonly end: number } {
  return {
    first: Math.floor((index * total) / pieces),
    end: Math.floor(((index + 1) * total) / pieces),
  };
}

/** Where a number lies: the piece that has it. */
export function pieceOf(total: number, pieces: number, number: number): number {
  return Math.ceil(((number + 1) * pieces) / total) - 1;
}

export function pieceAt(board: Board, pieces: number, index: number): Piece {
  const { end, first } = numbersOfPiece(board.total, pieces, index);
  const size = Math.max(1, end - first);
  let sold = 0;
  let reserved = 0;
  let hasOwn = false;
  for (let number = first; number < end; number += 1) {
    const look = board.lookOf(number);
    if (look === SOLD || look === BOUGHT) sold += 1;
    if (look === RESERVED || look === HELD) reserved += 1;
    if (look === PICKED || look === HELD || look === BOUGHT) hasOwn = true;
  }
  return { sold: sold / size, reserved: reserved / size, hasOwn };
}
