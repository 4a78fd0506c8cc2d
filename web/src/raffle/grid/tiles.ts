/**
 * The grid is painted in tiles, canvases of some rows each that lie in the page like any picture. The browser moves them as
 * one scrolls, without asking; a tile is painted when it comes near, and after that only those of its cells that change.
 * Pure.
 */
import { rowOf } from "./layout.ts";
import type { Layout } from "./layout.ts";

/** About so high: few enough tiles to a screen, and a small enough piece to be painted within a frame. */
const TILE_HEIGHT_PX = 384;
/** So far beyond the screen tiles are painted ahead. */
const AHEAD_PX = 384;

export interface TileRange {
  readonly first: number;
  /** Inclusive; less than `first` when there is none. */
  readonly last: number;
}

export const rowsPerTile = ({ rowHeight }: Layout): number =>
  Math.max(1, Math.floor(TILE_HEIGHT_PX / rowHeight));

export const tileCount = (layout: Layout): number => Math.ceil(layout.rows / rowsPerTile(layout));

export const tileOf = (layout: Layout, number: number): number =>
  Math.floor(rowOf(layout, number) / rowsPerTile(layout));

export const tileTop = (layout: Layout, tile: number): number =>
  tile * rowsPerTile(layout) * layout.rowHeight;

/** The numbers of a tile: from `first` to `end`, which is none of its own. */
export function numbersOf(
  layout: Layout,
  tile: number,
): { readonly first: number; readonly end: number } {
  const perTile = rowsPerTile(layout) * layout.columns;
  return { first: tile * perTile, end: Math.min(layout.total, (tile + 1) * perTile) };
}

/** The tiles to be there when `viewHeight` pixels from `scrollTop` on are seen. */
export function tilesNear(layout: Layout, scrollTop: number, viewHeight: number): TileRange {
  const height = rowsPerTile(layout) * layout.rowHeight;
  const last = tileCount(layout) - 1;
  return {
    first: Math.min(last, Math.max(0, Math.floor((scrollTop - AHEAD_PX) / height))),
    last: Math.min(last, Math.floor((scrollTop + viewHeight + AHEAD_PX) / height)),
  };
}
