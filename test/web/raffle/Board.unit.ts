import { expect, test } from "vitest";
import { gridOf, withChanges } from "../../../sdk/src/raffle/NumberGrid.ts";
import {
  BOUGHT,
  createBoard,
  FREE,
  HELD,
  PICKED,
  RESERVED,
  SOLD,
} from "../../../web/src/raffle/grid/Board.ts";
import type { BoardChange } from "../../../web/src/raffle/grid/Board.ts";
import { numbersOfPiece, pieceAt, pieceOf } from "../../../web/src/raffle/grid/heat.ts";

const NONE = { picked: [], held: [], bought: [] };
const opened = (total: number) => {
  const board = createBoard(total);
  const changes: BoardChange[] = [];
  board.subscribe((change) => changes.push(change));
  return { board, changes };
};

test("given a grid that changes then only what changed is told, and only the change is news", () => {
  const { board, changes } = opened(2_000);
  const first = withChanges(gridOf(2_000, "", ""), [{ status: "sold", numbers: [3, 1_999] }]);
  board.showGrid(first);
  board.showGrid(withChanges(first, [{ status: "reserved", numbers: [7] }]));
  expect(changes).toEqual([
    { numbers: [3, 1_999], isNews: false },
    { numbers: [7], isNews: true },
  ]);
  expect([3, 7, 8].map(board.lookOf)).toEqual([SOLD, RESERVED, FREE]);
  expect(([FREE, RESERVED, SOLD] as const).map(board.count)).toEqual([1_997, 1, 2]);
});

test("what is the player's is shown over what it is for everyone, and no news", () => {
  const { board, changes } = opened(10);
  const grid = gridOf(10, "", "");
  board.showGrid(grid);
  board.showOwn({ picked: [1, 2], held: [], bought: [9] });
  board.showGrid(withChanges(grid, [{ status: "reserved", numbers: [1] }]));
  board.showOwn({ picked: [], held: [1], bought: [9] });
  expect([1, 2, 9].map(board.lookOf)).toEqual([HELD, FREE, BOUGHT]);
  expect(changes.map(({ numbers }) => numbers)).toEqual([
    [1, 2, 9],
    [1, 2],
  ]);
  expect(changes.some(({ isNews }) => isNews)).toBe(false);
  expect(([FREE, PICKED, HELD, BOUGHT] as const).map(board.count)).toEqual([8, 0, 1, 1]);
  expect(board.isFree(1)).toBe(false);
  expect(board.free()).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9]);
  board.showOwn(NONE);
  expect(board.lookOf(1)).toBe(RESERVED);
});

test("numbers that the raffle does not have are passed over", () => {
  const { board, changes } = opened(5);
  board.showOwn({ picked: [7], held: [], bought: [] });
  expect(changes).toEqual([]);
  expect(board.isFree(7)).toBe(false);
});

test("each number is in one piece of the strip, and a piece tells how full it is", () => {
  for (const [total, pieces] of [
    [1_000, 200],
    [97, 200],
    [100_000, 173],
  ] as const) {
    for (let number = 0; number < total; number += 13) {
      const piece = pieceOf(total, pieces, number);
      const { end, first } = numbersOfPiece(total, pieces, piece);
      expect(number >= first && number < end, `${number} of ${total}`).toBe(true);
    }
  }
  const { board } = opened(100);
  board.showGrid(withChanges(gridOf(100, "", ""), [{ status: "sold", numbers: [10, 11, 12] }]));
  board.showOwn({ picked: [13], held: [], bought: [] });
  expect(pieceAt(board, 10, 1)).toEqual({ sold: 0.3, reserved: 0, hasOwn: true });
  expect(pieceAt(board, 10, 2)).toEqual({ sold: 0, reserved: 0, hasOwn: false });
});
