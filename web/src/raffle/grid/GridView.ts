/**
 * The numbers on the screen. It keeps the tiles near what is seen, and paints at most once a frame: tiles that have come
 * near, and of the others only the cells that have changed. React does not hear of any of it.
 */
import type { Board, BoardChange } from "./Board.ts";
import { boxOf, numberText } from "./layout.ts";
import type { Layout } from "./layout.ts";
import { paintCell } from "./paintCell.ts";
import type { CellStyle } from "./paintCell.ts";
import type { GridPalette } from "./palette.ts";
import { numbersOf, rowsPerTile, tileOf, tilesNear, tileTop } from "./tiles.ts";

export interface GridView {
  /** Another size, zoom or theme: all is painted anew. */
  readonly show: (layout: Layout, palette: GridPalette) => void;
  /** It has been scrolled, or is seen to another extent. */
  readonly look: () => void;
  readonly close: () => void;
}

export interface GridViewOptions {
  readonly board: Board;
  /** What is scrolled. */
  readonly scroller: HTMLElement;
  /** As large as all numbers together; the tiles are put into it. */
  readonly sheet: HTMLElement;
  /** Nothing lights up. */
  readonly isCalm: () => boolean;
}

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  isPainted: boolean;
}

const FLASH_MS = 1_200;
/** When more than these change at once, whole tiles are painted anew, and nothing lights up. */
const MAX_SINGLE = 2_000;
/** Twice the pixels are enough for any eye, and four times the work is too much for a phone. */
const MAX_DENSITY = 2;

export function openGridView({ board, isCalm, scroller, sheet }: GridViewOptions): GridView {
  const tiles = new Map<number, Tile>();
  const spare: HTMLCanvasElement[] = [];
  const changed = new Set<number>();
  /** When the numbers that light up began to. */
  const flashes = new Map<number, number>();
  let layout: Layout | null = null;
  let style: CellStyle | null = null;
  let request = 0;

  const plan = (): void => {
    if (request === 0) request = requestAnimationFrame(paint);
  };

  const lay = (tile: number, layout: Layout): Tile | null => {
    const canvas = spare.pop() ?? document.createElement("canvas");
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null) return null;
    const density = Math.min(MAX_DENSITY, devicePixelRatio);
    const height = rowsPerTile(layout) * layout.rowHeight;
    canvas.width = Math.round(layout.width * density);
    canvas.height = Math.round(height * density);
    canvas.style.cssText = `top:${tileTop(layout, tile)}px;width:${layout.width}px;height:${height}px`;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    sheet.append(canvas);
    return { canvas, context, isPainted: false };
  };
  const drop = (id: number, { canvas }: Tile): void => {
    canvas.remove();
    spare.push(canvas);
    tiles.delete(id);
  };

  const arrange = (layout: Layout): void => {
    const { first, last } = tilesNear(layout, scroller.scrollTop, scroller.clientHeight);
    for (const [id, tile] of tiles) if (id < first || id > last) drop(id, tile);
    for (let id = first; id <= last; id += 1) {
      if (tiles.has(id)) continue;
      const tile = lay(id, layout);
      if (tile !== null) tiles.set(id, tile);
    }
  };

  const paintNumber = (number: number, nowMs: number, layout: Layout, style: CellStyle): void => {
    const id = tileOf(layout, number);
    const tile = tiles.get(id);
    if (tile === undefined) return;
    const begunMs = flashes.get(number);
    const box = boxOf(layout, number);
    paintCell(
      tile.context,
      {
        box: { ...box, y: box.y - tileTop(layout, id) },
        text: numberText(number, layout.total),
        look: board.lookOf(number),
        glow: begunMs === undefined ? 0 : Math.max(0, 1 - (nowMs - begunMs) / FLASH_MS),
      },
      style,
    );
  };

  const paint = (nowMs: number): void => {
    request = 0;
    if (layout === null || style === null) return;
    arrange(layout);
    for (const [id, tile] of tiles) {
      if (tile.isPainted) continue;
      tile.isPainted = true;
      const { end, first } = numbersOf(layout, id);
      tile.context.fillStyle = style.palette.page;
      tile.context.fillRect(0, 0, layout.width, tile.canvas.height);
      for (let number = first; number < end; number += 1) {
        paintNumber(number, nowMs, layout, style);
        changed.delete(number);
      }
    }
    for (const number of changed) paintNumber(number, nowMs, layout, style);
    changed.clear();
    for (const [number, begunMs] of flashes) {
      if (nowMs - begunMs >= FLASH_MS) flashes.delete(number);
      // Once more when it is over: without any light.
      changed.add(number);
    }
    if (changed.size > 0) plan();
  };

  const hear = ({ isNews, numbers }: BoardChange): void => {
    if (numbers.length > MAX_SINGLE) {
      for (const tile of tiles.values()) tile.isPainted = false;
      return plan();
    }
    const nowMs = performance.now();
    const isLit = isNews && !isCalm();
    for (const number of numbers) {
      if (layout === null || !tiles.has(tileOf(layout, number))) continue;
      changed.add(number);
      if (isLit) flashes.set(number, nowMs);
    }
    if (changed.size > 0) plan();
  };
  const forget = board.subscribe(hear);

  return {
    show: (nextLayout, palette) => {
      layout = nextLayout;
      style = { palette, fontPx: nextLayout.fontPx };
      for (const [id, tile] of tiles) drop(id, tile);
      sheet.style.height = `${nextLayout.height}px`;
      plan();
    },
    look: plan,
    close: () => {
      forget();
      cancelAnimationFrame(request);
      for (const [id, tile] of tiles) drop(id, tile);
    },
  };
}
