/**
 * Parts: sums of cells by game, by stakes, by table size and by position, each by currency. Whatever is shown of a player is
 * one of these or a sum of some, so they are kept beside the cells, of which there may be thousands.
 */
import type { Part } from "../../rpc/handPlayer.ts";
import type { Cell, Counts } from "../../rpc/handStats.ts";

export type Parts = ReadonlyMap<string, Part>;

export const sum = (a: Counts, b: Counts): Counts => a.map((count, n) => count + b[n]!);

/** The parts with some more cells in them. */
export const withCells = (parts: Parts, cells: Iterable<Cell>): Parts => {
  const sums = new Map(parts);
  const add = (by: Part["by"], key: string, { counts, currency }: Cell) => {
    const name = `${by} ${currency} ${key}`;
    const known = sums.get(name);
    sums.set(name, {
      by,
      currency,
      key,
      counts: known === undefined ? counts : sum(known.counts, counts),
    });
  };
  for (const cell of cells) {
    add("game", cell.game, cell);
    add("stakes", cell.stakes, cell);
    add("players", String(cell.players), cell);
    add("position", cell.position ?? "", cell);
  }
  return sums;
};

export const partsOf = (cells: Iterable<Cell>): ReadonlyArray<Part> => [
  ...withCells(new Map(), cells).values(),
];
