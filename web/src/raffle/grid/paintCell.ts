/**
 * One number of the grid. Every look has its sign: what is reserved is striped, what is sold is struck out, a pick has its
 * check, a number of one's own reservation a corner, and a ticket that was bought the notches of a ticket.
 */
import { BOUGHT, FREE, HELD, PICKED, RESERVED, SOLD } from "./Board.ts";
import type { Look } from "./Board.ts";
import type { Box } from "./layout.ts";
import type { GridPalette } from "./palette.ts";

export interface Cell {
  readonly box: Box;
  readonly text: string;
  readonly look: Look;
  /** How much it lights up, for it has just changed: 1 to 0. */
  readonly glow: number;
}

export interface CellStyle {
  readonly palette: GridPalette;
  /** Null where digits could not be read. */
  readonly fontPx: number | null;
}

export const GRID_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

const GAP_PX = 1.5;
const RADIUS_PX = 5;
const STRIPE_PX = 7;

/** Paints the cell and nothing outside its box. */
export function paintCell(
  context: CanvasRenderingContext2D,
  { box, text, look, glow }: Cell,
  { palette, fontPx }: CellStyle,
): void {
  const { edge, ground, ink, sign } = palette.looks[look];
  const gap = fontPx === null ? 0.75 : GAP_PX;
  const x = box.x + gap;
  const y = box.y + gap;
  const width = box.width - 2 * gap;
  const height = box.height - 2 * gap;
  context.fillStyle = palette.page;
  context.fillRect(box.x, box.y, box.width, box.height);
  if (fontPx === null) {
    paintDot(context, { x, y, width, height }, look, palette);
  } else {
    const radius = Math.min(RADIUS_PX, height / 4);
    context.fillStyle = ground;
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    context.fill();
    if (look === RESERVED) stripe(context, { x, y, width, height }, radius, sign);
    if (edge !== ground) {
      context.strokeStyle = edge;
      context.lineWidth = look === HELD ? 2 : 1;
      const inset = context.lineWidth / 2;
      context.beginPath();
      context.roundRect(
        x + inset,
        y + inset,
        width - 2 * inset,
        height - 2 * inset,
        radius - inset,
      );
      context.stroke();
    }
    paintSign(context, { x, y, width, height }, look, { sign, page: palette.page });
    context.fillStyle = ink;
    context.font = `${look === FREE || look === SOLD || look === RESERVED ? 500 : 750} ${fontPx}px ${GRID_FONT}`;
    context.fillText(text, x + width / 2, y + height / 2 + 0.5);
  }
  if (glow > 0) {
    context.globalAlpha = Math.min(1, glow) * 0.85;
    context.strokeStyle = palette.flash;
    context.lineWidth = fontPx === null ? 2 : 3;
    const inset = context.lineWidth / 2;
    context.strokeRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset);
    context.globalAlpha = 1;
  }
}

/** Too small for digits: its shape alone says how it stands. */
function paintDot(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  look: Look,
  { looks }: GridPalette,
): void {
  const { edge, ground, sign } = looks[look];
  switch (look) {
    case FREE:
      context.fillStyle = edge;
      context.fillRect(x + 1, y + 1, width - 2, height - 2);
      return;
    case RESERVED:
      context.fillStyle = edge;
      context.beginPath();
      context.moveTo(x, y + height);
      context.lineTo(x + width, y);
      context.lineTo(x + width, y + height);
      context.fill();
      return;
    case SOLD:
      context.fillStyle = sign;
      context.fillRect(x + 2, y + height / 2 - 1, width - 4, 2);
      return;
    case HELD:
      context.strokeStyle = edge;
      context.lineWidth = 2.5;
      context.strokeRect(x + 1.25, y + 1.25, width - 2.5, height - 2.5);
      return;
    default:
      context.fillStyle = ground;
      context.fillRect(x, y, width, height);
  }
}

function stripe(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  radius: number,
  colour: string,
): void {
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = STRIPE_PX / 2.4;
  context.beginPath();
  for (let from = x - height; from < x + width; from += STRIPE_PX) {
    context.moveTo(from, y + height);
    context.lineTo(from + height, y);
  }
  context.stroke();
  context.restore();
}

function paintSign(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  look: Look,
  { page, sign }: { readonly sign: string; readonly page: string },
): void {
  const size = Math.min(9, height / 4);
  context.beginPath();
  switch (look) {
    case SOLD:
      context.strokeStyle = sign;
      context.lineWidth = 1.5;
      context.moveTo(x + 5, y + height - 5);
      context.lineTo(x + width - 5, y + 5);
      context.stroke();
      return;
    case PICKED:
      context.strokeStyle = sign;
      context.lineWidth = 1.75;
      context.moveTo(x + width - size - 2, y + 2 + size * 0.55);
      context.lineTo(x + width - size * 0.62 - 2, y + 2 + size * 0.9);
      context.lineTo(x + width - 3.5, y + 3);
      context.stroke();
      return;
    case HELD:
      context.fillStyle = sign;
      context.moveTo(x + width - size * 1.25, y);
      context.lineTo(x + width - 2, y);
      context.quadraticCurveTo(x + width, y, x + width, y + 2);
      context.lineTo(x + width, y + size * 1.25);
      context.fill();
      return;
    case BOUGHT:
      context.fillStyle = page;
      context.arc(x, y + height / 2, size / 2, -Math.PI / 2, Math.PI / 2);
      context.fill();
      context.beginPath();
      context.arc(x + width, y + height / 2, size / 2, Math.PI / 2, -Math.PI / 2);
      context.fill();
      return;
    default:
  }
}
