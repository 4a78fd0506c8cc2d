import { useEffect, useRef } from "react";
import type { PointerEvent, RefObject } from "react";
import type { Board } from "./Board.ts";
import { pieceAt, pieceOf } from "./heat.ts";
import type { GridPalette } from "./palette.ts";
import { PICKED } from "./Board.ts";

/** A piece is about so high, in CSS pixels. */
const PIECE_PX = 3;

/**
 * All numbers in one strip beside the grid: where it is full, where there is room, where one's own lie, and what of it is
 * in sight. Dragging it is a quick way through a long grid; the keyboard has its own, so it is hidden from those who hear.
 */
export function Overview({
  board,
  palette,
  scroller,
  sheetHeight,
  height,
}: {
  readonly board: Board;
  readonly palette: GridPalette;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly sheetHeight: number;
  readonly height: number;
}) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const windowRef = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext("2d", { alpha: false });
    if (canvas === null || context === null || context === undefined) return undefined;
    const pieces = Math.max(1, Math.min(board.total, Math.floor(height / PIECE_PX)));
    canvas.width = canvas.clientWidth;
    canvas.height = Math.floor(height);
    const pieceHeight = canvas.height / pieces;
    const dirty = new Set(Array.from({ length: pieces }, (_, index) => index));
    let request = 0;
    const paint = () => {
      request = 0;
      for (const index of dirty) {
        const { hasOwn, reserved, sold } = pieceAt(board, pieces, index);
        const y = Math.floor(index * pieceHeight);
        const high = Math.floor((index + 1) * pieceHeight) - y;
        const { width } = canvas;
        context.fillStyle = palette.heat.ground;
        context.fillRect(0, y, width, high);
        context.fillStyle = palette.heat.sold;
        context.fillRect(0, y, width * sold, high);
        context.fillStyle = palette.heat.reserved;
        context.fillRect(width * sold, y, width * reserved, high);
        if (hasOwn) {
          context.fillStyle = palette.looks[PICKED].ground;
          context.fillRect(width - 7, y, 7, high);
        }
      }
      dirty.clear();
    };
    const plan = () => {
      if (request === 0) request = requestAnimationFrame(paint);
    };
    plan();
    const forget = board.subscribe(({ numbers }) => {
      for (const number of numbers) dirty.add(pieceOf(board.total, pieces, number));
      plan();
    });
    return () => {
      forget();
      cancelAnimationFrame(request);
    };
  }, [board, palette, height]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const follow = () => {
      const box = windowRef.current;
      if (box === null) return;
      const scale = element.clientHeight / Math.max(1, sheetHeight);
      const high = Math.max(14, element.clientHeight * scale);
      const room = Math.max(1, sheetHeight - element.clientHeight);
      const top = (element.scrollTop / room) * (height - high);
      box.style.height = `${high}px`;
      box.style.transform = `translateY(${Math.max(0, top)}px)`;
    };
    follow();
    element.addEventListener("scroll", follow, { passive: true });
    return () => element.removeEventListener("scroll", follow);
  }, [scroller, sheetHeight, height]);

  const jump = (event: PointerEvent<HTMLDivElement>) => {
    const element = scroller.current;
    if (element === null || event.buttons === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { top } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientY - top) / height));
    element.scrollTo({
      top: share * sheetHeight - element.clientHeight / 2,
      behavior: "instant",
    });
  };
  return (
    <div
      className="grid-overview"
      style={{ height }}
      aria-hidden="true"
      onPointerDown={jump}
      onPointerMove={jump}
    >
      <canvas ref={canvasRef} />
      <div ref={windowRef} className="grid-window" />
    </div>
  );
}
